import { DBOS } from '@dbos-inc/dbos-sdk'
import { type Logger } from '../logger.ts'

/**
 * The version of the workflow's protocol: which steps it takes and what they give. A process only
 * takes up workflows of its own version, so this changes only together with a change that a
 * half-done workflow would not survive; releases without one go on with each other's deployments.
 */
const protocolVersion = 'windlass-deployment-1'
/** Workflows write one row a step; four connections serve dozens of deployments. */
const poolSize = 4

/**
 * Launches DBOS on the same database, in its own schema `dbos`, as this executor. What it logs goes
 * to `logger`, its chatter at debug level.
 */
export async function launchDbos (
  databaseUrl: string,
  executor: string,
  logger: Logger,
  stopping: AbortSignal
): Promise<void> {
  const text = (entry: unknown): string => typeof entry === 'string' ? entry : JSON.stringify(entry)
  DBOS.setConfig({
    name: 'windlass',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize: poolSize,
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
  await DBOS.launch()
}

/** Ends DBOS's own work. Workflows under way stay pending. */
export async function shutdownDbos (): Promise<void> {
  await DBOS.shutdown()
}

/** Removes workflows that are over, with their steps. */
export async function removeWorkflows (ids: string[]): Promise<void> {
  await DBOS.deleteWorkflows(ids)
}
