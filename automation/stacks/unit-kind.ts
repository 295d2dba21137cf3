import { catalog } from '../../programs/catalog.ts'
import { type UnitKind } from '../../programs/types.ts'
import { type UnitRun } from './types.ts'

/**
 * What the catalogue says of a unit's kind. Throws a RangeError when it has none: a plan never
 * names such a unit.
 */
export function unitKindOf (unit: Pick<UnitRun, 'phase' | 'scope' | 'federation'>): UnitKind {
  const phase = catalog.find((candidate) => candidate.name === unit.phase)
  const kind = phase?.units.find((candidate) =>
    candidate.scope === unit.scope.kind &&
    candidate.scopes(unit.federation).some((scope) => scope.name === unit.scope.name)
  )
  if (!kind) throw new RangeError(`phase ${unit.phase} has no unit for ${unit.scope.kind} ${unit.scope.name}`)
  return kind
}
