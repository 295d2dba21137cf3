-- API tokens. The token itself is not kept: `hash` is the SHA-256 of its text (automation/access/tokens.ts says why that is enough).
CREATE TABLE windlass.tokens (
  id            text PRIMARY KEY,
  -- The order of creation, for lists.
  number        bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  hash          bytea NOT NULL UNIQUE,
  name          text NOT NULL,
  -- The subject of the person for whom it acts.
  person        text,
  grants        jsonb NOT NULL,
  -- Made by the service itself for its first admin; ends with the first other admin's token.
  bootstrap     boolean NOT NULL DEFAULT false,
  created_by    jsonb NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  -- Null: never.
  expires_at    timestamptz,
  last_used_at  timestamptz,
  revoked_at    timestamptz,
  revoked_by    jsonb
);
-- Sessions of the dashboard. The cookie's value is not kept either. Either `token` (signed in with an API token, and bound to it) or `issuer` and `claims` (OpenID Connect): what they grant is
-- decided at each request, by the token and the access file as they are then.
CREATE TABLE windlass.sessions (
  hash          bytea PRIMARY KEY,
  token         text REFERENCES windlass.tokens ON DELETE CASCADE,
  issuer        text,
  claims        jsonb,
  created_at    timestamptz NOT NULL DEFAULT now(),
  last_seen_at  timestamptz NOT NULL DEFAULT now(),
  expires_at    timestamptz NOT NULL,
  CHECK ((token IS NULL) = (issuer IS NOT NULL)),
  CHECK ((issuer IS NULL) = (claims IS NULL))
);
CREATE INDEX sessions_expires ON windlass.sessions (expires_at);
