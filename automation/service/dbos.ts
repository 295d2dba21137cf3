import { DBOS } from '@dbos-inc/dbos-sdk'
// Its pauses have no setting; the version is pinned.
import { dbRetryConfig } from '@dbos-inc/dbos-sdk/internal/utils'
import { type Logger } from '../logger.ts'
import { within } from './within.ts'
import { createWorkflowPool } from './workflow-pool.ts'

/**
 * The version of the workflow's protocol: which steps it takes and what they give. A process only
 * takes up workflows of its own version, so this changes only together with a change that a
 * half-done workflow would not survive; releases without one go on with each other's deployments.
 */
const protocolVersion = 'windlass-deployment-1'
/** Workflows write one row a step; four connections serve dozens of deployments. */
const poolSize = 4
/**
 * Seconds between DBOS' tries of what the database failed, at most; it would wait for up to ninety,
 * in which a deployment stands still although the database is back.
 */
const longestBackoff = 4
/** Milliseconds that DBOS gets to end; its connections may be dead without a word. */
const endPatience = 5_000

/**
 * Launches DBOS on the same database, in its own schema `dbos`, as this executor. What it logs goes
 * to `logger`, its chatter at debug level. Resolves with what ends its work; workflows under way
 * stay pending, and never hear of it.
 */
export async function launchDbos (
  databaseUrl: string,
  executor: string,
  logger: Logger,
  stopping: AbortSignal
): Promise<() => Promise<void>> {
  dbRetryConfig.maxBackoffSec = longestBackoff
  const { pool, park } = createWorkflowPool(databaseUrl, poolSize)
  const text = (entry: unknown): string => typeof entry === 'string' ? entry : JSON.stringify(entry)
  DBOS.setConfig({
    name: 'windlass',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePool: pool,
    systemDatabaseSchemaName: 'dbos',
    applicationVersion: protocolVersion,
    executorID: executor,
    // Nothing here waits for DBOS's messages or events.
    useListenNotify: false,
    enableOTLP: false,
    logger: {
      debug (entry) {
        logger.debug({ part: 'dbos' }, text(entry))
      },
      info (entry) {
        logger.debug({ part: 'dbos' }, text(entry))
      },
      // That workflows are left unfinished is what stopping is for.
      warn (entry) {
        logger[stopping.aborted ? 'debug' : 'warn']({ part: 'dbos' }, text(entry))
      },
      error (entry) {
        logger[stopping.aborted ? 'debug' : 'error']({
          part: 'dbos',
          ...(entry instanceof Error && { err: entry })
        }, entry instanceof Error ? entry.message : text(entry))
      }
    }
  })
  const end = async (): Promise<void> => {
    const failed = (error: unknown): void => {
      logger.debug({ part: 'dbos', err: error }, 'it could not be ended')
    }
    await within(endPatience, DBOS.shutdown(), failed)
    park()
    await within(endPatience, pool.end(), failed)
  }
  try {
    await DBOS.launch()
  } catch (error) {
    await end()
    throw error
  }
  return end
}

/** Removes workflows that are over, with their steps. */
export async function removeWorkflows (ids: string[]): Promise<void> {
  await DBOS.deleteWorkflows(ids)
}
