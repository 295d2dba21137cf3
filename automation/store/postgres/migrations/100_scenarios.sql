-- What a rehearsal's scenario does and expects, as it was at the launch, and what was not as expected when its first run ended.
ALTER TABLE windlass.deployments ADD COLUMN scenario jsonb;
ALTER TABLE windlass.deployments ADD COLUMN scenario_differences jsonb;
