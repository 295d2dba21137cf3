/** Restoring backups of the database. */
import { type PoolClient } from 'pg'
import { keyCheckOf } from '../keys/check.ts'
import {
  advanceSequences,
  backupTables,
  dropEverything,
  insertRows,
  setTriggers,
  whatIsThere
} from '../store/postgres/backup-rows.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { applyMigrations, migrate, migrationFiles } from '../store/postgres/migrate.ts'
import { serviceStays } from '../store/postgres/service-stays.ts'
import { BackupError } from './errors.ts'
import { type Head, readBackup } from './file.ts'

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
  const rows = await transaction(pool, async (client) => {
    await checkTarget(client, replace)
    const inserter = new RowInserter(client)
    let tables: string[] = []
    const restored = await readBackup(file, {
      async onHead (head) {
        time = head.time
        checkHead(head, { file, secretsKey, known })
        await dropEverything(client)
        await applyMigrations(client, known.filter((name) => head.migrations.includes(name)))
        // What migrations put in is in the backup too.
        tables = await backupTables(client)
        await setTriggers(client, tables, 'DISABLE')
        for (const table of [...tables].reverse()) await client.query(`DELETE FROM windlass."${table}"`)
      },
      onRow: (table, row) => inserter.add(table, row)
    })
    await inserter.flush()
    await setTriggers(client, tables, 'ENABLE')
    await advanceSequences(client)
    return restored
  })
  await migrate(pool)
  return { rows, time }
}

/** Rows on their way into their tables, many at once. */
class RowInserter {
  readonly #client: PoolClient
  #waiting: { table: string, rows: string[] } | undefined

  constructor (client: PoolClient) {
    this.#client = client
  }

  async add (table: string, row: string): Promise<void> {
    if (this.#waiting && (this.#waiting.table !== table || this.#waiting.rows.length >= batch)) {
      await this.flush()
    }
    this.#waiting ??= { table, rows: [] }
    this.#waiting.rows.push(row)
  }

  async flush (): Promise<void> {
    if (this.#waiting) await insertRows(this.#client, this.#waiting.table, this.#waiting.rows)
    this.#waiting = undefined
  }
}

/** Throws a BackupError for a database that is used, or that holds what may be needed. */
async function checkTarget (client: PoolClient, replace: boolean): Promise<void> {
  if (await serviceStays(client)) {
    throw new BackupError('backup-service-running', {})
  }
  if (!replace && (await whatIsThere(client)).deployments) {
    throw new BackupError('backup-not-empty', {})
  }
}

/** Throws a BackupError for a backup of a newer version or another secrets key. */
function checkHead (
  head: Head,
  { file, secretsKey, known }: { file: string, secretsKey: Buffer, known: readonly string[] }
): void {
  const newer = head.migrations.filter((name) => !known.includes(name))
  if (newer.length > 0) {
    throw new BackupError('backup-newer', { file, migrations: newer })
  }
  if (head.keyCheck !== keyCheckOf(secretsKey)) {
    throw new BackupError('backup-other-key', { file, keyCheck: head.keyCheck })
  }
}
