/** In what order the leftovers of replaced resources are deleted. Pure. */
import { type Leftover } from '../../../contract/deployment.ts'

/** A unit as the clean-up sees it. */
export interface CleanableUnit {
  readonly id: string
  readonly dependsOn: readonly string[]
  readonly status: string
  readonly leftovers: readonly Leftover[] | null
}

/**
 * The units whose leftovers can go next: of those that succeeded but for leftovers, the ones on
 * which no other such unit stands, at whatever distance. What a unit's old resources were used by
 * stands on it, so the last go first, as in a destroy.
 */
export function nextToClean (units: readonly CleanableUnit[]): string[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const left = units.filter((unit) => unit.status === 'succeeded' && unit.leftovers !== null)
  const stoodOn = new Set<string>()
  const open = left.flatMap((unit) => unit.dependsOn)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (stoodOn.has(id)) continue
    stoodOn.add(id)
    open.push(...byId.get(id)?.dependsOn ?? [])
  }
  return left.filter((unit) => !stoodOn.has(unit.id)).map((unit) => unit.id)
}

/**
 * Says whether leftovers may stay for now: something in the federation reads what the unit made, so
 * it may be what still uses the old resources, and this is not the attempt that was to delete them.
 */
export function mayLeave (unit: CleanableUnit, readers: ReadonlySet<string>): boolean {
  return unit.leftovers === null && readers.has(unit.id)
}
