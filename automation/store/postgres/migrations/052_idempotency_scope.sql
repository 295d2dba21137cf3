-- Idempotency keys are their caller's own: the subject of who launched. Empty: launched before the service knew its callers; such a key is everybody's, as it was then.
ALTER TABLE windlass.deployments ADD COLUMN idempotency_scope text;
UPDATE windlass.deployments SET idempotency_scope = coalesce(launched_by->>'subject', '') WHERE idempotency_key IS NOT NULL;
ALTER TABLE windlass.deployments DROP CONSTRAINT deployments_idempotency_key_key,
  ADD CONSTRAINT deployments_idempotency UNIQUE (idempotency_key, idempotency_scope),
  ADD CHECK ((idempotency_key IS NULL) = (idempotency_scope IS NULL));
