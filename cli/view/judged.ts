/** Lines about calls that simulated clouds judged. Pure. */
import { type Unit } from '../../contract/deployment.ts'

/**
 * Sums the units' calls: how many were judged, and of each type those that nothing known judges.
 * Empty where no unit has any.
 */
export function judgedLines (units: readonly Pick<Unit, 'judged'>[]): string[] {
  const all = units.flatMap(({ judged }) => judged ?? [])
  if (all.length === 0) return []
  const sum = (of: (one: typeof all[number]) => number): number =>
    all.reduce((total, one) => total + of(one), 0)
  const unknown = new Map<string, number>()
  for (const { what, count } of all.flatMap((one) => one.unknown)) {
    unknown.set(what, (unknown.get(what) ?? 0) + count)
  }
  const doubtful = [...unknown.values()].reduce((total, count) => total + count, 0)
  return [
    `permissions: ${sum(({ evaluated }) => evaluated)} calls evaluated, ${
      sum(({ unrestricted }) => unrestricted)
    } by administrators, ${doubtful} unknown`,
    ...[...unknown].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1)).map(([what, count]) =>
      `  ${String(count).padStart(6)}  ${what}`
    )
  ]
}
