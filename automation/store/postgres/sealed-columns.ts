import { type PoolClient } from 'pg'
import { type Queryable } from './database.ts'
import { sealedPrefix } from './sealer.ts'

/** A column that holds sealed values. */
export interface SealedColumn {
  table: string
  column: string
}

/**
 * Every column that holds sealed values. Whoever seals another adds it here: a rotation of the key
 * refuses a database that has sealed values elsewhere.
 */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'units', column: 'outputs' },
  { table: 'unit_outputs', column: 'outputs' },
  { table: 'cloud_records', column: 'body' },
  { table: 'stack_moves', column: 'states' },
  { table: 'secrets_root', column: 'root' }
]

const pattern = `${sealedPrefix}%`

/**
 * A sealed value, whichever comes first; undefined when there is none. `secrets_root` is left out:
 * who asks is about to write it.
 */
export async function anySealed (client: Queryable): Promise<string | undefined> {
  for (const { table, column } of sealedColumns) {
    if (table === 'secrets_root') continue
    const { rows } = await client.query<{ value: string }>(
      `SELECT "${column}" AS value
       FROM windlass."${table}"
       WHERE "${column}" LIKE $1
       LIMIT 1`,
      [pattern]
    )
    if (rows[0]) return rows[0].value
  }
  return undefined
}

/** Columns of text that hold sealed values and are not in the list. */
export async function unlistedSealed (client: Queryable): Promise<SealedColumn[]> {
  const { rows } = await client.query<SealedColumn>(
    `SELECT c.table_name AS table, c.column_name AS column
     FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'windlass'
       AND t.table_type = 'BASE TABLE'
       AND c.data_type IN ('text', 'json', 'jsonb', 'character varying')
     ORDER BY 1, 2`
  )
  const found: SealedColumn[] = []
  for (const { table, column } of rows) {
    if (sealedColumns.some((one) => one.table === table && one.column === column)) continue
    // In JSON it would be the value itself, in quotes.
    const { rowCount } = await client.query(
      `SELECT 1
       FROM windlass."${table}"
       WHERE ltrim("${column}"::text, '"') LIKE $1
       LIMIT 1`,
      [pattern]
    )
    if (rowCount === 1) found.push({ table, column })
  }
  return found
}

/** Rows taken at once: with the largest, records of clouds, a few megabytes. */
const batch = 500

/**
 * Gives every sealed value of a column to `reseal` and stores what it gives, in the caller's
 * transaction, in which nobody else writes. Resolves with how many.
 */
export async function resealColumn (
  client: PoolClient,
  { table, column }: SealedColumn,
  reseal: (sealed: string) => string,
  signal: AbortSignal
): Promise<number> {
  let count = 0
  // A cursor keeps to what was there when it was opened.
  await client.query(
    `DECLARE sealed NO SCROLL CURSOR FOR
     SELECT ctid::text AS place, "${column}" AS value
     FROM windlass."${table}"
     WHERE "${column}" LIKE '${pattern}'`
  )
  for (;;) {
    signal.throwIfAborted()
    const { rows } = await client.query<{ place: string, value: string }>(`FETCH ${batch} FROM sealed`)
    if (rows.length === 0) break
    await client.query(
      `UPDATE windlass."${table}" t
       SET "${column}" = given.value
       FROM unnest($1::tid[], $2::text[]) AS given(place, value)
       WHERE t.ctid = given.place`,
      [rows.map(({ place }) => place), rows.map(({ value }) => reseal(value))]
    )
    count += rows.length
  }
  await client.query('CLOSE sealed')
  return count
}
