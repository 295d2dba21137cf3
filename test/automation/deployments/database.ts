/** A PostgreSQL whose databases also have the tables of the workflow library. */
import { DBOS } from '@dbos-inc/dbos-sdk'
import { startDatabase } from '../../fixtures/database.ts'

export interface TestServer {
  /** Makes a database with all tables and returns its address. */
  database(): Promise<string>
  close(): Promise<void>
}

export async function startServer (): Promise<TestServer> {
  const server = await startDatabase(async (url) => {
    await DBOS.migrate(url)
  })
  return { database: async () => (await server.database()).url, close: () => server.close() }
}
