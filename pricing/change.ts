/** The cost of a unit before and after an operation on it. */
import { type CostLine, type CostSummary } from './summary.ts'

/**
 * The costs as they are stored: enough to tell the difference, also of an operation of several
 * attempts.
 */
export interface CostRecord {
  /** Digest of the price table. */
  readonly prices: string
  readonly before: Pick<CostSummary, 'monthly' | 'lines'>
  readonly after: CostSummary
}
/** A line that is dearer or cheaper afterwards; US dollars a month. */
export interface CostChange {
  readonly type: string
  readonly cluster?: string
  readonly kind: CostLine['kind']
  readonly meter: string
  readonly before: number
  readonly after: number
}
/** A unit's cost after the operation, and what the operation changed. */
export interface UnitCost extends CostSummary {
  readonly before: number
  readonly difference: number
  readonly changes: CostChange[]
}

/** A hundredth of a cent: smaller differences come from adding up. */
const noise = 1e-4

/** The unit's cost with what got dearer or cheaper, the largest difference first. */
export function unitCost ({ before, after }: Pick<CostRecord, 'before' | 'after'>): UnitCost {
  const lines = new Map<string, { line: CostLine, before: number, after: number }>()
  for (const [side, of] of [['before', before.lines], ['after', after.lines]] as const) {
    for (const line of of) {
      const key = JSON.stringify([line.type, line.cluster, line.kind, line.meter])
      const known = lines.get(key) ?? { line, before: 0, after: 0 }
      lines.set(key, { ...known, [side]: known[side] + line.monthly })
    }
  }
  const changes = [...lines.values()].filter((one) => Math.abs(one.after - one.before) > noise).map((
    { line: { type, cluster, kind, meter }, before, after }
  ): CostChange => ({
    type,
    ...(cluster !== undefined && { cluster }),
    kind,
    meter,
    before,
    after
  }))
  return {
    ...after,
    before: before.monthly,
    difference: after.monthly - before.monthly,
    changes: changes.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
  }
}
