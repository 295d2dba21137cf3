import { createHash, randomUUID } from 'node:crypto'
import { type Driver } from '../../../contract/gate.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type ScenarioFile } from '../../../contract/scenario.ts'
import { type LaunchWarning } from '../../../contract/window.ts'
import { type PhaseName } from '../../../contract/words.ts'
import { canonical } from '../../canonical.ts'
import { AutomationError } from '../../errors.ts'
import { type Launched, type LaunchOptions, type ScheduleTurn } from '../../launcher.ts'
import { placeOf } from '../../place.ts'
import { type FittedScenario, fitScenario } from '../../scenarios/fit.ts'
import { type Scenarios } from '../../scenarios/folder.ts'
import { type FoundCli } from '../../stacks/cli/find.ts'
import { type OwnKey } from '../../store/deployments/idempotency-key.ts'
import { lockLane } from '../../store/deployments/lane-lock.ts'
import { insertDeployment, type LaunchedDeployment } from '../../store/deployments/new-deployment.ts'
import { appendEvents } from '../../store/deployments/new-events.ts'
import { type PlannedGate } from '../../store/deployments/planned-gate.ts'
import { inTheWay, lockSchedule } from '../../store/deployments/schedule-turns.ts'
import { readSources } from '../../store/deployments/source.ts'
import { appendAudit } from '../../store/identity/audit.ts'
import { type Pool, type Queryable, transaction } from '../../store/postgres/database.ts'
import { listUnitsToBe } from '../../store/units/deployed-units.ts'
import { deployedUnits } from '../../store/units/unit-outputs.ts'
import { activeTrace, traceparentOf } from '../../tracing/context.ts'
import { launchWarnings } from '../../windows/report.ts'
import { needsWindow } from '../../windows/windows.ts'
import { gatesOf, unknownBehind, withUnknown } from '../gates.ts'
import { orphanWarnings } from '../orphan-warnings.ts'
import { checkQueue, checkWorld, type RoomBounds } from '../room.ts'
import { secretsOf } from '../secrets.ts'
import { type Secrets } from '../service.ts'
import { callerOf } from '../shares.ts'
import { type Topology } from '../topology.ts'
import { checkGates, checkMode, checkSelection, checkTurn } from './checks.ts'
import { launchedBefore, readLaunched } from './idempotency.ts'
import { checkFaults, withOrphans } from './known-faults.ts'
import { type LaunchPlan } from './launch-plan.ts'
import { checkLive, type LiveSettings } from './live.ts'

/** Parts that a launch works with. */
export interface LaunchParts extends Secrets {
  pool: Pool
  topology: Topology
  live: LiveSettings
  pulumi?: FoundCli
  room: RoomBounds
  scenarios: Scenarios
  now(): Date
}

/** The name a caller gives for a world made for one deployment; it gets a name of its own. */
const freshWorld = 'fresh'

/** Launches a deployment; see DeploymentLauncher. */
export async function launch (
  parts: LaunchParts,
  request: Launch,
  options: LaunchOptions
): Promise<Launched> {
  const { pool, topology } = parts
  const { idempotencyKey, actor } = options
  const bodyHash = createHash('sha256').update(canonical(request)).digest('hex')
  // A key is its caller's own: another's would show them a deployment that they may not see, and a
  // schedule's could be taken from it.
  const idempotency: OwnKey | undefined = idempotencyKey === undefined
    ? undefined
    : { key: idempotencyKey, subject: actor?.subject ?? '' }
  const before = await launchedBefore(pool, idempotency, bodyHash)
  if (before) return { deployment: before, created: false }
  if (request.mode === 'live') checkLive(parts.live, parts.pulumi)
  checkMode(request)

  const where = placeFor(request, randomUUID())
  const scenario = await scenarioOf(parts, request)
  const loaded = await topology.load(request.federation, {
    operation: request.operation,
    place: { mode: request.mode, ...(where.world !== null && { world: where.world }) }
  })
  const lane = { federation: request.federation, place: where.place }
  const created = await transaction(pool, async (client) => {
    // Nothing joins or leaves the queue before it, so what it finds deployed, or about to be, stays
    // so until its turn comes.
    await lockLane(client, lane)
    if (options.turn) await takeTurn(client, options.turn)
    const plan = await topology.launch(loaded, request, {
      units: () => listUnitsToBe(client, lane),
      sources: (deployments) => readSources(client, deployments)
    })
    const launched = prepared(parts, { ...where, request }, { ...plan, ...scenario }, options)
    checkSelection(request.operation, plan, await deployedUnits(client, lane))
    const keyed = { ...launched, bodyHash, ...(idempotency && { idempotency }) }
    return await store(client, parts, keyed, options)
  })
  // Another request with this key may have come first, just now.
  const first = created ? undefined : await launchedBefore(pool, idempotency, bodyHash)
  return first ? { deployment: first, created: false } : {
    deployment: await readLaunched(pool, where.id),
    created: true
  }
}

/** Reads the scenario that a launch names. */
async function scenarioOf (
  { scenarios }: LaunchParts,
  { rehearsal }: Launch
): Promise<{ scenario?: ScenarioFile }> {
  const name = rehearsal?.scenario
  return name === undefined ? {} : { scenario: await scenarios.get(name) }
}

/** Takes the turn of a schedule, unless what it launched before is not over. */
async function takeTurn (client: Queryable, turn: ScheduleTurn): Promise<void> {
  await lockSchedule(client, turn)
  checkTurn(turn, await inTheWay(client, turn))
}

/**
 * Makes a deployment of a plan. Throws for what could never be done, rather than when its turn
 * comes.
 */
