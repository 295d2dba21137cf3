-- The person who made a token, through however many tokens, and whether it acts for them: it does not when it names another (automation/person.ts). Null: before this was kept.
ALTER TABLE windlass.tokens ADD COLUMN maker text, ADD COLUMN vouched boolean NOT NULL DEFAULT false;

-- Tokens of before, from the first of each chain on. What the bootstrap token made is the machine's person's. Of a token whose own maker is gone with its row, nobody can tell whose it is.
WITH RECURSIVE chain AS (
  SELECT t.id, t.number, t.person AS named,
    CASE
      WHEN t.bootstrap OR (t.created_by->>'kind' = 'token' AND t.created_by->>'person' IS NULL) THEN 'local'
      ELSE coalesce(t.created_by->>'person', t.created_by->>'subject')
    END AS maker,
    CASE
      WHEN t.bootstrap THEN true
      WHEN t.created_by->>'kind' = 'token' THEN t.created_by->>'person' IS NULL
      ELSE coalesce(t.person, t.created_by->>'subject') = t.created_by->>'subject'
        OR t.created_by->>'subject' = 'local'
    END AS vouched,
    t.bootstrap OR (t.created_by->>'subject' = 'local') AS unnamed
  FROM windlass.tokens t
  WHERE t.bootstrap
    OR t.created_by->>'kind' <> 'token'
    OR NOT EXISTS (SELECT FROM windlass.tokens p WHERE p.id = substr(t.created_by->>'subject', 7))
  UNION ALL
  SELECT t.id, t.number, t.person, c.maker,
    c.vouched AND (
      t.person IS NULL OR t.person = c.maker OR t.person = c.named OR (c.unnamed AND c.named IS NULL)
    ),
    false
  FROM windlass.tokens t
  JOIN chain c ON t.created_by->>'kind' = 'token'
    AND c.id = substr(t.created_by->>'subject', 7)
    AND c.number < t.number
)
UPDATE windlass.tokens t
SET maker = c.maker, vouched = c.vouched
FROM chain c
WHERE c.id = t.id;

-- Approvals that are waited with do not count when they came from a token that acts for nobody.
UPDATE windlass.approvals a
SET past = true
WHERE NOT a.past
  AND a.actor->>'kind' = 'token'
  AND NOT EXISTS (
    SELECT
    FROM windlass.tokens t
    WHERE t.id = substr(a.actor->>'subject', 7)
      AND t.vouched
  );
