-- From what all that must outlive a change of the secrets key is derived (automation/keys/root.ts), sealed, and by which key this database is sealed. Written by the first start that finds none.
CREATE TABLE windlass.secrets_root (
  single     boolean PRIMARY KEY DEFAULT true CHECK (single),
  key_check  text NOT NULL,
  root       text NOT NULL
);
