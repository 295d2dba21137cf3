-- What worlds went through as their clocks were put forward.
CREATE TABLE windlass.world_agings (
  number    bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  world     text NOT NULL,
  aging     jsonb NOT NULL
);
CREATE INDEX world_agings_world ON windlass.world_agings (world, number);
