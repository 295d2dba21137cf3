/** Estimates in short: sums by type and meter, and by cluster. */
import { type CostItem, type Estimate, type PriceTable, type Range } from './model.ts'

/** The items of one type, meter and cluster together. */
export interface CostLine {
  readonly type: string
  readonly cluster?: string
  readonly kind: CostItem['kind']
  readonly meter: string
  readonly count: number
  readonly quantity: number
  readonly monthly: number
}
/** Resources of one type and cluster that are not priced for one reason. */
export interface UnpricedLine {
  readonly type: string
  readonly cluster?: string
  readonly reason: string
  readonly count: number
}
/** A cluster's share, or, without a name, that of what belongs to no cluster. */
export interface ClusterCost {
  readonly cluster?: string
  readonly monthly: number
}

/** An estimate without its single items. */
export interface CostSummary {
  readonly monthly: number
  readonly currency: 'USD'
  readonly range: Range
  /** Part that follows volumes of the federation file. */
  readonly usage: number
  /** Part that rests on prices that nobody has checked. */
  readonly fromMemory: number
  readonly perCluster: ClusterCost[]
  readonly lines: CostLine[]
  readonly unpriced: UnpricedLine[]
}

function group<T, R> (
  items: readonly T[],
  key: (item: T) => readonly unknown[],
  merge: (items: readonly T[]) => R
): R[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = JSON.stringify(key(item))
    groups.set(name, [...groups.get(name) ?? [], item])
  }
  return [...groups.values()].map(merge)
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
const named = (cluster: string | undefined): { cluster?: string } => cluster === undefined ? {} : { cluster }

function perCluster (
  lines: readonly { readonly cluster?: string, readonly monthly: number }[]
): ClusterCost[] {
  return group(
    lines,
    (line) => [line.cluster],
    (of) => ({ ...named(of[0]?.cluster), monthly: sum(of, (line) => line.monthly) })
  ).sort((a, b) => b.monthly - a.monthly)
}

/** An estimate in short, dearest first. */
export function summarize (estimate: Estimate, table: PriceTable): CostSummary {
  const lines = group(
    estimate.items,
    (item) => [item.type, item.cluster, item.kind, item.meter],
    (items): CostLine => {
      const [first] = items as readonly [CostItem]
      return {
        type: first.type,
        ...named(first.cluster),
        kind: first.kind,
        meter: first.meter,
        count: items.length,
        quantity: sum(items, (item) => item.quantity),
        monthly: sum(items, (item) => item.monthly)
      }
    }
  ).sort((a, b) => b.monthly - a.monthly)
  return {
    monthly: estimate.monthly,
    currency: 'USD',
    range: estimate.range,
    usage: sum(estimate.items.filter((item) => item.kind === 'usage'), (item) => item.monthly),
    fromMemory: sum(
      estimate.items.filter((item) => table.sources[item.source]?.evidence === 'memory'),
      (item) => item.monthly
    ),
    perCluster: perCluster(lines),
    lines,
    unpriced: group(
      estimate.unpriced,
      (one) => [one.type, one.cluster, one.reason],
      (of) => ({
        type: of[0]?.type ?? '',
        ...named(of[0]?.cluster),
        reason: of[0]?.reason ?? '',
        count: of.length
      })
    )
  }
}

/** Several summaries as one. */
export function addSummaries (summaries: readonly CostSummary[]): CostSummary {
  const lines = group(
    summaries.flatMap((one) => one.lines),
    (line) => [line.type, line.cluster, line.kind, line.meter],
    (of): CostLine => ({
      ...of[0] as CostLine,
      count: sum(of, (line) => line.count),
      quantity: sum(of, (line) => line.quantity),
      monthly: sum(of, (line) => line.monthly)
    })
  ).sort((a, b) => b.monthly - a.monthly)
  return {
    monthly: sum(summaries, (one) => one.monthly),
    currency: 'USD',
    range: { min: sum(summaries, (one) => one.range.min), max: sum(summaries, (one) => one.range.max) },
    usage: sum(summaries, (one) => one.usage),
    fromMemory: sum(summaries, (one) => one.fromMemory),
    perCluster: perCluster(summaries.flatMap((one) => one.perCluster)),
    lines,
    unpriced: group(
      summaries.flatMap((one) => one.unpriced),
      (one) => [one.type, one.cluster, one.reason],
      (of) => ({
        type: of[0]?.type ?? '',
        ...named(of[0]?.cluster),
        reason: of[0]?.reason ?? '',
        count: sum(of, (one) => one.count)
      })
    )
  }
}
