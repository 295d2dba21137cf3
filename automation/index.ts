/**
 * The automation room's only door: federations, plans and deployments for the server, the database
 * and the unit hosts behind it.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
export { roles } from '../contract/words.ts'
export { openTracing } from './tracing/open.ts'
export { type Notification } from '../contract/notification.ts'
export { type Act, type By, type Origin } from './acts.ts'
import { type Logger } from './logger.ts'
import { type Automation } from './ports.ts'
import { type Phase } from '../programs/types.ts'
import { cleaner } from './audit/clean.ts'
import { HeadLog } from './audit/head-log.ts'
import { loadPrices } from './cost/prices.ts'
import { openAutomation } from './service/automation.ts'
import { launchDbos, removeWorkflows, shutdownDbos } from './service/dbos.ts'
import { Dispatcher } from './service/dispatcher.ts'
import { enterExecutor } from './service/executor.ts'
import { Feeds } from './deployments/read/feed.ts'
import { Listener } from './deployments/read/listener.ts'
import { type LiveSettings } from './deployments/launch/live.ts'
import { readinessOf } from './service/readiness.ts'
import { type Service } from './deployments/service.ts'
import { Slots } from './deployments/run/slots.ts'
import { DeploymentSpans } from './deployments/spans.ts'
import { takeOver } from './service/takeover.ts'
import { createTopology } from './deployments/topology.ts'
import { allIdle, bindService, lookAgain } from './deployments/run/workflow.ts'
import { type Hook } from './hooks/file.ts'
import { keyCheckOf } from './keys/check.ts'
import { openRoot } from './keys/root.ts'
import { Notifier } from './notifications/notifier.ts'
import { type Observe } from './observations.ts'
import { loadDurations } from './plan/durations.ts'
import { usualPeriods, type RetentionPeriods } from './retention/periods.ts'
import { Retention } from './retention/retention.ts'
import { Scheduler } from './schedules/scheduler.ts'
import { type FoundCli } from './stacks/cli/find.ts'
import { createCliPlaces } from './stacks/cli/places.ts'
import { type UnitRunner } from './stacks/types.ts'
import { pulumiSecrets } from './stacks/passphrase.ts'
import { openUnitRunner } from './stacks/unit-runner.ts'
import { createPool } from './store/postgres/database.ts'
import { startEmbedded } from './store/postgres/embedded.ts'
import { endedDeployments } from './store/deployments/ended-deployments.ts'
import { migrate } from './store/postgres/migrate.ts'
import { createSealer } from './store/postgres/sealer.ts'
import { readSecretsRoot } from './store/postgres/secrets-root.ts'
import { knownCosts } from './store/units/unit-costs.ts'
import { type Tracing } from './tracing/tracing.ts'

export { holds, permits, permitsSomewhere, rolePermissions, visibleFederations } from './access/permits.ts'
export { everywhere, personOf } from './access/model.ts'
export { refusalOf } from './deployments/gates.ts'
export { principalOf, type Claims } from './access/claims.ts'
export { loadAccess, parseAccess, tokensOnly, type AccessSettings, type Issuer } from './access/file.ts'
export type * from './access/model.ts'
export type * from './access/access-store.ts'
export type { SessionBasis, StoredSession } from './store/identity/sessions.ts'
export type { StoredToken } from './store/identity/tokens.ts'
export { loadHooks, type Hook } from './hooks/file.ts'
export { Rounds } from './rounds.ts'
export { SettingsError } from './settings/read.ts'
export { AutomationError, errorKind, type ErrorCode, type ErrorKind } from './errors.ts'
export type { AuditLog } from './audit/log.ts'
export { keyCheckOf } from './keys/check.ts'
export { eventsRemoved } from './deployments/decide/decisions.ts'
export { storeAway } from './store/postgres/away.ts'
export { findPulumi, type PulumiCli } from './stacks/cli/find.ts'
export { providerPlugins } from './stacks/cli/plugins.ts'
export { inspectEmbedded } from './store/postgres/embedded.ts'
export { inspectDatabase, type DatabaseState } from './store/postgres/inspection.ts'
export { readFederations } from './federation/federations.ts'
export { pulumiEnvironment } from './stacks/cli/backend.ts'
export type { EventDraft } from './event-draft.ts'
export type { HookRequest, ReceivedDelivery } from './hooks/receive.ts'
export type * from './launcher.ts'
export type * from './page.ts'
export type { Place } from './place.ts'
export type * from './ports.ts'
export type { RetentionPeriods } from './retention/periods.ts'
export type * from './observations.ts'
export { activeTrace, contextOf, traceFields, underTrace } from './tracing/context.ts'
export { type OpenSpan, type Tracing } from './tracing/tracing.ts'
export type { Federation } from '../programs/types.ts'

export interface StartOptions {
  databaseUrl: string
  /** The folder of federation files. */
  federations: string
  /** Unit hosts of this process. */
  workers: number
  /** 32 bytes; encrypts secrets at rest. */
  secretsKey: Buffer
  logger: Logger
  /** Windlass's data folder. */
  dataFolder: string
  /** What executes rehearsals; `pulumi` needs the CLI on the PATH. */
  engine: 'rehearsal' | 'pulumi'
  /**
   * Whether live deployments are accepted, and why not when they are not for another reason than a
   * missing CLI.
   */
  live: LiveSettings
  /** The Pulumi CLI, or why there is none; neither is needed to rehearse. */
  pulumi?: FoundCli
  /** The state backend and secrets provider of live stacks. */
  backend?: string
  secretsProvider?: string
  /**
   * How long running resource operations may go on after a cancel or a close. 60 s: most cloud
   * calls end in it, and what does not is settled before the next try.
   */
  graceSeconds?: number
  /** Values of `WINDLASS_SECRET_<NAME>`, for live deployments. */
  secretValues?: Readonly<Record<string, string | undefined>>
  /** Webhooks that launch deployments: what `loadHooks` read; none unless given. */
  hooks?: readonly Hook[]
  /**
   * Hosts that notifications may be sent to, where people reach the service (for links), and for
   * tests how often to look and PagerDuty's address.
   */
  notify?: {
    hosts: readonly string[]
    url?: string
    interval?: number
    pagerduty?: string
    authorities?: string
  }
  /** Runs the units; unit hosts unless given. */
  runner?: UnitRunner
  /** The phases; the real ones unless given. */
  catalog?: readonly Phase[]
  /** Where traces go; none are made without. The caller closes it, after the service. */
  tracing?: Tracing
  /** How long what grows is kept; the usual periods unless given. */
  periods?: RetentionPeriods
  /** The clock of schedules and maintenance windows; the machine's unless given. */
  now?(): Date
  /** Hears what is worth counting. It must not throw. */
  observe?: Observe
  /**
   * The process lost its proof of life or its store: peers take its work over, so it must end.
   * Called once.
   */
  onLeaseLost(reason: string): void
}

