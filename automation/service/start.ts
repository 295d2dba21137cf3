import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { loadPrices } from '../cost/prices.ts'
import { usualRoom } from '../deployments/room.ts'
import { Slots } from '../deployments/run/slots.ts'
import { allIdle, bindService } from '../deployments/run/workflow.ts'
import { type Service } from '../deployments/service.ts'
import { DeploymentSpans } from '../deployments/spans.ts'
import { createTopology } from '../deployments/topology.ts'
import { establishRoot } from '../keys/root.ts'
import { placeOf } from '../place.ts'
import { loadDurations } from '../plan/durations.ts'
import { type Automation } from '../ports.ts'
import { teachGate } from '../redaction/gate.ts'
import { scenarioFolder } from '../scenarios/folder.ts'
import { Scheduler } from '../schedules/scheduler.ts'
import { endedDeployments } from '../store/deployments/ended-deployments.ts'
import { noteLeftOut } from '../store/deployments/schedule-turns.ts'
import { readLastSource, readSources } from '../store/deployments/source.ts'
import { createPool, type Pool } from '../store/postgres/database.ts'
import { migrate } from '../store/postgres/migrate.ts'
import { createSealer } from '../store/postgres/sealer.ts'
import { sessionProbe } from '../store/postgres/session-probe.ts'
import { deployedPlaces } from '../store/units/deployed-places.ts'
import { listDeployedUnits } from '../store/units/deployed-units.ts'
import { knownCosts } from '../store/units/unit-costs.ts'
import { createAutomation } from './automation.ts'
import { startBackground } from './background.ts'
import { launchDbos } from './dbos.ts'
import { Dispatcher } from './dispatcher.ts'
import { type Engines, openEngines, type Tables } from './engines.ts'
import { startFeeds } from './feeds.ts'
import { createHealth } from './health.ts'
import { Lifetime } from './lifetime.ts'
import { type StartOptions } from './options.ts'
import { takeOver } from './takeover.ts'
import { Terms } from './terms.ts'

// Connections for requests, drivers' writes and feeds. Each of them holds one for a millisecond or
// two, and PostgreSQL's default is a hundred for everyone.
const poolSize = 16
// Units of one cloud at once in a deployment. Cloud control planes throttle an account at tens of
// calls a second, and each unit keeps up to ten resource operations going.
const perCloud = 16
// Seconds that running resource operations may go on after a close, unless the options say more.
const usualGrace = 60
// Milliseconds that killed hosts take to be noted as gone, with room for a busy machine.
const cutOffPatience = 5_000
// Seconds beyond the grace time in which cut off attempts are noted.
const noteSeconds = 5

/** The scenarios that come with Windlass. */
const ownScenarios = fileURLToPath(new URL('../../rehearsal/scenarios', import.meta.url))

/**
 * Starts the deployment service of this process: brings the schema up to date, takes over what dead
 * processes left and starts what is queued. One service a process. Rejects, with everything
 * released, when the database or the unit hosts cannot be had.
 */
export async function startAutomation (options: StartOptions): Promise<Automation> {
  const lifetime = new Lifetime(options.logger)
  try {
    return await compose(options, lifetime)
  } catch (error) {
    await lifetime.close()
    throw error
  }
}

/** Starts the parts, those that others work with first. */
async function compose (options: StartOptions, lifetime: Lifetime): Promise<Automation> {
  const { databaseUrl, logger, live, pulumi, federations, graceSeconds = usualGrace } = options
  const key = (['hex', 'base64'] as const).map((form) => options.secretsKey.toString(form))
  teachGate([...Object.values(options.secretValues ?? {}), databaseUrl, ...key])
  const foundation = await layFoundation(options, lifetime)
  const { pool } = foundation
  const engines = await openEngines(options, foundation, lifetime)
  const { cliStacks } = engines
  const { observe = () => undefined, now = () => new Date() } = options
  const { feeds, listener } = await startFeeds({ databaseUrl, pool, logger, observe }, lifetime)
  const sweepWorlds = (): Promise<void> =>
    cliStacks.sweep((ids) => endedDeployments(pool, ids)).catch((error: unknown) => {
      logger.warn({ err: error }, 'stacks of fresh worlds that are gone could not be removed')
    })
  // What a process that was killed left.
  await sweepWorlds()
  const dispatcher = new Dispatcher({
    pool,
    logger,
    stopping: lifetime.stopping,
    hosts: engines.runner.size
  })
  // DBOS takes what is started from inside a workflow for a part of that workflow: runs are started
  // from here, whoever asks for it.
  const outside = AsyncLocalStorage.snapshot()
  const service = createService(options, { ...foundation, engines, lifetime }, () => {
    outside(() => {
      dispatcher.wake()
    })
    void sweepWorlds()
  })
  const terms = createTerms(options, { service, dispatcher })
  lifetime.keep(() => terms.close())
  await terms.start()
  const hooks = [...options.hooks ?? []]
  await startBackground(options, { service, hooks, cliStacks }, lifetime)
  const found = pulumi ? { pulumi } : {}
  const listening = (): boolean => listener.connected
  const automation = createAutomation({
    service,
    feeds,
    live,
    hooks,
    accounts: options.accounts ?? [],
    cliStacks,
    ...found,
    health: createHealth({
      service,
      executor: terms,
      federations,
      listening,
      takesSession: sessionProbe(databaseUrl),
      ...found
    }),
    close: () => lifetime.close(() => idle((graceSeconds + noteSeconds) * 1000))
  })
  const scheduler = new Scheduler({
    federations: service.topology.all,
    deployments: automation,
    leaveOut: (turn, known) => noteLeftOut(pool, turn, known),
    logger,
    observe,
    now
  })
  scheduler.start()
  lifetime.keep(() => scheduler.close())
  return automation
}

