-- Replaced resources that an up could not delete since units after it still used them: they go at the end of the deployment.
ALTER TABLE windlass.units ADD COLUMN leftovers jsonb;
