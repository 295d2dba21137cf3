/** Writing backups of the database. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type PoolClient } from 'pg'
import { keyCheckOf } from '../keys/check.ts'
import { appliedMigrations, backupTables, tableRows, whatIsThere } from '../store/postgres/backup-rows.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { readSecretsRoot } from '../store/postgres/secrets-root.ts'
import { BackupError } from './errors.ts'
import { type Head, readBackup } from './file.ts'

/** Number of rows and tables in a backup. */
interface Written {
  rows: number
  tables: number
}

/**
 * Writes a backup of all that is stored, as of one moment, while the service may run; reads it back
 * to check it, and only then gives it its name. Rejects with `backup-file` when the file exists.
 */
export async function writeBackup (
  pool: Pool,
  options: { file: string, secretsKey: Buffer, signal: AbortSignal }
): Promise<Written> {
  const { file, secretsKey, signal } = options
  const draft = `${file}.part`
  try {
    const written = await transaction(pool, (client) => writeDraft(client, { draft, secretsKey, signal }))
    await readBackup(draft, { onHead: () => undefined, onRow: () => undefined })
    // Unlike a rename it replaces nothing.
    await link(draft, file)
    await rm(draft)
    return written
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    const opening = code === 'EEXIST' && syscall === 'open'
    // A draft that was there before is another's.
    if (!opening) await rm(draft, { force: true })
    throw fileError(error, file, opening ? draft : file)
  }
}

/** The backup's error for one of the file system; other errors as they are. */
function fileError (error: unknown, file: string, existing: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EEXIST') {
    return new BackupError('backup-file', { file: existing, wrong: 'exists' }, { cause: error })
  }
  if (code === 'ENOENT' || code === 'EACCES') {
    return new BackupError('backup-file', { file, wrong: 'unwritable', reason: message }, { cause: error })
  }
  return error
}

async function writeDraft (
  client: PoolClient,
  { draft, secretsKey, signal }: { draft: string, secretsKey: Buffer, signal: AbortSignal }
): Promise<Written> {
  await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
  await checkSource(client, secretsKey)
  const head: Head = {
    windlass: 'backup',
    format: 1,
    time: new Date().toISOString(),
    migrations: await appliedMigrations(client),
    keyCheck: keyCheckOf(secretsKey)
  }
  const tables = await backupTables(client)
  const written: Written = { rows: 0, tables: tables.length }
  await pipeline(
    Readable.from(linesOf(client, head, tables, written)),
    createGzip(),
    createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }),
    { signal }
  )
  return written
}

/**
 * Throws a BackupError for a database without a service, or one that is sealed with another key.
 */
async function checkSource (client: PoolClient, secretsKey: Buffer): Promise<void> {
  if (!(await whatIsThere(client)).schema) {
    throw new BackupError('backup-empty', {})
  }
  const sealedBy = (await readSecretsRoot(client))?.keyCheck
  if (sealedBy !== undefined && sealedBy !== keyCheckOf(secretsKey)) {
    throw new BackupError('backup-other-key', { keyCheck: sealedBy })
  }
}

/** The backup's lines: its head, the rows of each table, and at last their number and their sum. */
async function* linesOf (
  client: PoolClient,
  head: Head,
  tables: readonly string[],
  written: Written
): AsyncGenerator<string> {
  const sum = createHash('sha256')
  const first = `${JSON.stringify(head)}\n`
  sum.update(first)
  yield first
  for (const table of tables) {
    for await (const batch of tableRows(client, table)) {
      const text = batch.map((row) => `["${table}",${row}]\n`).join('')
      written.rows += batch.length
      sum.update(text)
      yield text
    }
  }
  yield `${JSON.stringify({ rows: written.rows, sha256: sum.digest('hex') })}\n`
}
