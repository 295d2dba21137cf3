-- The gates of a deployment as its federation file had them at launch (contract/gate.ts, Gate), and when the wait at the present one ends.
ALTER TABLE windlass.deployments ADD COLUMN gates jsonb, ADD COLUMN gate_expires_at timestamptz;

-- What people decided at gates, with their reasons. Kept when a deployment is resumed: what was decided before no longer counts then (`past`).
CREATE TABLE windlass.approvals (
  number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  deployment  text NOT NULL REFERENCES windlass.deployments ON DELETE CASCADE,
  phase       integer NOT NULL,
  decision    text NOT NULL CHECK (decision IN ('approved', 'rejected')),
  -- Whom the actor acts for: two tokens of one person are one approval.
  person      text NOT NULL,
  actor       jsonb,
  comment     text,
  decided_at  timestamptz NOT NULL DEFAULT now(),
  past        boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX approvals_once ON windlass.approvals (deployment, phase, person) WHERE NOT past AND decision = 'approved';
CREATE INDEX approvals_deployment ON windlass.approvals (deployment, number);
