-- Resources that were moved from one stack's state into another's, since a later version has them in another unit. A row is written before a live move begins, with both states as they were,
-- and says when it was done. In a world both states and the row are one transaction. A row that is done is not looked at again.
CREATE TABLE windlass.stack_moves (
  place       text NOT NULL,
  source      text NOT NULL,
  target      text NOT NULL,
  -- The deployment before whose units they were moved.
  deployment  text NOT NULL,
  -- URNs in the target; empty where the source had nothing of it.
  urns        text[] NOT NULL,
  -- Both states before a live move, sealed; null in a world, and once it is done.
  states      text,
  begun_at    timestamptz NOT NULL DEFAULT now(),
  done_at     timestamptz,
  PRIMARY KEY (place, source, target)
);

-- Whether an earlier version deployed the unit, so that others may take over what it has: true until what they take is moved. A later version that moves resources again sets it again.
ALTER TABLE windlass.deployed_units ADD COLUMN moves boolean NOT NULL DEFAULT false;
UPDATE windlass.deployed_units SET moves = true;
