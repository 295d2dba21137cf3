-- What retention removed (automation/retention/). `events_from`: the first event that is kept; one after the last when none are. `outputs_removed`: what its units would have put out is gone.
-- `world_dropped`: the world that it rehearsed in was not used for too long, and is gone.
ALTER TABLE windlass.deployments ADD COLUMN events_from integer NOT NULL DEFAULT 1, ADD COLUMN outputs_removed boolean NOT NULL DEFAULT false, ADD COLUMN world_dropped boolean NOT NULL DEFAULT false;
CREATE INDEX deployments_finished ON windlass.deployments (finished_at) WHERE finished_at IS NOT NULL;
ALTER TABLE windlass.units ADD COLUMN outputs_removed boolean NOT NULL DEFAULT false;
ALTER TABLE windlass.stack_history ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX stack_history_age ON windlass.stack_history (recorded_at);
CREATE INDEX notifications_ended ON windlass.notifications (ended_at) WHERE ended_at IS NOT NULL;
