-- Bounds on what waits: how much a caller has queued (the person behind a token, or the token, job, hook or schedule itself).
CREATE INDEX deployments_queued_caller ON windlass.deployments ((coalesce(launched_by->>'person', launched_by->>'subject', ''))) WHERE status = 'queued';

-- Named worlds that federations rehearse in, and who was first to. A fresh world goes with its deployment and is not counted.
CREATE TABLE windlass.worlds (
  federation  text NOT NULL,
  world       text NOT NULL,
  caller      text NOT NULL,
  PRIMARY KEY (federation, world)
);
CREATE INDEX worlds_caller ON windlass.worlds (caller);
CREATE INDEX worlds_world ON windlass.worlds (world);
INSERT INTO windlass.worlds (federation, world, caller)
SELECT DISTINCT ON (d.federation, d.world) d.federation, d.world, coalesce(d.launched_by->>'person', d.launched_by->>'subject', '')
FROM windlass.deployments d
WHERE d.mode = 'rehearsal' AND NOT d.fresh AND NOT d.world_dropped
ORDER BY d.federation, d.world, d.number;
