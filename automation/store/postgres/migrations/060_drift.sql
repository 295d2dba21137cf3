-- Drift checks: what of the clouds differs from the state.
ALTER TABLE windlass.deployments DROP CONSTRAINT deployments_operation_check, ADD CONSTRAINT deployments_operation_check CHECK (operation IN ('up', 'preview', 'refresh', 'destroy', 'drift-check'));

-- How many of the unit's resources were compared and differ, by kind (contract/drift.ts, DriftCounts).
ALTER TABLE windlass.units ADD COLUMN drift jsonb;

CREATE TABLE windlass.drift_findings (
  -- The order in which units ended, for pages.
  number      bigint GENERATED ALWAYS AS IDENTITY,
  deployment  text NOT NULL,
  unit        text NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('changed', 'output', 'missing')),
  ignored     boolean NOT NULL,
  -- automation/drift/draft.ts, DriftDraft: secrets in it are masked.
  body        json NOT NULL,
  PRIMARY KEY (deployment, number),
  FOREIGN KEY (deployment, unit) REFERENCES windlass.units ON DELETE CASCADE
);
CREATE INDEX drift_findings_unit ON windlass.drift_findings (deployment, unit);
-- The latest check of each federation and place is read for metrics and notices.
CREATE INDEX deployments_drift ON windlass.deployments (federation, place, number DESC) WHERE operation = 'drift-check';

-- Whoever was granted every operation there was keeps every operation.
UPDATE windlass.tokens SET grants = (
  SELECT jsonb_agg(CASE WHEN g.entry->'operations' @> '["up", "preview", "refresh", "destroy"]' THEN jsonb_set(g.entry, '{operations}', g.entry->'operations' || '["drift-check"]') ELSE g.entry END ORDER BY g.place)
  FROM jsonb_array_elements(grants) WITH ORDINALITY AS g(entry, place))
WHERE jsonb_typeof(grants) = 'array' AND jsonb_array_length(grants) > 0;
