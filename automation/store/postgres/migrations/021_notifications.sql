-- What is to be told to others. An event that somebody may want to hear of is noted in the transaction that stores it, so that no crash loses it; who is told is found out afterwards.
CREATE TABLE windlass.notices (
  deployment  text NOT NULL REFERENCES windlass.deployments ON DELETE CASCADE,
  seq         integer NOT NULL,
  PRIMARY KEY (deployment, seq)
);
CREATE FUNCTION windlass.note_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO windlass.notices (deployment, seq) VALUES (NEW.deployment, NEW.seq);
  RETURN NULL;
END $$;
CREATE TRIGGER events_noted AFTER INSERT ON windlass.events FOR EACH ROW WHEN (NEW.type LIKE 'deployment.%') EXECUTE FUNCTION windlass.note_event();

CREATE TABLE windlass.notifications (
  -- Given to the receiver too, which knows by it what it has had already.
  id           text PRIMARY KEY,
  number       bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  federation   text NOT NULL,
  deployment   text NOT NULL REFERENCES windlass.deployments ON DELETE CASCADE,
  seq          integer NOT NULL,
  -- The receiver's name and settings (automation/store/messages/facts.ts); secrets by name only.
  receiver     text NOT NULL,
  settings     jsonb NOT NULL,
  facts        jsonb NOT NULL,
  status       text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'dead')),
  attempts     integer NOT NULL DEFAULT 0,
  -- When it is tried next; while it is being sent, when its sender counts as dead.
  next_at      timestamptz NOT NULL DEFAULT now(),
  error        text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  ended_at     timestamptz,
  UNIQUE (deployment, seq, receiver)
);
CREATE INDEX notifications_pending ON windlass.notifications (next_at) WHERE status = 'pending';
CREATE INDEX notifications_order ON windlass.notifications (deployment, receiver, seq) WHERE status = 'pending';
