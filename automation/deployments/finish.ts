import { type PoolClient } from 'pg'
import { type Failure } from '../../contract/deployment.ts'
import { type FindingEnforcement } from '../../contract/words.ts'
import { hasDrift } from '../drift/ignore.ts'
import { type EventDraft } from '../event-draft.ts'
import { failure } from '../failures.ts'
import { scenarioDifferences, type ScenarioAging } from '../scenarios/outcome.ts'
import { driftSummary } from '../store/deployments/drift-findings.ts'
import { findingSums } from '../store/deployments/finding-sums.ts'
import { type LockedDeployment } from '../store/deployments/locked-deployment.ts'
import { noteScenarioOutcome } from '../store/deployments/scenario-outcome.ts'
import { readPhaseStatuses, setDeploymentStatus, setPhaseStatus } from '../store/deployments/statuses.ts'
import { failedUnits } from '../store/units/failed-units.ts'
import { readUnitStates, type UnitState } from '../store/units/units.ts'
import { endWaitingUnits } from '../store/units/waiting-units.ts'
import { dropWorld } from '../store/worlds/dropped-world.ts'
import { keepGrown } from './grown-world.ts'
import { schedule } from './run/schedule.ts'
import { deploymentBefore, phaseBefore } from './states.ts'

/**
 * Types of resources that the event of a drift names, and policies that of findings: what fits into
 * a message.
 */
const toldTypes = 10

/**
 * Ends a deployment whose units do not run any more: canceled when it is canceling or queued,
 * succeeded when all units did, else failed (`error`: with that reason rather than the units' own).
 * Its world grows older then, if its scenario says so (`aged`). Units that still wait are ended
 * with a reason, a fresh world is dropped. Resolves with the events that tell of it; none when it
 * had ended already.
 */
export async function finishDeployment (
  client: PoolClient,
  deployment: LockedDeployment,
  options: { error?: Failure, aged?: ScenarioAging } = {}
): Promise<EventDraft[]> {
  const { id, status } = deployment
  const units = await readUnitStates(client, id)
  const canceled = options.error === undefined && (status === 'canceling' || status === 'queued')
  const to = canceled
    ? 'canceled'
    : options.error === undefined && units.every((unit) => unit.status === 'succeeded')
    ? 'succeeded'
    : 'failed'
  const error = to === 'failed' ? options.error ?? failureOf(await failedUnits(client, id), units) : undefined
  if (
    !await setDeploymentStatus(client, id, { from: deploymentBefore(to), to, ...(error && { error }) })
  ) return []
  const events: EventDraft[] = []
  if (to !== 'succeeded') {
    const reasons = canceled ? undefined : reasonsOf(units, await brokenPhase(client, id), options.error)
    const waiting = units.filter((unit) => unit.status === 'waiting').map((unit) => ({
      unit: unit.id,
      reason: reasons?.get(unit.id) ?? 'the deployment was canceled before it started'
    }))
    const ended = await endWaitingUnits(client, id, canceled ? 'canceled' : 'skipped', waiting)
    events.push(
      ...ended.map((unit): EventDraft => ({ type: canceled ? 'unit.canceled' : 'unit.skipped', ...unit }))
    )
    const stopped = await setPhaseStatus(client, id, {
      phases: [...new Set(units.map((unit) => unit.phase))],
      from: phaseBefore(to),
      to
    })
    events.push(...stopped.map((phase): EventDraft => ({ type: `phase.${to}`, phase })))
  }
  const drift = deployment.request.operation === 'drift-check' ? await driftSummary(client, id) : undefined
  if (drift && hasDrift(drift.counts)) {
    events.push({
      type: 'deployment.drift',
      drift: drift.counts,
      units: drift.units,
      types: drift.types.slice(0, toldTypes)
    })
  }
  const findings = deployment.request.operation === 'up' || deployment.request.operation === 'preview'
    ? await findingSums(client, id)
    : []
  if (findings.length > 0) {
    const sum = (enforcement: FindingEnforcement) =>
      findings.reduce((total, one) => total + (one.enforcement === enforcement ? one.count : 0), 0)
    events.push({
      type: 'deployment.findings',
      mandatory: sum('mandatory'),
      advisory: sum('advisory'),
      policies: findings.slice(0, toldTypes)
    })
  }
  const aged = to === 'succeeded' ? options.aged : undefined
  if (aged && 'aging' in aged && deployment.world !== null) {
    const { world, launchedBy } = deployment
    await keepGrown(client, world, aged.aging, launchedBy ? { actor: launchedBy } : {})
  }
  await judgeScenario(client, deployment, { status: to, units, ...(aged && { aged }) })
  if (deployment.fresh && deployment.world !== null) await dropWorld(client, deployment.world)
  return [...events, {
    type: `deployment.${to}`,
    ...(error && { error }),
    ...(drift && { drift: drift.counts })
  }]
}

/** Notes how the first run of a scenario went. */
async function judgeScenario (
  client: PoolClient,
  { id, scenario }: LockedDeployment,
  { status, units, aged }: {
    status: 'succeeded' | 'failed' | 'canceled'
    units: readonly UnitState[]
    aged?: ScenarioAging
  }
): Promise<void> {
  if (!scenario) return
  const errors = new Map((await failedUnits(client, id)).map(({ unit, error }) => [unit, error.message]))
  const seen = units.map(({ id: unit, attempt }) => {
    const error = errors.get(unit)
    return { id: unit, attempt, ...(error !== undefined && { error }) }
  })
  const run = { status, units: seen, ...(aged && { aged }) }
  await noteScenarioOutcome(client, id, scenarioDifferences(scenario.expect, run))
}

async function brokenPhase (client: PoolClient, id: string): Promise<number | undefined> {
  return [...await readPhaseStatuses(client, id)].find(([, status]) => status === 'failed')?.[0]
}

/**
 * Gives the reason why each waiting unit does not run: something it stands on, or else the phase
 * that did not succeed, or what ended the deployment.
 */
function reasonsOf (
  units: readonly UnitState[],
  broken: number | undefined,
  error: Failure | undefined
): Map<string, string> {
  const { skip } = schedule({ units, limits: { deployment: 0, perCloud: 0 }, now: 0 })
  const rest = error
    ? `the deployment ended: ${error.message}`
    : `phase ${broken ?? 'before'} did not succeed`
  const reasons = new Map(units.map((unit) => [unit.id, rest]))
  for (const { unit, reason } of skip) reasons.set(unit, reason)
  return reasons
}

/** The first unit's failure, naming the others. */
function failureOf (
  failed: readonly { unit: string, error: Failure }[],
  units: readonly UnitState[]
): Failure {
  const [first, ...others] = failed
  if (!first) {
    const left = units.filter((unit) => unit.status !== 'succeeded').map((unit) => unit.id)
    return failure('units-not-succeeded', { units: left })
  }
  const more = others.length === 0
    ? ''
    : `; ${others.length} more failed: ${others.map(({ unit }) => unit).join(', ')}`
  return { ...first.error, unit: first.unit, message: `${first.unit} failed: ${first.error.message}${more}` }
}
