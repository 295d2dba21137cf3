/** When units begin in the time of the world that they are rehearsed in. Pure. */
import { createHash } from 'node:crypto'
import { type UnitState } from '../../store/units/units.ts'
import { isSettled } from '../states.ts'

type Timed = Pick<
  UnitState,
  'id' | 'phase' | 'dependsOn' | 'follows' | 'status' | 'virtualEnd'
>

/** The units of a run, and what their times begin with. */
export interface VirtualRun {
  readonly units: readonly Timed[]
  /** The world's time when the run began, milliseconds since the epoch. */
  readonly base: number
  /** Phases whose units all came before those under way: each of them waited for all of these. */
  readonly past: ReadonlySet<number>
}

/**
 * When a unit begins: after what it depends on, after the units whose room it takes in the plan,
 * after the phases that were over before, and after its own attempts until now. It does not depend
 * on when, or on how many hosts, any of them ran.
 */
export function virtualStart (unit: Timed, { units, base, past }: VirtualRun): number {
  const byId = new Map(units.map((one) => [one.id, one]))
  const seen = new Set<string>()
  const endOf = (id: string): number => {
    const one = byId.get(id)
    if (!one || seen.has(id)) return base
    if (one.virtualEnd !== null) return one.virtualEnd
    seen.add(id)
    // One that never ran left its room as it was when it would have had it.
    return isSettled(one.status) ? Math.max(base, ...one.follows.map(endOf)) : base
  }
  const before = units.filter((one) => past.has(one.phase) && one.virtualEnd !== null)
  return Math.max(
    base,
    unit.virtualEnd ?? base,
    ...unit.dependsOn.map(endOf),
    ...unit.follows.map(endOf),
    ...before.map((one) => one.virtualEnd ?? base)
  )
}

/**
 * A number from 0 to 1 that chance gives a unit after so many failures: the same for the same seed.
 */
export function seededChance (seed: number, unit: string, failures: number): number {
  const digest = createHash('sha256').update(JSON.stringify([seed, unit, failures])).digest()
  return digest.readUInt32BE(0) / 2 ** 32
}
