import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type FastifyBaseLogger } from 'fastify'
import {
  findPulumi,
  loadHooks,
  olderFormEnds,
  olderVariables,
  openDatabase,
  openTracing,
  startAutomation,
  unitsOfThisMachine,
  usableMemory,
  type Hook,
  type Tracing
} from '../automation/index.ts'
import { accessSettings, openAccess } from './access/open.ts'
import { buildApp } from './app.ts'
import { periodsOf, type Config } from './config.ts'
import { closeApp, isLoopback, listen } from './listen.ts'
import { createWorkMetrics, type WorkMetrics } from './metrics/work.ts'
import { startReload } from './reload.ts'
import { settledSecretsKey } from './secrets-key.ts'
import { settingsFile } from './settings-file.ts'
import { ConfigError } from './start-errors.ts'

/** A running service. */
export interface Service {
  /** The address that it listens at. */
  url: string
  /** Reads the access and hooks files again, changed or not. Never rejects. */
  reload(): Promise<void>
  /**
   * Stops accepting, ends streams, lets running resource operations end, releases the database.
   * Idempotent.
   */
  close(): Promise<void>
}

export interface ServiceOptions {
  logger: FastifyBaseLogger
  /** Stops the start. */
  signal: AbortSignal
}

async function readVersion (): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

async function readHooks ({ hooks, secretValues }: Config): Promise<readonly Hook[]> {
  if (hooks === undefined) return []
  return await settingsFile('WINDLASS_HOOKS', () => loadHooks(hooks, secretValues))
}

/** Names the variables of secrets that have to be renamed before their older form ends. */
function warnOfOlderNames ({ secretValues }: Config, logger: FastifyBaseLogger): void {
  const older = olderVariables(secretValues)
  if (older.length === 0) return
  logger.warn(
    { rename: Object.fromEntries(older.map(({ variable, names }) => [variable, names])) },
    `these variables do not say whose secret they hold, and are read until version ${olderFormEnds} only`
  )
}

/** Finds the Pulumi CLI where it is needed; undefined where it is not. */
async function findCli (config: Config, logger: FastifyBaseLogger) {
  if (config.live !== 'on' && config.engine !== 'pulumi') return undefined
  const found = await findPulumi({
    searchPath: process.env.PATH,
    dataFolder: config.dataFolder,
    install: config.pulumiInstall === 'on'
  })
  if ('cli' in found) {
    logger.info({ version: found.cli.version, file: found.cli.file }, 'found the Pulumi CLI')
  } else if (config.engine === 'pulumi') {
    const text = `WINDLASS_ENGINE is "pulumi", which needs the Pulumi CLI: ${found.problem}, or leave the ` +
      'variable unset for the rehearsal engine'
    throw new ConfigError('config-invalid', { problems: [{ variable: 'WINDLASS_ENGINE', text }] })
  } else logger.warn({ problem: found.problem }, 'live deployments are refused')
  return found
}

async function startTracing (
  version: string,
  { config, logger, work }: { config: Config, logger: FastifyBaseLogger, work: WorkMetrics }
): Promise<Tracing | undefined> {
  if (!config.traces) return undefined
  return await openTracing({
    version,
    warn: (fields, message) => {
      logger.warn(fields, message)
    },
    count: (result, spans) => {
      work.observe({ kind: 'spans', result, spans })
    }
  })
}

/**
 * Unit hosts, and how many of them rehearse at once. A rehearsal is bound by the processor, a live
 * unit by its cloud; whoever sets the number decides for both.
 */
function workersOf ({ workers }: Config) {
  const memory = usableMemory()
  return workers === unitsOfThisMachine()
    ? {
      workers,
      rehearsals: Math.min(workers, availableParallelism()),
      workersBecause: `the ${(memory / 1024 ** 3).toFixed(1)} GiB of memory of the service`
    }
    : { workers, workersBecause: 'WINDLASS_WORKERS' }
}

/** The options of the automation room that the configuration decides. */
function automationOptions (config: Config) {
  const { url, pulumiBackend: backend, pulumiSecretsProvider: secretsProvider } = config
  return {
    federations: config.federations,
    ...(config.scenarios !== undefined && { scenarios: config.scenarios }),
    ...workersOf(config),
    secretValues: config.secretValues,
    notify: { hosts: config.notifyHosts, ...(url !== undefined && { url }) },
    dataFolder: config.dataFolder,
    auditHeads: config.auditHeads ?? join(config.dataFolder, 'audit-heads.ndjson'),
    engine: config.engine,
    graceSeconds: config.graceSeconds,
    periods: periodsOf(config),
    ...(backend !== undefined && { backend }),
    ...(secretsProvider !== undefined && { secretsProvider })
  }
}

type Release = () => Promise<void>

/** Starts the parts in order and adds how each is released. */
async function startParts (
  config: Config,
  { logger, signal }: ServiceOptions,
  releases: Release[]
): Promise<Pick<Service, 'url' | 'reload'>> {
  const version = await readVersion()
  const loopback = isLoopback(config.host)
  const settings = await accessSettings(config, loopback)
  const hooks = await readHooks(config)
  warnOfOlderNames(config, logger)
  const pulumi = await findCli(config, logger)
  const work = createWorkMetrics()
  const tracing = await startTracing(version, { config, logger, work })
  // Released last: what the other parts do while they close is traced too.
  if (tracing) releases.push(() => tracing.close())
  const database = await openDatabase({
    dataFolder: config.dataFolder,
    logger,
    signal,
    ...(config.databaseUrl !== undefined && { url: config.databaseUrl })
  })
  releases.push(() => database.close())
  signal.throwIfAborted()
  const secretsKey = await settledSecretsKey(config, database.url, logger)
  const automation = await startAutomation({
    ...automationOptions(config),
    databaseUrl: database.url,
    secretsKey,
    hooks,
    ...(settings && { accounts: settings.accounts }),
    logger,
    live: { on: config.live === 'on', guarded: loopback || settings !== undefined },
    observe: work.observe,
    reviveDatabase: (stopping) => database.revive(stopping),
    ...(pulumi !== undefined && { pulumi }),
    ...(tracing !== undefined && { tracing })
  })
  releases.push(() => automation.close())
  signal.throwIfAborted()
  const { access, current } = await openAccess({
    config,
    settings,
    store: automation.access,
    secretsKey,
    logger
  })
  const app = await buildApp({
    automation,
    logger,
    version,
    access,
    work: work.registry,
    ...(tracing !== undefined && { tracing })
  })
  releases.push(() => closeApp(app))
  const reload = await startReload({
    config,
    automation,
    logger,
    ...(current !== undefined && { access: current })
  })
  releases.push(() => reload.close())
  return { url: await listen(app, config), reload: () => reload.now() }
}

/**
 * Starts everything in order: database, automation room, application, port. `close` releases what
 * was started in reverse order, and so does a failure of a later part.
 */
export async function startService (config: Config, options: ServiceOptions): Promise<Service> {
  const releases: Release[] = []
  let closing: Promise<void> | undefined
  const close = () => (closing ??= (async () => {
    for (const release of releases.reverse()) await release()
  })())
  try {
    return { ...await startParts(config, options, releases), close }
  } catch (error) {
    await close()
    throw error
  }
}
