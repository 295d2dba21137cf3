/** The service's database, for scripts that work on it. */
import { type Pool } from 'pg'
import { openDatabase } from '../automation/index.ts'
import { createPool } from '../automation/store/postgres/database.ts'
import { type Config } from '../server/config.ts'

const tell = (_fields: object, message: string): void => {
  console.error(message)
}

/** A logger that prints messages on standard error. */
export const messages = { debug: (): void => {}, info: tell, warn: tell, error: tell }

/** Opens the database of a configuration for some work, and closes it afterwards. */
export async function withDatabase<T> (
  { dataFolder, databaseUrl }: Pick<Config, 'dataFolder' | 'databaseUrl'>,
  options: { name: string, connections: number, signal?: AbortSignal },
  work: (pool: Pool, url: string) => Promise<T>
): Promise<T> {
  const database = await openDatabase({
    dataFolder,
    logger: messages,
    ...(options.signal && { signal: options.signal }),
    ...(databaseUrl !== undefined && { url: databaseUrl })
  })
  const pool = createPool(database.url, { max: options.connections, name: options.name })
  try {
    return await work(pool, database.url)
  } finally {
    await pool.end()
    await database.close()
  }
}

/** A signal that aborts when the process is asked to end. */
export function interruption (): AbortSignal {
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupt.abort(new Error(`stopped by ${signal}`)))
  }
  return interrupt.signal
}
