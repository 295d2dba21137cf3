/** The service's database before the service is started on it. */
import { keyCheckOf } from '../keys/check.ts'
import { type Logger } from '../logger.ts'
import { createPool } from '../store/postgres/database.ts'
import { startEmbedded } from '../store/postgres/embedded.ts'
import { readSecretsRoot } from '../store/postgres/secrets-root.ts'

/**
 * Finds the key that a database is sealed with: the first that fits, or the first of all when it is
 * sealed with none yet; undefined when none fits.
 */
export async function fittingKey (databaseUrl: string, keys: readonly Buffer[]): Promise<Buffer | undefined> {
  const pool = createPool(databaseUrl, { max: 1, name: 'windlass-key' })
  try {
    const kept = await readSecretsRoot(pool)
    return kept ? keys.find((key) => keyCheckOf(key) === kept.keyCheck) : keys[0]
  } finally {
    await pool.end()
  }
}

/**
 * Opens the database: the given one, or the embedded PostgreSQL of the data folder. `close` stops
 * an embedded one unless other services use it.
 */
export async function openDatabase (
  options: { dataFolder: string, url?: string, logger: Logger, signal?: AbortSignal }
): Promise<{ url: string, close(): Promise<void> }> {
  if (options.url !== undefined) return { url: options.url, close: () => Promise.resolve() }
  const { dataFolder, logger, signal } = options
  return await startEmbedded({
    dataFolder,
    onNotice: (message) => {
      logger.info({ part: 'postgres' }, message)
    },
    ...(signal && { signal })
  })
}
