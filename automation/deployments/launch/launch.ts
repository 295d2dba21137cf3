import { createHash, randomUUID } from 'node:crypto'
import { type Deployment } from '../../../contract/deployment.ts'
import { type Launch } from '../../../contract/launch.ts'
import { canonical } from '../../canonical.ts'
import { AutomationError } from '../../errors.ts'
import { type Launched, type LaunchOptions } from '../../launcher.ts'
import { placeOf } from '../../place.ts'
import { type FoundCli } from '../../stacks/cli/find.ts'
import { readDeployment } from '../../store/deployments/deployments.ts'
import { findByKey, type OwnKey } from '../../store/deployments/idempotency-key.ts'
import { lockLane } from '../../store/deployments/lane-lock.ts'
import { insertDeployment } from '../../store/deployments/new-deployment.ts'
import { appendEvents } from '../../store/deployments/new-events.ts'
import { appendAudit } from '../../store/identity/audit.ts'
import { type Pool, transaction } from '../../store/postgres/database.ts'
import { deployedUnits } from '../../store/units/unit-outputs.ts'
import { activeTrace, traceparentOf } from '../../tracing/context.ts'
import { launchWarnings } from '../../windows/report.ts'
import { needsWindow } from '../../windows/windows.ts'
import { gatesOf, neverOpens } from '../gates.ts'
import { secretsOf } from '../secrets.ts'
import { type Topology } from '../topology.ts'
import { checkFaults } from './known-faults.ts'
import { checkLive, type LiveSettings } from './live.ts'
import { blockingDependants, missingPrerequisites } from './selection.ts'

export interface LaunchParts {
  pool: Pool
  topology: Topology
  live: LiveSettings
  pulumi?: FoundCli
  root: Buffer
  secretValues: Readonly<Record<string, string | undefined>>
  now(): Date
  /** Takes secrets out of what is noted in the audit log. */
  clean: <T>(value: T) => T
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
  const { idempotencyKey, actor, origin, requestId = origin?.requestId } = options
  const bodyHash = createHash('sha256').update(canonical(request)).digest('hex')
  // A key is its caller's own: another's would show them a deployment that they may not see, and a
  // schedule's could be taken from it.
  const idempotency: OwnKey | undefined = idempotencyKey === undefined
    ? undefined
    : { key: idempotencyKey, subject: actor?.subject ?? '' }
  if (idempotency) {
    const known = await findByKey(pool, idempotency)
    if (known) return { deployment: await sameAs(pool, known, idempotency.key, bodyHash), created: false }
  }
  if (request.mode === 'live') checkLive(parts.live, parts.pulumi)
  if (request.mode === 'live' && request.rehearsal) {
    throw new AutomationError(
      'request-invalid',
      'rehearsal: only mode rehearsal takes it; leave it out, or set mode to rehearsal',
      { field: 'rehearsal' }
    )
  }

  const id = randomUUID()
  const asked = request.mode === 'live' ? null : request.rehearsal?.world ?? 'default'
  const fresh = asked === freshWorld
  const world = fresh ? `${freshWorld}-${id}` : asked
  const place = placeOf(request.mode, world ?? undefined)
  const { federation, source, units, requires, makespanSeconds } = await topology.launch(request)
  checkFaults(federation, request.rehearsal?.faults ?? [])
  // Found now rather than when its turn comes.
  secretsOf(federation, { mode: request.mode, world, root: parts.root, values: parts.secretValues })

  const taken = [
    ...new Map(units.map((unit) => [unit.phase, { number: unit.phase, name: unit.phaseName }])).values()
  ].sort((a, b) => request.operation === 'destroy' ? b.number - a.number : a.number - b.number)
  const gates = gatesOf(federation.approvals, request, taken)
  for (const gate of gates) {
    const never = neverOpens(gate, actor)
    if (never !== undefined) {
      throw new AutomationError(
        'approval-impossible',
        `phase ${gate.phase} waits for an approval that could never come: ${never}; ${
          gate.because === 'live-destroy'
            ? 'have the service authenticate its callers (WINDLASS_ACCESS), or set approvals.liveDestroy: ' +
              'alone in the federation file'
            : 'have somebody else launch it, or change approvals.gates in the federation file'
        }`,
        { phase: gate.phase, because: gate.because }
      )
    }
  }

  const warnings = needsWindow(request, federation)
    ? launchWarnings(
      federation,
      units.map(({ phaseName, scope }) => ({ phase: phaseName, clusters: scope.clusters })),
      makespanSeconds,
      parts.now()
    )
    : []

  const created = await transaction(pool, async (client) => {
    const lane = { federation: request.federation, place }
    await lockLane(client, lane)
    const deployed = await deployedUnits(client, lane)
    if (request.operation === 'up' || request.operation === 'refresh') {
      const missing = missingPrerequisites(requires, deployed)
      if (missing.length > 0) {
        throw new AutomationError(
          'prerequisites-missing',
          `${missing.length} units that the selected phases stand on are not deployed: ` +
            `${missing.join(', ')}; deploy them first, or select their phases and all the clusters that ` +
            'they span too',
          { missing }
        )
      }
    }
    if (request.operation === 'destroy') {
      const dependants = blockingDependants(units.map((unit) => unit.id), deployed)
      if (dependants.length > 0) {
        throw new AutomationError(
          'dependants-deployed',
          `${dependants.length} deployed units stand on what would be destroyed: ` +
            `${dependants.join(', ')}; destroy them first, or select them too`,
          { dependants }
        )
      }
    }
    const trace = activeTrace()
    const inserted = await insertDeployment(client, {
      id,
      request,
      source,
      world,
      fresh,
      place,
      units,
      gates,
      warnings,
      bodyHash,
      ...(idempotency ? { idempotency } : {}),
      ...(requestId === undefined ? {} : { requestId }),
      ...(actor ? { actor } : {}),
      ...(trace ? { trace: traceparentOf(trace) } : {})
    })
    if (!inserted) return false
    await appendEvents(client, id, [{
      type: 'deployment.queued',
      federation: request.federation,
      operation: request.operation,
      mode: request.mode,
      ...(world === null ? {} : { world }),
      units: units.length,
      ...(actor ? { actor } : {})
    }])
    await appendAudit(
      client,
      parts.clean({
        action: 'deployment.launched',
        outcome: 'done',
        ...(actor ? { actor } : {}),
        ...(origin ? { origin } : {}),
        target: { kind: 'deployment', id, federation: request.federation },
        after: { request, gates }
      })
    )
    return true
  })
  if (!created && idempotency) {
    // Another request with this key came first, just now.
    const known = await findByKey(pool, idempotency)
    if (known) return { deployment: await sameAs(pool, known, idempotency.key, bodyHash), created: false }
  }
  return { deployment: await shown(pool, id), created: true }
}

async function sameAs (
  pool: Pool,
  known: { id: string, bodyHash: string },
  key: string,
  bodyHash: string
): Promise<Deployment> {
  if (known.bodyHash !== bodyHash) {
    throw new AutomationError(
      'idempotency-mismatch',
      `the idempotency key ${key} was used for another request, which made deployment ${known.id}: use a ` +
        'new key',
      { deployment: known.id }
    )
  }
  return await shown(pool, known.id)
}

async function shown (pool: Pool, id: string): Promise<Deployment> {
  const deployment = await readDeployment(pool, id)
  if (!deployment) throw new AutomationError('internal', `deployment ${id} was stored and is not there`)
  return deployment
}
