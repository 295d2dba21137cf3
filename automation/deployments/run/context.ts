import { setImmediate } from 'node:timers/promises'
import { type Launch } from '../../../contract/launch.ts'
import { type PhaseName } from '../../../contract/words.ts'
import { type Federation } from '../../../programs/types.ts'
import { type FittedScenario } from '../../scenarios/fit.ts'
import { type OutputValues } from '../../stacks/types.ts'
import { type LockedDeployment } from '../../store/deployments/locked-deployment.ts'
import { readPhaseNames } from '../../store/deployments/phase-names.ts'
import { readSource, readSources } from '../../store/deployments/source.ts'
import { type Pool } from '../../store/postgres/database.ts'
import { deployedUnits } from '../../store/units/unit-outputs.ts'
import { readUnitStates, type UnitState } from '../../store/units/units.ts'
import { type TraceContext } from '../../tracing/context.ts'
import { deploymentContext } from '../../tracing/deployment-spans.ts'
import { declarationOf } from '../orphans.ts'
import { knownSecretsOf, secretsOf } from '../secrets.ts'
import { type RunService } from '../service.ts'
import { type FreshGrants } from './grant-watch.ts'
import { readUpstream } from './upstream.ts'
import { type DeploymentWriter } from './writer.ts'

/** Parts that all attempts of a run share. */
export interface RunContext {
  readonly service: RunService
  readonly writer: DeploymentWriter
  /** The deployment's id. */
  readonly deployment: string
  readonly request: Launch
  /** The deployment's span; undefined when nobody traces it. */
  readonly trace: TraceContext | undefined
  /** The world by its own name, never `fresh`; null in mode live. */
  readonly world: string | null
  readonly federation: Federation
  /** Faults that a scenario brings; null: nothing was asked for. */
  readonly scenario: FittedScenario | null
  /** Unit -> the federation that declares it, where that is not the deployment's own. */
  readonly declarations: ReadonlyMap<string, Federation>
  readonly phaseNames: ReadonlyMap<number, PhaseName>
  readonly secrets: Record<string, string>
  /**
   * Outputs of what is deployed, kept up to date by this run's own units; in a preview, over them,
   * what its units would hand on.
   */
  readonly outputs: Map<string, OutputValues>
  /** Units that others of the federation read, of this deployment or deployed before. */
  readonly readers: ReadonlySet<string>
  /** The latest grants that this run made: what they allow may be denied for a while. */
  readonly grants: FreshGrants
  /** Says whether the deployment is being canceled now. */
  canceling(): boolean
}

/** Reads what a run needs, and its units as they are stored. */
export async function loadContext (
  service: RunService,
  { id, federation: name, place, request, world, trace, scenario }: LockedDeployment,
  live: Pick<RunContext, 'writer' | 'canceling'>
): Promise<{ context: RunContext, units: UnitState[] }> {
  const { pool, topology, root, secretValues } = service
  const [source, units, outputs, phaseNames, deployed] = await Promise.all([
    readSource(pool, id),
    readUnitStates(pool, id),
    readUpstream(service, { id, federation: name, place, request }),
    readPhaseNames(pool, id),
    deployedUnits(pool, { federation: name, place })
  ])
  const federation = topology.parse(source ?? '', name)
  const declarations = await readDeclarations(pool, units)
  const own = { mode: request.mode, world, root, values: secretValues }
  return {
    units,
    context: {
      ...live,
      service,
      deployment: id,
      request,
      trace: deploymentContext(id, trace),
      world,
      scenario,
      federation,
      declarations,
      phaseNames,
      secrets: { ...knownSecretsOf([...declarations.values()], own), ...secretsOf(federation, own) },
      outputs,
      grants: new Map(),
      readers: new Set([...units.flatMap((unit) => unit.reads), ...[...deployed.values()].flat()])
    }
  }
}

/**
 * Reads the federations that declare orphaned units. One whose text is of a form that is not known
 * any more is left out: the state of its stack is enough to destroy it.
 */
async function readDeclarations (
  pool: Pool,
  units: readonly UnitState[]
): Promise<ReadonlyMap<string, Federation>> {
  const ids = new Set(units.flatMap(({ declaredBy }) => declaredBy ?? []))
  const texts = await readSources(pool, [...ids])
  const declarations = new Map<string, Federation>()
  for (const [id, text] of texts) {
    const declaration = declarationOf(text)
    if (declaration) declarations.set(id, declaration)
    await setImmediate()
  }
  return new Map(units.flatMap(({ id, declaredBy }) => {
    const declaration = declaredBy === null ? undefined : declarations.get(declaredBy)
    return declaration ? [[id, declaration] as const] : []
  }))
}
