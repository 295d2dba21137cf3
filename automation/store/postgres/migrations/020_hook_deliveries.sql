-- What became of each delivery of a webhook: the same delivery gets the same answer. Kept for a bounded time (automation/store/messages/hook-deliveries.ts).
CREATE TABLE windlass.hook_deliveries (
  hook         text NOT NULL,
  delivery     text NOT NULL,
  -- SHA-256 of the raw body: an id must not be used for two, and where the sender signs the body only, the body is what is told apart.
  body_hash    text NOT NULL,
  -- {"deployment": id} or {"ignored": reason}.
  outcome      jsonb NOT NULL,
  received_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (hook, delivery)
);
CREATE INDEX hook_deliveries_body ON windlass.hook_deliveries (hook, body_hash);
CREATE INDEX hook_deliveries_age ON windlass.hook_deliveries (hook, received_at);
