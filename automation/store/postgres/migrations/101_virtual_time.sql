-- The virtual time of worlds, and of what is rehearsed in them. Units at once are decided at the launch.

CREATE TABLE windlass.world_clocks (
  world       text PRIMARY KEY,
  -- When the world was made.
  started_at  timestamptz NOT NULL,
  -- Its time now. It goes on with what happens there, not by itself.
  now         timestamptz NOT NULL
);

ALTER TABLE windlass.deployments
  -- Units at once; null: launched before it was kept.
  ADD COLUMN parallelism integer,
  -- The world's time when the first run began, and when this run did.
  ADD COLUMN virtual_start timestamptz,
  ADD COLUMN virtual_base timestamptz;

ALTER TABLE windlass.units
  -- Units whose room it takes in the plan's schedule.
  ADD COLUMN follows text[] NOT NULL DEFAULT '{}',
  -- Seconds from the beginning: {start, end, seconds}.
  ADD COLUMN predicted jsonb,
  ADD COLUMN virtual_start timestamptz,
  -- The end of its last attempt; while it waits, when the next may begin.
  ADD COLUMN virtual_end timestamptz;
