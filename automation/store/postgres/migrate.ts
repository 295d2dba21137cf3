import { readdir, readFile } from 'node:fs/promises'
import { type Pool, type Queryable, transaction } from './database.ts'

const folder = new URL('./migrations/', import.meta.url)
// Any constant that nothing else in the database uses: the first eight digits of sha256('windlass
// migrations').
const lock = 0x5f1c9a3e

/** The migrations of this version, in order. */
export async function migrationFiles (): Promise<string[]> {
  return (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
}

/**
 * Applies those of the migrations that were not applied yet, inside the caller's transaction, one
 * process at a time.
 */
export async function applyMigrations (client: Queryable, files: readonly string[]): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [lock])
  await client.query('CREATE SCHEMA IF NOT EXISTS windlass')
  await client.query(
    `CREATE TABLE IF NOT EXISTS windlass.migrations (
       name text PRIMARY KEY,
       applied_at timestamptz NOT NULL DEFAULT now()
     )`
  )
  const { rows } = await client.query<{ name: string }>(
    `SELECT name
     FROM windlass.migrations`
  )
  const applied = new Set(rows.map((row) => row.name))
  for (const file of files) {
    if (applied.has(file)) continue
    await client.query(await readFile(new URL(file, folder), 'utf8'))
    await client.query(
      `INSERT INTO windlass.migrations (name)
       VALUES ($1)`,
      [file]
    )
  }
}

/**
 * Brings the schema `windlass` up to date: applies the files of migrations/ that it has not applied
 * yet, in order of their names, one process at a time.
 */
export async function migrate (pool: Pool): Promise<void> {
  const files = await migrationFiles()
  await transaction(pool, (client) => applyMigrations(client, files))
}
