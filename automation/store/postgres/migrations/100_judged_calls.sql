-- Calls of the unit's last attempt that its simulated clouds judged, and those that they could not judge.
ALTER TABLE windlass.units ADD COLUMN judged jsonb;
