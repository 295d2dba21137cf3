-- Who made a deployment go on, by which act (contract/deployment.ts, Driver): they do not count at its gates. Each person once for each act, so there are as many as people acted.
ALTER TABLE windlass.deployments ADD COLUMN drivers jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(drivers) = 'array');

-- Deployments of before: who launched them is in their row, who resumed or overrode them in their events, or in the audit log where events were removed.
WITH told AS (
  SELECT id AS deployment, 'launched' AS act, launched_by AS actor, created_at AS time
  FROM windlass.deployments
  WHERE launched_by IS NOT NULL
  UNION ALL
  SELECT deployment, CASE type WHEN 'deployment.resumed' THEN 'resumed' ELSE 'overridden' END,
    (body->'actor')::jsonb, time
  FROM windlass.events
  WHERE type IN ('deployment.resumed', 'deployment.continued')
    AND body->'actor' IS NOT NULL
  UNION ALL
  SELECT target, substr(action, length('deployment.') + 1), entry::jsonb->'actor', time
  FROM windlass.audit
  WHERE action IN ('deployment.resumed', 'deployment.overridden')
    AND outcome = 'done'
    AND entry::jsonb->'actor' IS NOT NULL
), each AS (
  SELECT DISTINCT ON (deployment, act, coalesce(actor->>'person', actor->>'subject')) deployment, act, actor, time
  FROM told
  ORDER BY deployment, act, coalesce(actor->>'person', actor->>'subject'), time
), lists AS (
  SELECT deployment,
    jsonb_agg(
      jsonb_build_object(
        'act', act, 'actor', actor, 'time', to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      )
      ORDER BY time
    ) AS drivers
  FROM each
  GROUP BY deployment
)
UPDATE windlass.deployments d
SET drivers = l.drivers
FROM lists l
WHERE l.deployment = d.id;
