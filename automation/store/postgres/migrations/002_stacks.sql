-- Stacks and their states, and what exists in the simulated clouds. `place` is 'live' or 'rehearsal:<world>'.

CREATE TABLE windlass.stacks (
  place       text NOT NULL,
  project     text NOT NULL,
  stack       text NOT NULL,
  -- The last complete Pulumi deployment (version 3), secrets encrypted by its own secrets provider; null for a stack that was never deployed.
  -- text, not jsonb: the order of keys is part of what is exported, and nothing queries inside.
  deployment  text,
  resources   integer NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz,
  -- Who holds the stack: set by begin, cleared by finish and release.
  lock        jsonb,
  PRIMARY KEY (place, project, stack)
);

-- The journal of the operation in progress.
CREATE TABLE windlass.stack_journal (
  place    text NOT NULL,
  project  text NOT NULL,
  stack    text NOT NULL,
  seq      integer NOT NULL,
  entry    text NOT NULL,
  PRIMARY KEY (place, project, stack, seq),
  FOREIGN KEY (place, project, stack) REFERENCES windlass.stacks ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE windlass.stack_history (
  place    text NOT NULL,
  project  text NOT NULL,
  stack    text NOT NULL,
  number   bigint GENERATED ALWAYS AS IDENTITY,
  entry    text NOT NULL,
  PRIMARY KEY (place, project, stack, number),
  FOREIGN KEY (place, project, stack) REFERENCES windlass.stacks ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE windlass.cloud_records (
  world    text NOT NULL,
  pkg      text NOT NULL,
  account  text NOT NULL,
  type     text NOT NULL,
  id       text NOT NULL,
  region   text NOT NULL,
  name     text NOT NULL,
  token    text NOT NULL,
  -- Inputs and outputs, sealed: a cloud's records hold secrets.
  body     text NOT NULL,
  PRIMARY KEY (world, pkg, account, type, id)
);
CREATE INDEX cloud_records_name ON windlass.cloud_records (world, type, name);
CREATE INDEX cloud_records_id ON windlass.cloud_records (world, type, id);
CREATE INDEX cloud_records_token ON windlass.cloud_records (world, token);

CREATE TABLE windlass.fault_counts (
  world  text NOT NULL,
  key    text NOT NULL,
  fired  integer NOT NULL,
  PRIMARY KEY (world, key)
);
