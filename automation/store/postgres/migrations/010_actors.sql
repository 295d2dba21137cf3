-- Who launched a deployment (contract/access.ts, Actor). Null: before the service knew its callers, or the service itself.
ALTER TABLE windlass.deployments ADD COLUMN launched_by jsonb;
