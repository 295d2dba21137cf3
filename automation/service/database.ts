/** The service's database before the service is started on it. */
import { setTimeout as delay } from 'node:timers/promises'
import { keyCheckOf } from '../keys/check.ts'
import { type Logger } from '../logger.ts'
import { createPool } from '../store/postgres/database.ts'
import { startEmbedded } from '../store/postgres/embedded.ts'
import { passingOf } from '../store/postgres/passing.ts'
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
 * Milliseconds that a start waits for a database that is away: a failover, or a machine that starts
 * with this one, takes minutes at most. What lasts longer is a wrong address, and somebody looks.
 */
const startPatience = 10 * 60_000
/** Milliseconds between tries: soon enough for a person who watches a start. */
const startPause = 1_000
/** Tries between two lines of the log: the first at once, then one every half minute. */
const quietTries = 30

/** Resolves when the database takes a connection. Rejects when it refuses one for good. */
async function reachable (url: string, logger: Logger, signal: AbortSignal | undefined): Promise<void> {
  const until = Date.now() + startPatience
  for (let tries = 0;; tries++) {
    signal?.throwIfAborted()
    const pool = createPool(url, { max: 1, name: 'windlass-start' })
    try {
      await pool.query('SELECT 1')
      return
    } catch (error) {
      if (passingOf(error) !== 'away' || isForPeople(error) || Date.now() > until) throw error
      if (tries % quietTries === 0) {
        logger.warn({ err: error }, 'the database is away: the service starts as soon as it is there')
      }
    } finally {
      await pool.end()
    }
    await delay(startPause, undefined, signal ? { signal } : {})
  }
}

/** A password or a name that is refused at the start: nobody has used it yet, so it is wrong. */
function isForPeople (error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(28...|3D000|ENOTFOUND)$/.test(String(error.code))
}

/** The service's database. */
export interface OpenDatabase {
  readonly url: string
  /** Starts an embedded one again that has ended; a given one is somebody else's to start. */
  revive(signal: AbortSignal): Promise<void>
  /** Stops an embedded one unless other services use it. */
  close(): Promise<void>
}

/**
 * Opens the database: the given one, once it is there, or the embedded PostgreSQL of the data
 * folder.
 */
export async function openDatabase (
  options: { dataFolder: string, url?: string, logger: Logger, signal?: AbortSignal }
): Promise<OpenDatabase> {
  const { dataFolder, logger, signal } = options
  if (options.url !== undefined) {
    await reachable(options.url, logger, signal)
    return { url: options.url, revive: () => Promise.resolve(), close: () => Promise.resolve() }
  }
  return await startEmbedded({
    dataFolder,
    onNotice: (message) => {
      logger.info({ part: 'postgres' }, message)
    },
    ...(signal && { signal })
  })
}
