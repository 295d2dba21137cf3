-- Outages of worlds: a part of the clouds that does not answer until it is ended. One that a launch asks for begins with its first run, once.
CREATE TABLE windlass.world_outages (
  number      bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  world       text NOT NULL,
  deployment  uuid,
  place       int,
  outage      jsonb NOT NULL,
  begun_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at    timestamptz,
  UNIQUE (deployment, place)
);
CREATE INDEX world_outages_world ON windlass.world_outages (world) WHERE ended_at IS NULL;
