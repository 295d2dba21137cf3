/** A real PostgreSQL for a test file, with a database of its own for each test. */
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DBOS } from '@dbos-inc/dbos-sdk'
import pg from 'pg'
import { createPool } from '../../../automation/store/database.ts'
import { startEmbedded } from '../../../automation/store/embedded.ts'
import { migrate } from '../../../automation/store/migrate.ts'

export interface TestServer {
  /** Makes a database with all tables and returns its address. */
  database (): Promise<string>
  close (): Promise<void>
}

/** Starts PostgreSQL, and prepares once what every test's database is a copy of. */
export async function startServer (): Promise<TestServer> {
  const folder = join(tmpdir(), `windlass-test-${randomBytes(6).toString('hex')}`)
  await mkdir(folder)
  // PostgreSQL's own user must get in when the tests run as root.
  await chmod(folder, 0o755)
  const server = await startEmbedded({ dataFolder: folder })
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  const urlOf = (name: string): string => {
    const url = new URL(server.url)
    url.pathname = `/${name}`
    return url.href
  }
  await admin.query('CREATE DATABASE prepared')
  const pool = createPool(urlOf('prepared'), { max: 1, name: 'prepare' })
  await migrate(pool)
  await pool.end()
  await DBOS.migrate(urlOf('prepared'))
  return {
    async database () {
      const name = `test_${randomBytes(6).toString('hex')}`
      await admin.query(`CREATE DATABASE ${name} TEMPLATE prepared`)
      return urlOf(name)
    },
    async close () {
      await admin.end()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    }
  }
}
