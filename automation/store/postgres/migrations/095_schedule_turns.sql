-- The latest time of each schedule that was left out because what it had launched before was not over.
CREATE TABLE windlass.left_out_times (
  federation  text NOT NULL,
  schedule    text NOT NULL,
  due         timestamptz NOT NULL,
  -- What was not over.
  deployment  text NOT NULL,
  -- Times that were left out so far.
  times       integer NOT NULL DEFAULT 1,
  PRIMARY KEY (federation, schedule)
);
-- What a schedule launched and is not over: a handful of rows.
CREATE INDEX deployments_of_schedules ON windlass.deployments ((launched_by->>'subject')) WHERE status IN ('queued', 'running', 'waiting', 'canceling') AND launched_by->>'kind' = 'schedule';
