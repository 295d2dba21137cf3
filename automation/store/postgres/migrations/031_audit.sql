-- Who did what (automation/store/identity/audit-chain.ts). Each entry's hash covers the entry before it, so that one that is changed, removed or put in between is found.
CREATE TABLE windlass.audit (
  seq         bigint PRIMARY KEY,
  -- Canonical JSON: exactly what the hash is made of. The columns after it repeat parts of it, for queries.
  entry       text NOT NULL,
  hash        text NOT NULL,
  time        timestamptz NOT NULL,
  action      text NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('done', 'denied')),
  subject     text,
  federation  text,
  target      text
);
CREATE INDEX audit_target ON windlass.audit (target, seq);
CREATE INDEX audit_time ON windlass.audit (time);

-- The last entry, and the last that retention removed: entries missing at either end are found by it. Its row is locked by whoever appends, so entries come one after another.
CREATE TABLE windlass.audit_head (
  single         boolean PRIMARY KEY DEFAULT true CHECK (single),
  seq            bigint NOT NULL DEFAULT 0,
  hash           text NOT NULL DEFAULT repeat('0', 64),
  removed_seq    bigint NOT NULL DEFAULT 0,
  removed_hash   text NOT NULL DEFAULT repeat('0', 64)
);
INSERT INTO windlass.audit_head DEFAULT VALUES;

-- Only appending. Whoever owns the table can drop the trigger: that is what the chain is for. Retention says that it is retention.
CREATE FUNCTION windlass.audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('windlass.audit_retention', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'windlass.audit is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON windlass.audit FOR EACH ROW EXECUTE FUNCTION windlass.audit_only_grows();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON windlass.audit FOR EACH STATEMENT EXECUTE FUNCTION windlass.audit_only_grows();