function prepared (
  { root, secretValues, now }: LaunchParts,
  asked: ReturnType<typeof placeFor> & Pick<LaunchedDeployment, 'request'>,
  plan: LaunchPlan & { scenario?: ScenarioFile },
  options: LaunchOptions
): Omit<LaunchedDeployment, 'bodyHash'> {
  const { federation, source, units, parallelism } = plan
  const { request, world } = asked
  checkFaults(withOrphans(plan), request.rehearsal?.faults ?? [])
  const scenario = fittedScenario(request, plan)
  secretsOf(federation, { mode: request.mode, world, root, values: secretValues })
  const drivers = driversAt(now(), options)
  const gates = gatesFor(request, plan, options)
  checkGates(gates, drivers)
  return {
    ...asked,
    source,
    units,
    gates,
    drivers,
    ...(scenario && { scenario }),
    parallelism,
    warnings: warningsOf(request, plan, world, now())
  }
}

/** Fits the scenario of a launch to its federation. Throws `request-invalid` when it cannot. */
function fittedScenario (
  { rehearsal }: Launch,
  plan: LaunchPlan & { scenario?: ScenarioFile }
): FittedScenario | undefined {
  const name = rehearsal?.scenario
  if (name === undefined || !plan.scenario) return undefined
  const fitted = fitScenario(name, plan.scenario, plan.federation)
  if ('unfit' in fitted) {
    throw new AutomationError('request-invalid', {
      field: 'rehearsal.scenario',
      wrong: `rehearsal.scenario: ${name} does not fit: ${fitted.unfit}`
    })
  }
  checkFaults(withOrphans(plan), fitted.faults)
  return fitted
}

/** Gives the place of a deployment: live, or the world that it names or that is made for it. */
function placeFor (
  { mode, rehearsal }: Launch,
  id: string
): Pick<LaunchedDeployment, 'id' | 'world' | 'fresh' | 'place'> {
  const asked = mode === 'live' ? null : rehearsal?.world ?? 'default'
  const fresh = asked === freshWorld
  const world = fresh ? `${freshWorld}-${id}` : asked
  return { id, world, fresh, place: placeOf(mode, world ?? undefined) }
}

/** The phases of a plan, in the order in which they are taken. */
function phasesOf (
  { operation }: Launch,
  { units }: LaunchPlan
): { number: number, name: PhaseName }[] {
  const phases = new Map(units.map((unit) => [unit.phase, { number: unit.phase, name: unit.phaseName }]))
  return [...phases.values()].sort((a, b) =>
    operation === 'destroy' ? b.number - a.number : a.number - b.number
  )
}

/** Those who make a launch happen. */
function driversAt (now: Date, { actor, pushers = [], triggeredBy = [] }: LaunchOptions): Driver[] {
  const time = now.toISOString()
  return [
    ...(actor ? [{ act: 'launched', actor, time } as const] : []),
    ...pushers.map((pusher) => ({ act: 'pushed', actor: pusher, time }) as const),
    ...triggeredBy.map((starter) => ({ act: 'triggered', actor: starter, time }) as const)
  ]
}

/**
 * The gates of a launch: one approval more for each of whom nobody knows which person pushed or had
 * the job run.
 */
function gatesFor (
  request: Launch,
  plan: LaunchPlan,
  { actor, pushers = [], triggeredBy = [] }: LaunchOptions
): PlannedGate[] {
  const gates = gatesOf(plan.federation.approvals, request, phasesOf(request, plan))
  return withUnknown(gates, unknownBehind(actor, [...pushers, ...triggeredBy], []))
}

function warningsOf (
  request: Launch,
  { federation, gone, units, makespanSeconds, standing }: LaunchPlan,
  world: string | null,
  now: Date
): LaunchWarning[] {
  const { operation, mode } = request
  const orphaned = orphanWarnings(
    { federation, operation, mode, world, units, ...(gone && { gone }) },
    standing
  )
  if (!needsWindow(request, federation)) return orphaned
  const affected = units.map(({ phaseName, scope }) => ({ phase: phaseName, clusters: scope.clusters }))
  return [...orphaned, ...launchWarnings(federation, affected, makespanSeconds, now)]
}

/**
 * Stores a deployment with its first event. False when its idempotency key was taken meanwhile:
 * nothing is stored then.
 */
async function store (
  client: Queryable,
  { room }: LaunchParts,
  launched: Omit<LaunchedDeployment, 'requestId' | 'actor' | 'trace'>,
  { actor, origin, requestId = origin?.requestId }: LaunchOptions
): Promise<boolean> {
  const { id, request, world, units, gates, fresh } = launched
  const who = { federation: request.federation, caller: callerOf(actor) }
  await checkQueue(client, room, who)
  const trace = activeTrace()
  const inserted = await insertDeployment(client, {
    ...launched,
    ...(requestId !== undefined && { requestId }),
    ...(actor && { actor }),
    ...(trace && { trace: traceparentOf(trace) })
  })
  if (!inserted) return false
  if (world !== null && !fresh) await checkWorld(client, room, { ...who, world })
  await appendEvents(client, id, [{
    type: 'deployment.queued',
    federation: request.federation,
    operation: request.operation,
    mode: request.mode,
    ...(world !== null && { world }),
    units: units.length,
    ...(actor && { actor })
  }])
  await appendAudit(
    client,
    {
      action: 'deployment.launched',
      outcome: 'done',
      ...(actor && { actor }),
      ...(origin && { origin }),
      target: { kind: 'deployment', id, federation: request.federation },
      after: { request, gates }
    }
  )
  return true
}
