-- What retention is through with must not be looked at again in each round: deployments are kept for ever. A resume has both begin anew.
ALTER TABLE windlass.deployments ADD COLUMN events_removed boolean NOT NULL DEFAULT false;
UPDATE windlass.deployments SET events_removed = true WHERE events_from > last_event AND finished_at IS NOT NULL;
DROP INDEX windlass.deployments_finished;
CREATE INDEX deployments_old_events ON windlass.deployments (finished_at) WHERE finished_at IS NOT NULL AND NOT events_removed;
CREATE INDEX deployments_old_outputs ON windlass.deployments (finished_at) WHERE finished_at IS NOT NULL AND NOT outputs_removed AND operation IN ('preview', 'refresh');
