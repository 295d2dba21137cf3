/** Writing and restoring backups of the database. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { keyCheckOf } from '../keys/check.ts'
import {
  advanceSequences,
  appliedMigrations,
  backupTables,
  dropEverything,
  insertRows,
  setTriggers,
  tableRows,
  whatIsThere
} from '../store/postgres/backup-rows.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { applyMigrations, migrate, migrationFiles } from '../store/postgres/migrate.ts'
import { readSecretsRoot } from '../store/postgres/secrets-root.ts'
import { serviceStays } from '../store/postgres/service-stays.ts'
import { BackupError, readBackup, type Head } from './file.ts'

/**
 * Writes a backup of all that is stored, as of one moment, while the service may run; reads it back
 * to check it, and only then gives it its name. Rejects with `backup-file` when the file exists.
 * Resolves with the number of rows.
 */
export async function writeBackup (
  pool: Pool,
  options: { file: string, secretsKey: Buffer, signal: AbortSignal }
): Promise<{ rows: number, tables: number }> {
  const { file, secretsKey, signal } = options
  const draft = `${file}.part`
  try {
    const written = await transaction(pool, async (client) => {
      await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
      if (!(await whatIsThere(client)).schema) {
        throw new BackupError(
          'backup-empty',
          'the database holds nothing of the service yet: expected WINDLASS_DATA or DATABASE_URL to be ' +
            'those of a service that was started before'
        )
      }
      const sealedBy = (await readSecretsRoot(client))?.keyCheck
      if (sealedBy !== undefined && sealedBy !== keyCheckOf(secretsKey)) {
        throw new BackupError(
          'backup-other-key',
          `the database is sealed with another secrets key (its check is ${sealedBy}): back it up with ` +
            'that key, or finish its rotation (npm run rotate-key)'
        )
      }
      const head: Head = {
        windlass: 'backup',
        format: 1,
        time: new Date().toISOString(),
        migrations: await appliedMigrations(client),
        keyCheck: keyCheckOf(secretsKey)
      }
      const tables = await backupTables(client)
      const sum = createHash('sha256')
      let rows = 0
      async function* lines (): AsyncGenerator<string> {
        const first = `${JSON.stringify(head)}\n`
        sum.update(first)
        yield first
        for (const table of tables) {
          for await (const batch of tableRows(client, table)) {
            const text = batch.map((row) => `["${table}",${row}]\n`).join('')
            rows += batch.length
            sum.update(text)
            yield text
          }
        }
        yield `${JSON.stringify({ rows, sha256: sum.digest('hex') })}\n`
      }
      await pipeline(
        Readable.from(lines()),
        createGzip(),
        createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }),
        { signal }
      )
      return { rows, tables: tables.length }
    })
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
    if (code === 'EEXIST') {
      throw new BackupError(
        'backup-file',
        `${opening ? draft : file} exists already: expected the name of a new file`,
        { cause: error }
      )
    }
    if (code === 'ENOENT' || code === 'EACCES') {
      throw new BackupError('backup-file', `${file} can't be written: ${(error as Error).message}`, {
        cause: error
      })
    }
    throw error
  }
}

/** Rows inserted by one statement. */
const batch = 200

/**
 * Puts a backup in the place of what is stored, in one transaction: all of it, or nothing.
 * Afterwards the tables are brought up to this version. Rejects when the backup is damaged, is of a
 * newer version or another secrets key, when a service works on the database, or when there are
 * deployments and `replace` is not set.
 */
export async function restoreBackup (
  pool: Pool,
  options: { file: string, secretsKey: Buffer, replace: boolean }
): Promise<{ rows: number, time: string }> {
  const { file, secretsKey, replace } = options
  const known = await migrationFiles()
  let time = ''
  let tables: string[] = []
  const rows = await transaction(pool, async (client) => {
    if (await serviceStays(client)) {
      throw new BackupError(
        'backup-service-running',
        'a service works on this database: stop it (all of its processes), then restore'
      )
    }
    if (!replace && (await whatIsThere(client)).deployments) {
      throw new BackupError(
        'backup-not-empty',
        'the database holds deployments or stacks, which a restore would replace: back them up, then ' +
          'restore with --replace'
      )
    }
    let waiting: { table: string, rows: string[] } | undefined
    const flush = async (): Promise<void> => {
      if (waiting) await insertRows(client, waiting.table, waiting.rows)
      waiting = undefined
    }
    const restored = await readBackup(file, {
      async onHead (head) {
        time = head.time
        const newer = head.migrations.filter((name) => !known.includes(name))
        if (newer.length > 0) {
          throw new BackupError(
            'backup-newer',
            `${file} was made by a newer version of the service, which knows ${newer.join(', ')}: ` +
              'restore it with that version'
          )
        }
        if (head.keyCheck !== keyCheckOf(secretsKey)) {
          throw new BackupError(
            'backup-other-key',
            `${file} is sealed with another secrets key (its check is ${head.keyCheck}), the one that ` +
              'was in use when it was made: restore secrets.key from where it was kept (after a rotation ' +
              `the data folder has it as secrets.key.${head.keyCheck}), or set WINDLASS_SECRETS_KEY to the ` +
              'key of that time, restore, and rotate the key again'
          )
        }
        await dropEverything(client)
        await applyMigrations(client, known.filter((name) => head.migrations.includes(name)))
        // What migrations put in is in the backup too.
        tables = await backupTables(client)
        await setTriggers(client, tables, 'DISABLE')
        for (const table of [...tables].reverse()) await client.query(`DELETE FROM windlass."${table}"`)
      },
      async onRow (table, row) {
        if (waiting && (waiting.table !== table || waiting.rows.length >= batch)) await flush()
        waiting ??= { table, rows: [] }
        waiting.rows.push(row)
      }
    })
    await flush()
    await setTriggers(client, tables, 'ENABLE')
    await advanceSequences(client)
    return restored
  })
  await migrate(pool)
  return { rows, time }
}
