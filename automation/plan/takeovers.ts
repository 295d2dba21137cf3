/**
 * Resources that an earlier version had in other stacks than today's, as the phases' plans say.
 * Pure.
 */
import { type PhaseName } from '../../contract/words.ts'
import { type Federation, type Phase, type Scope, type TakeOver } from '../../programs/types.ts'
import { stackName } from './stack-name.ts'
import { unitId } from './units.ts'

/** One unit's rule about what it takes over from one other. */
export interface Move {
  readonly from: { readonly unit: string, readonly stack: string }
  readonly to: {
    readonly unit: string
    readonly phase: number
    readonly scope: Scope
    readonly stack: string
    /** Units whose outputs its program reads. */
    readonly reads: readonly string[]
  }
  readonly rule: TakeOver
}

/** The moves of a federation, in the order of phases. */
export function movesOf (federation: Federation, catalog: readonly Phase[]): Move[] {
  const stack = (phase: PhaseName, scope: string) => stackName(federation.name, phase, scope)
  return catalog.flatMap((phase) =>
    phase.units.flatMap((kind) =>
      kind.takesOver === undefined
        ? []
        : kind.scopes(federation).flatMap((scope) =>
          (kind.takesOver?.(federation, scope) ?? []).map((rule): Move => ({
            from: {
              unit: unitId(rule.from.phase, rule.from.scope),
              stack: stack(rule.from.phase, rule.from.scope)
            },
            to: {
              unit: unitId(phase.name, scope.name),
              phase: phase.number,
              scope,
              stack: stack(phase.name, scope.name),
              reads: kind.dependsOn(federation, scope).map((ref) => unitId(ref.phase, ref.scope))
            },
            rule
          }))
        )
    )
  )
}

/**
 * Ids of units from which others take over: one that is deployed and in no phase any more is no
 * orphan, since the first deployment moves what it has.
 */
export function takenUnits (federation: Federation, catalog: readonly Phase[]): ReadonlySet<string> {
  return new Set(movesOf(federation, catalog).map(({ from }) => from.unit))
}