/** Parts that all others stand on. */
interface Foundation {
  readonly pool: Pool
  /** 32 bytes (keys/root.ts). */
  readonly root: Buffer
  readonly tables: Tables
}

async function layFoundation (
  { databaseUrl, secretsKey }: StartOptions,
  lifetime: Lifetime
): Promise<Foundation> {
  const pool = createPool(databaseUrl, { max: poolSize, name: 'windlass' })
  lifetime.keep(() => pool.end())
  await migrate(pool)
  const root = await establishRoot(pool, secretsKey)
  return { pool, root, tables: { durations: await loadDurations(), prices: await loadPrices() } }
}

interface ServiceParts extends Foundation {
  readonly engines: Engines
  readonly lifetime: Lifetime
}

function createService (
  options: StartOptions,
  { pool, root, tables: { durations, prices }, engines: { runner, cliStacks }, lifetime }: ServiceParts,
  dispatch: () => void
): Service {
  const { logger, workers, tracing, catalog, secretValues = {} } = options
  const { observe = () => undefined, now = () => new Date() } = options
  const traced = tracing && { tracing }
  return {
    pool,
    sealer: createSealer(options.secretsKey),
    topology: createTopology({
      prices: prices.table,
      knownCosts: (federation, source) => knownCosts(pool, { federation, source, prices: prices.digest }),
      deployed: (federation, { mode, world }) => ({
        units: () => listDeployedUnits(pool, { federation, place: placeOf(mode, world) }),
        sources: (deployments) => readSources(pool, deployments)
      }),
      lastSource: (federation, { mode, world }) =>
        readLastSource(pool, { federation, place: placeOf(mode, world) }),
      deployedPlaces: async (query) => (await deployedPlaces(pool, { ...query, declared: [] })).places,
      folder: options.federations,
      durations,
      perCloud,
      workers,
      because: options.workersBecause ?? 'the unit hosts of the service',
      ...(catalog && { catalog })
    }),
    scenarios: scenarioFolder(options.scenarios ?? ownScenarios),
    runner,
    cliStacks,
    slots: new Slots(runner.size, Math.min(runner.size, options.rehearsals ?? runner.size)),
    logger,
    root,
    secretValues,
    perCloud,
    room: options.room ?? usualRoom,
    stopping: lifetime.stopping,
    now,
    random: Math.random,
    observe,
    ...traced,
    spans: new DeploymentSpans({ pool, logger, ...traced }),
    dispatch
  }
}

/** Keeps this process among the executors, at work on what they share. */
function createTerms (
  { databaseUrl, reviveDatabase }: StartOptions,
  { service, dispatcher }: { service: Service, dispatcher: Dispatcher }
): Terms {
  const { pool, spans, logger, runner, stopping } = service
  return new Terms({
    databaseUrl,
    logger,
    stopping,
    ...(reviveDatabase && { revive: reviveDatabase }),
    async begin (executor, over) {
      bindService({ ...service, executor: executor.id, stopping: over })
      try {
        const end = await launchDbos(databaseUrl, executor.id, logger, over)
        dispatcher.open(over)
        await executor.watch({
          takeOver: (dead) => takeOver(pool, dead, spans),
          always: () => dispatcher.look()
        })
        return async () => {
          bindService(undefined)
          await end()
        }
      } catch (error) {
        bindService(undefined)
        throw error
      }
    },
    async cutOff (why) {
      runner.cutOff(why)
      await idle(cutOffPatience)
    }
  })
}

/** Waits until no attempt is under way, or until `patience` (milliseconds) is over. */
async function idle (patience: number): Promise<void> {
  const until = Date.now() + patience
  // The last attempt's note takes a few milliseconds.
  while (!allIdle() && Date.now() < until) await delay(20)
}
