/** A PostgreSQL of the campaign's own, and what is done to it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { serviceRole } from '../../../automation/store/postgres/embedded-roles.ts'
import { startEmbedded } from '../../../automation/store/postgres/embedded.ts'
import { makeDataFolder } from '../../fixtures/data-folder.ts'
import { superuserUrl } from '../../fixtures/postgres.ts'

export interface ChaosDatabase {
  readonly url: string
  restart(signal: NodeJS.Signals, lasts: number): Promise<void>
  readOnly(lasts: number): Promise<void>
  cut(names: string): Promise<void>
  limit(connections: number, lasts: number): Promise<void>
  close(): Promise<void>
}

export async function startChaosDatabase (): Promise<ChaosDatabase> {
  const data = await makeDataFolder()
  const postgres = await startEmbedded({ dataFolder: data.folder })
  const admin = await superuserUrl(data.folder)
  const lock = join(postgres.dataFolder, 'postmaster.pid')

  async function ask (...texts: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: admin })
    client.on('error', () => undefined)
    await client.connect()
    try {
      for (const text of ['SET default_transaction_read_only = off', ...texts]) await client.query(text)
    } finally {
      await client.end()
    }
  }
  const cut = (names: string): Promise<void> =>
    ask(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${serviceRole}' ` +
        `AND application_name LIKE '${names}'`
    )
  return {
    url: postgres.url,
    async restart (signal, lasts) {
      const pid = Number((await readFile(lock, 'utf8')).split('\n', 1)[0])
      process.kill(pid, signal)
      while (/postgres/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))) await delay(10)
      await delay(lasts)
      await postgres.revive(new AbortController().signal)
    },
    async readOnly (lasts) {
      await ask('ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()')
      await delay(lasts)
      await ask('ALTER SYSTEM RESET default_transaction_read_only', 'SELECT pg_reload_conf()')
    },
    cut,
    async limit (connections, lasts) {
      await ask(`ALTER ROLE ${serviceRole} CONNECTION LIMIT ${connections}`)
      await cut('windlass%')
      await delay(lasts)
      await ask(`ALTER ROLE ${serviceRole} CONNECTION LIMIT -1`)
    },
    async close () {
      await postgres.close()
      await data.remove()
    }
  }
}
