/**
 * Orphans: units that are deployed and that the federation file does not have any more, since a
 * cluster or link was removed or renamed, or a phase has fewer scopes. Pure.
 */
import { phaseNames } from '../../contract/words.ts'
import { type Federation, type Phase, type Scope } from '../../programs/types.ts'
import { PlanError } from './errors.ts'
import { allUnits, type Unit } from './units.ts'

/** A deployed unit as the store keeps it. */
export interface Deployed {
  readonly id: string
  readonly phase: number
  readonly scope: Scope
  readonly stack: string
  /** Units whose outputs its program read. */
  readonly reads: readonly string[]
  /** The deployment whose federation text declares it. */
  readonly deployment: string
  /** An earlier version deployed it: others may have to take over what it has. */
  readonly moves?: boolean
}

/** An orphan with the federation that declared it, when that can still be read. */
export interface Orphan extends Unit {
  readonly stack: string
  /** The deployment whose federation text declares it. */
  readonly declaredBy: string
  /** The federation that declares it; absent: its text is of a form that is not known any more. */
  readonly declaration?: Federation
}

/** The deployed units that are not among the planned ones, in their order. */
export function orphansOf<T extends Pick<Deployed, 'id'>> (
  deployed: readonly T[],
  planned: { has(id: string): boolean }
): T[] {
  return deployed.filter(({ id }) => !planned.has(id))
}

/** The units of a stored federation; none when today's phases cannot make them from it. */
export function declaredUnits (
  declaration: Federation,
  catalog: readonly Phase[]
): ReadonlyMap<string, Unit> {
  try {
    return allUnits(declaration, catalog)
  } catch (error) {
    if (error instanceof PlanError) return new Map()
    throw error
  }
}

/**
 * An orphan as a plan takes it. What it stands on is what it was deployed with; the declared unit
 * adds how long it takes and what only comes first. Without one it counts as a unit of no
 * resources.
 */
export function orphanOf (
  deployed: Deployed,
  declared: { federation: Federation, units: ReadonlyMap<string, Unit> } | undefined
): Orphan {
  const unit = declared?.units.get(deployed.id)
  const phaseName = phaseNames[deployed.phase - 1]
  if (phaseName === undefined) throw new RangeError(`there is no phase ${deployed.phase}`)
  return {
    id: deployed.id,
    phase: deployed.phase,
    phaseName,
    scope: deployed.scope,
    dependsOn: deployed.reads,
    after: unit?.after ?? [],
    estimate: () => unit?.estimate() ?? [],
    stack: deployed.stack,
    declaredBy: deployed.deployment,
    ...(declared && unit && { declaration: declared.federation })
  }
}
