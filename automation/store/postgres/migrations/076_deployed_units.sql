-- What may have resources: each unit that an up began with, until a destroy of it succeeded. One whose up failed, or whose destroy did, is in it too.
CREATE TABLE windlass.deployed_units (
  place       text NOT NULL,
  stack       text NOT NULL,
  federation  text NOT NULL,
  unit        text NOT NULL,
  phase       integer NOT NULL,
  scope       jsonb NOT NULL,
  -- Units whose outputs its program read.
  reads       text[] NOT NULL,
  -- The last up that began with it: its federation text declares the unit, when the file does not any more.
  deployment  text NOT NULL,
  PRIMARY KEY (place, stack)
);
CREATE INDEX deployed_units_federation ON windlass.deployed_units (federation, place);

-- The deployment whose federation text declares a unit that the deployment's own text does not have; null: its own has it.
ALTER TABLE windlass.units ADD COLUMN declared_by text;

INSERT INTO windlass.deployed_units (place, stack, federation, unit, phase, scope, reads, deployment)
SELECT DISTINCT ON (u.place, u.stack) u.place, u.stack, d.federation, u.id, u.phase, u.scope, u.reads, d.id
FROM windlass.units u
JOIN windlass.deployments d ON d.id = u.deployment
WHERE d.operation = 'up'
  AND u.attempt > 0
  AND NOT EXISTS (
    SELECT 1
    FROM windlass.units gone
    JOIN windlass.deployments g ON g.id = gone.deployment
    WHERE gone.place = u.place
      AND gone.stack = u.stack
      AND g.operation = 'destroy'
      AND gone.status = 'succeeded'
      AND gone.finished_at > coalesce(u.finished_at, 'infinity')
  )
  -- A world that was dropped has neither; live stacks are the CLI's own.
  AND (
    d.mode = 'live'
    OR EXISTS (SELECT 1 FROM windlass.unit_outputs o WHERE o.place = u.place AND o.stack = u.stack)
    OR EXISTS (SELECT 1 FROM windlass.stacks s WHERE s.place = u.place AND s.stack = u.stack)
  )
ORDER BY u.place, u.stack, d.number DESC;