// Connections for requests, drivers' writes and feeds. Each of them holds one for a millisecond or
// two, and PostgreSQL's default is a hundred for everyone.
const poolSize = 16
// Units of one cloud at once in a deployment. Cloud control planes throttle an account at tens of
// calls a second, and each unit keeps up to ten resource operations going.
const perCloud = 16

/**
 * Starts the deployment service of this process: brings the schema up to date, takes over what dead
 * processes left and starts what is queued. One service a process. Rejects, with everything
 * released, when the database or the unit hosts can't be had.
 */
export async function startAutomation (options: StartOptions): Promise<Automation> {
  const {
    now = () => new Date(),
    observe = () => undefined,
    databaseUrl,
    logger,
    workers,
    secretsKey,
    dataFolder,
    live,
    pulumi,
    backend,
    secretsProvider,
    tracing,
    graceSeconds = 60
  } = options
  const cli = pulumi && 'cli' in pulumi ? pulumi.cli : undefined
  const stopping = new AbortController()
  // Undone in reverse order.
  const releases: (() => Promise<void> | void)[] = []
  const release = async (): Promise<void> => {
    for (const undo of releases.splice(0).reverse()) {
      await Promise.resolve(undo()).catch((error: unknown) => {
        logger.warn({ err: error }, 'a part could not be closed')
      })
    }
  }
  let failed = false
  const fatal = (error: Error): void => {
    if (failed || stopping.signal.aborted) return
    failed = true
    logger.error({ err: error }, 'this process must end: others may take its work over')
    stopping.abort()
    options.onLeaseLost(error.message)
  }
  try {
    const pool = createPool(databaseUrl, { max: poolSize, name: 'windlass' })
    releases.push(() => pool.end())
    await migrate(pool)
    const root = await openRoot(pool, secretsKey)
    const durations = await loadDurations()
    const prices = await loadPrices()
    const runner = options.runner ?? await openUnitRunner({
      size: workers,
      hostFile: fileURLToPath(new URL('./service/unit-host.ts', import.meta.url)),
      databaseUrl,
      secretsKey,
      root,
      engine: options.engine,
      durations,
      prices,
      dataFolder,
      graceSeconds,
      observe,
      ...(tracing && {
        emit: (span) => {
          tracing.emit(span)
        }
      }),
      ...(cli ? { cli } : {}),
      ...(backend === undefined ? {} : { backend }),
      ...(secretsProvider === undefined ? {} : { secretsProvider })
    })
    releases.push(() => runner.close())
    // A derivation of a fifth of a second, and only the CLI needs it here.
    const passphrase = cli ? (await pulumiSecrets(root)).passphrase : ''
    const cliStacks = createCliPlaces({
      cli,
      engine: options.engine,
      settings: {
        dataFolder,
        passphrase,
        ...(backend === undefined ? {} : { backend }),
        ...(secretsProvider === undefined ? {} : { secretsProvider })
      }
    })
    const executor = await enterExecutor(databaseUrl, { logger, onLost: fatal })
    releases.push(() => executor.close())
    const feeds = new Feeds(pool, observe)
    const listener = new Listener(databaseUrl, {
      onEvent: (deployment, lastEvent) => {
        feeds.announce(deployment, lastEvent)
      },
      onControl: lookAgain,
      onGap: () => {
        feeds.gap()
        lookAgain()
      }
    }, logger)
    releases.push(async () => {
      feeds.close()
      await listener.close()
    })
    await listener.start()
    const sweepWorlds = (): Promise<void> =>
      cliStacks.sweep((ids) => endedDeployments(pool, ids)).catch((error: unknown) => {
        logger.warn({ err: error }, 'stacks of fresh worlds that are gone could not be removed')
      })
    // What a process that was killed left.
    await sweepWorlds()
    // DBOS takes what is started from inside a workflow for a part of that workflow: runs are
    // started from here, whoever asks for it.
    const outside = AsyncLocalStorage.snapshot()
    const dispatcher = new Dispatcher({ pool, logger, stopping: stopping.signal })
    const service: Service = {
      pool,
      sealer: createSealer(secretsKey),
      topology: createTopology({
        prices: prices.table,
        knownCosts: (federation, source) => knownCosts(pool, { federation, source, prices: prices.digest }),
        folder: options.federations,
        durations,
        perCloud,
        workers,
        ...(options.catalog ? { catalog: options.catalog } : {})
      }),
      runner,
      slots: new Slots(runner.size),
      logger,
      executor: executor.id,
      root,
      secretValues: options.secretValues ?? {},
      clean: cleaner(Object.values(options.secretValues ?? {})),
      perCloud,
      stopping: stopping.signal,
      now,
      random: Math.random,
      observe,
      ...(tracing && { tracing }),
      spans: new DeploymentSpans({ pool, logger, ...(tracing && { tracing }) }),
      fatal,
      dispatch: () => {
        outside(() => {
          dispatcher.wake()
        })
        void sweepWorlds()
      }
    }
    bindService(service)
    releases.push(() => {
      bindService(undefined)
    })
    await launchDbos(databaseUrl, executor.id, logger, stopping.signal)
    releases.push(shutdownDbos)
    await executor.watch((dead) => takeOver(pool, dead, service.spans), () => dispatcher.look())

    // One list for all: it may be replaced while the service runs.
    const hooks = [...options.hooks ?? []]
    const notifier = new Notifier({
      pool,
      logger,
      hooks,
      parse: service.topology.parse,
      random: Math.random,
      now: Date.now,
      secretValues: options.secretValues ?? {},
      hosts: [],
      ...options.notify
    })
    notifier.start()
    releases.push(() => notifier.close())

    let closing: Promise<void> | undefined
    const close = async (): Promise<void> => {
      // Running resource operations end or are cut off within the grace time; the attempts are then
      // noted as interrupted.
      stopping.abort()
      await idle((graceSeconds + 5) * 1000)
      await release()
    }
    const headLog = new HeadLog(pool, logger)
    await headLog.tell()
    headLog.start()
    releases.push(() => headLog.close())
    const retention = new Retention({
      pool,
      logger,
      observe,
      periods: options.periods ?? usualPeriods,
      removeWorkflows,
      removeWorldFiles: cliStacks.drop
    })
    retention.start()
    releases.push(() => retention.close())
    const automation = openAutomation({
      service,
      feeds,
      live,
      hooks,
      ...(pulumi ? { pulumi } : {}),
      cliStacks,
      readiness: readinessOf({
        service,
        executor,
        federations: options.federations,
        listening: () => listener.connected,
        ...(pulumi ? { pulumi } : {})
      }),
      close: () => (closing ??= close())
    })
    const scheduler = new Scheduler({
      federations: service.topology.all,
      deployments: automation,
      logger,
      now
    })
    scheduler.start()
    releases.push(() => scheduler.close())
    return automation
  } catch (error) {
    stopping.abort()
    await release()
    throw error
  }
}

/** Waits until no attempt is under way, or until `patience` (milliseconds) is over. */
async function idle (patience: number): Promise<void> {
  const until = Date.now() + patience
  // The last attempt's note takes a few milliseconds.
  while (!allIdle() && Date.now() < until) await delay(20)
}

/**
 * Which of the keys a database is sealed with: the first that fits, or the first of all when it is
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
 * The database: the given one, or the embedded PostgreSQL of the data folder. `close` stops an
 * embedded one unless other services use it.
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
    ...(signal ? { signal } : {})
  })
}
