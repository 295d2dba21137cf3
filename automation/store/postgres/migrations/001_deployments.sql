-- Deployments, their units and events, and who drives them. `place` is 'live' or 'rehearsal:<world>'.

-- The order in which deployments of a lane (federation and place) take their turn; a resumed one takes a new number.
CREATE SEQUENCE windlass.queue_order;

CREATE TABLE windlass.deployments (
  id               text PRIMARY KEY,
  -- The order of launches, for lists.
  number           bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  federation       text NOT NULL,
  operation        text NOT NULL CHECK (operation IN ('up', 'preview', 'refresh', 'destroy')),
  mode             text NOT NULL CHECK (mode IN ('rehearsal', 'live')),
  world            text CHECK ((world IS NULL) = (mode = 'live')),
  -- The world was made for this deployment and goes with it.
  fresh            boolean NOT NULL DEFAULT false,
  place            text NOT NULL,
  status           text NOT NULL CHECK (status IN ('queued', 'running', 'waiting', 'canceling', 'succeeded', 'failed', 'canceled')),
  request          jsonb NOT NULL,
  -- The federation file as it was read at launch: every later run uses this text.
  source           text NOT NULL,
  queue_order      bigint NOT NULL DEFAULT nextval('windlass.queue_order'),
  -- Counts from 1; a resume starts the next. The workflow's id is '<id>:<run>'.
  run              integer NOT NULL DEFAULT 1,
  -- The phase whose approval it waits for.
  gate             integer CHECK ((gate IS NULL) OR status = 'waiting'),
  approved         integer[] NOT NULL DEFAULT '{}',
  created_at       timestamptz NOT NULL DEFAULT now(),
  started_at       timestamptz,
  finished_at      timestamptz,
  last_event       integer NOT NULL DEFAULT 0,
  error            jsonb,
  idempotency_key  text UNIQUE,
  body_hash        text,
  request_id       text
);
CREATE INDEX deployments_lane ON windlass.deployments (federation, place, queue_order) WHERE status IN ('queued', 'running', 'waiting', 'canceling');

CREATE TABLE windlass.phases (
  deployment   text NOT NULL REFERENCES windlass.deployments ON DELETE CASCADE,
  number       integer NOT NULL CHECK (number BETWEEN 1 AND 8),
  name         text NOT NULL,
  status       text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'waiting', 'succeeded', 'failed', 'canceled')),
  started_at   timestamptz,
  finished_at  timestamptz,
  PRIMARY KEY (deployment, number)
);

CREATE TABLE windlass.units (
  deployment     text NOT NULL REFERENCES windlass.deployments ON DELETE CASCADE,
  id             text NOT NULL,
  -- The plan's order: what is on the longest way comes first.
  position       integer NOT NULL,
  phase          integer NOT NULL,
  scope          jsonb NOT NULL,
  place          text NOT NULL,
  stack          text NOT NULL,
  -- Units of this deployment that must have succeeded first.
  depends_on     text[] NOT NULL,
  -- Units whose outputs the program reads, of this deployment or not.
  reads          text[] NOT NULL,
  status         text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'running', 'succeeded', 'failed', 'skipped', 'canceled')),
  attempt        integer NOT NULL DEFAULT 0,
  -- Failed attempts of this run, and hosts lost in a row: what bounds trying again.
  failures       integer NOT NULL DEFAULT 0,
  losses         integer NOT NULL DEFAULT 0,
  -- An attempt was cut off: what it had begun is looked for before the next.
  settle         boolean NOT NULL DEFAULT false,
  retry_at       timestamptz,
  reason         text,
  -- The lease of the running attempt and the process that holds it.
  fence          bigint NOT NULL DEFAULT 0,
  executor       text,
  started_at     timestamptz,
  finished_at    timestamptz,
  created        integer NOT NULL DEFAULT 0,
  updated        integer NOT NULL DEFAULT 0,
  deleted        integer NOT NULL DEFAULT 0,
  replaced       integer NOT NULL DEFAULT 0,
  same           integer NOT NULL DEFAULT 0,
  -- Sealed: some are secret.
  outputs        text,
  error          jsonb,
  PRIMARY KEY (deployment, id),
  CHECK ((status = 'running') = (executor IS NOT NULL))
) WITH (fillfactor = 70);
-- One unit of a stack at a time, everywhere.
CREATE UNIQUE INDEX units_running ON windlass.units (place, stack) WHERE status = 'running';
CREATE INDEX units_executor ON windlass.units (executor) WHERE executor IS NOT NULL;

-- The outputs of what is deployed: what later units read. Gone once the unit is destroyed.
CREATE TABLE windlass.unit_outputs (
  place       text NOT NULL,
  stack       text NOT NULL,
  federation  text NOT NULL,
  phase       integer NOT NULL,
  unit        text NOT NULL,
  reads       text[] NOT NULL,
  outputs     text NOT NULL,
  deployment  text NOT NULL,
  updated_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (place, stack)
);
CREATE INDEX unit_outputs_federation ON windlass.unit_outputs (place, federation);

CREATE TABLE windlass.events (
  deployment  text NOT NULL REFERENCES windlass.deployments ON DELETE CASCADE,
  seq         integer NOT NULL,
  time        timestamptz NOT NULL,
  type        text NOT NULL,
  phase       integer,
  unit        text,
  -- The other fields. json, not jsonb: the order of keys stays as it was told, and nothing queries inside.
  body        json NOT NULL,
  PRIMARY KEY (deployment, seq)
);

-- Who may write a stack: the fence only grows, so rows outlive their holders (but for those of a dropped world).
CREATE TABLE windlass.leases (
  place   text NOT NULL,
  stack   text NOT NULL,
  fence   bigint NOT NULL,
  holder  text NOT NULL,
  PRIMARY KEY (place, stack)
);

-- Service processes. Each holds the advisory lock `lock_key` as long as it lives.
CREATE TABLE windlass.executors (
  id          text PRIMARY KEY,
  lock_key    bigint NOT NULL,
  host        text NOT NULL,
  pid         integer NOT NULL,
  started_at  timestamptz NOT NULL DEFAULT now()
);
