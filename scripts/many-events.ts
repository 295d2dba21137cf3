/** Events for a deployment with far more of them than any rehearsal has. */
import pg from 'pg'

/** Appends events: one for each resource `map-{seq}` of a unit of phase 1, and a final one. */
const appendEvents = `
  INSERT INTO windlass.events (deployment, seq, time, type, phase, unit, body)
  SELECT
    $1,
    number,
    now(),
    CASE WHEN number = $2 THEN 'deployment.succeeded' ELSE 'resource.succeeded' END,
    CASE WHEN number < $2 THEN 1 END,
    CASE WHEN number < $2 THEN $3 END,
    json_build_object(
      'op', 'create',
      'resource', json_build_object(
        'type', 'kubernetes:core/v1:ConfigMap',
        'name', 'map-' || number
      )
    )
  FROM generate_series(
    (SELECT last_event + 1 FROM windlass.deployments WHERE id = $1),
    $2::integer
  ) AS number`

/** Fills the log of a deployment that has ended up to a number of events. */
export async function giveEvents (
  databaseUrl: string,
  deployment: string,
  unit: string,
  count: number
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(appendEvents, [deployment, count, unit])
    await client.query('UPDATE windlass.deployments SET last_event = $2 WHERE id = $1', [deployment, count])
  } finally {
    await client.end()
  }
}
