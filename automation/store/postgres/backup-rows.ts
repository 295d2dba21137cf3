import { type PoolClient } from 'pg'

/** Tables that are in no backup: `migrations` is told in its head. */
const left = ['migrations']

/** The tables of the schema, each after those that it refers to. */
export async function backupTables (client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string, needs: string[] }>(
    `SELECT c.relname AS name,
       ARRAY(
         SELECT DISTINCT r.relname::text
         FROM pg_constraint k
         JOIN pg_class r ON r.oid = k.confrelid
         WHERE k.conrelid = c.oid
           AND k.contype = 'f'
           AND k.confrelid <> c.oid
       ) AS needs
     FROM pg_class c
     WHERE c.relnamespace = 'windlass'::regnamespace
       AND c.relkind = 'r'
     ORDER BY c.relname`
  )
  const sorted: string[] = []
  const open = rows.filter(({ name }) => !left.includes(name))
  while (open.length > 0) {
    const next = open.findIndex(({ needs }) => needs.every((need) => sorted.includes(need)))
    const [table] = open.splice(Math.max(0, next), 1)
    if (!table || next < 0) throw new Error('tables refer to each other in a circle')
    sorted.push(table.name)
  }
  return sorted
}

/** Rows read at once: with the largest, states of stacks, some tens of megabytes. */
const batch = 200

/** Every row of a table as JSON, in batches, as the caller's transaction sees it. */
export async function* tableRows (client: PoolClient, table: string): AsyncGenerator<string[]> {
  await client.query(
    `DECLARE rows NO SCROLL CURSOR FOR
     SELECT row_to_json(t)::text AS row
     FROM windlass."${table}" t`
  )
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${batch} FROM rows`)
    if (rows.length === 0) break
    yield rows.map(({ row }) => row)
  }
  await client.query('CLOSE rows')
}

/** Inserts rows as they were, with the numbers that the database gave them. */
export async function insertRows (client: PoolClient, table: string, rows: readonly string[]): Promise<void> {
  await client.query(
    `INSERT INTO windlass."${table}" OVERRIDING SYSTEM VALUE
     SELECT r.*
     FROM unnest($1::text[]) AS given(row),
       json_populate_record(NULL::windlass."${table}", given.row::json) AS r`,
    [rows]
  )
}

/**
 * Turns the tables' own triggers off or on: what they did when the rows were written is among the
 * rows.
 */
export async function setTriggers (
  client: PoolClient,
  tables: readonly string[],
  to: 'DISABLE' | 'ENABLE'
): Promise<void> {
  for (const table of tables) await client.query(`ALTER TABLE windlass."${table}" ${to} TRIGGER USER`)
}

/** Has every sequence of the schema go on after what is stored. */
export async function advanceSequences (client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string, column: string, sequence: string }>(
    `SELECT c.relname AS table, a.attname AS column,
       pg_get_serial_sequence(format('windlass.%I', c.relname), a.attname) AS sequence
     FROM pg_class c
     JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'windlass'::regnamespace
       AND c.relkind = 'r'
       AND a.attidentity <> ''`
  )
  for (
    const { table, column, sequence } of [...rows, {
      table: 'deployments',
      column: 'queue_order',
      sequence: 'windlass.queue_order'
    }]
  ) {
    await client.query(
      `SELECT setval(
         $1::regclass,
         coalesce((SELECT max("${column}") FROM windlass."${table}"), 0) + 1,
         false
       )`,
      [sequence]
    )
  }
}

/** Says whether other processes of a service are connected to this database. */
export async function serviceConnected (client: PoolClient): Promise<boolean> {
  // Inside a transaction PostgreSQL shows the same list again and again.
  await client.query('SELECT pg_stat_clear_snapshot()')
  const { rowCount } = await client.query(
    `SELECT 1
     FROM pg_stat_activity
     WHERE datname = current_database()
       AND pid <> pg_backend_pid()
       AND application_name IN ('windlass', 'windlass-lock', 'windlass-listen', 'windlass-host')
     LIMIT 1`
  )
  return rowCount === 1
}

/** Reads whether the schema exists, and whether it holds deployments. */
export async function whatIsThere (client: PoolClient): Promise<{ schema: boolean, deployments: boolean }> {
  const { rows } = await client.query<{ schema: boolean }>(
    "SELECT to_regclass('windlass.deployments') IS NOT NULL AS schema"
  )
  if (rows[0]?.schema !== true) return { schema: false, deployments: false }
  const { rowCount } = await client.query(
    `SELECT 1
     FROM windlass.deployments
     UNION ALL
     SELECT 1
     FROM windlass.stacks
     LIMIT 1`
  )
  return { schema: true, deployments: rowCount === 1 }
}

/** Removes everything of ours, the workflows of runs too: runs that were under way get new ones. */
export async function dropEverything (client: PoolClient): Promise<void> {
  await client.query('DROP SCHEMA IF EXISTS windlass CASCADE')
  await client.query('DROP SCHEMA IF EXISTS dbos CASCADE')
}

/** The migrations that were applied. */
export async function appliedMigrations (client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT name
     FROM windlass.migrations
     ORDER BY name`
  )
  return rows.map(({ name }) => name)
}
