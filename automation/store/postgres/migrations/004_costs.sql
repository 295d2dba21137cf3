-- What a unit's resources cost a month before the deployment and after its last attempt (pricing/change.ts), by which price table. Null: no resource was seen.
ALTER TABLE windlass.units ADD COLUMN cost jsonb;
