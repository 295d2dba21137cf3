/** Actual and predicted times of units as bars. Pure; seconds from the beginning. */
import type { Plan, Unit } from '../api/client.ts'

export interface Span {
  start: number
  end: number
}
export interface TimelineRow {
  id: string
  phase: number
  scope: string
  status?: Unit['status']
  actual?: Span
  predicted?: Span
  critical: boolean
  decisive: boolean
}
export interface Timeline {
  rows: TimelineRow[]
  actualEnd: number
  predictedEnd: number
}

type TimedUnit = Pick<Unit, 'id' | 'phase' | 'scope' | 'status' | 'startedAt' | 'finishedAt' | 'dependsOn'>

const at = (time: string) => Date.parse(time)

/**
 * The chain of units that decided how long it took so far: from the last to end back to what ended
 * last among those it waited for. In phases a unit also waits for all of the phase before.
 */
export function decisiveChain (units: readonly TimedUnit[], phased: boolean): Set<string> {
  const ended = units.filter((unit) => unit.startedAt && unit.finishedAt)
  const byId = new Map(ended.map((unit) => [unit.id, unit]))
  const latest = (candidates: readonly TimedUnit[]) =>
    candidates.reduce<TimedUnit | undefined>(
      (last, unit) =>
        last === undefined || at(unit.finishedAt ?? '') > at(last.finishedAt ?? '') ? unit : last,
      undefined
    )
  const chain = new Set<string>()
  for (let unit = latest(ended); unit !== undefined && !chain.has(unit.id);) {
    chain.add(unit.id)
    const { dependsOn, phase, startedAt } = unit
    const before = [
      ...dependsOn.flatMap((id) => byId.get(id) ?? []),
      ...(phased ? ended.filter((other) => other.phase < phase) : [])
    ].filter((other) => at(other.finishedAt ?? '') <= at(startedAt ?? ''))
    unit = latest(before)
  }
  return chain
}

/**
 * Bars for the units of a deployment, or of a plan alone, in the plan's order where there is one.
 */
export function timelineOf (
  { units, plan, startedAt, now, phased }: {
    units: readonly TimedUnit[]
    plan?: Plan | undefined
    startedAt?: string | null
    now: number
    phased: boolean
  }
): Timeline {
  const planned = new Map(plan?.units.map((unit, index) => [unit.id, { ...unit, index }]))
  const critical = new Set(plan?.criticalPath)
  const chain = decisiveChain(units, phased)
  const origin = startedAt ? at(startedAt) : now
  const actualOf = ({ startedAt: from, finishedAt: to }: TimedUnit): Span | undefined =>
    from
      ? {
        start: Math.max(0, (at(from) - origin) / 1000),
        end: Math.max(0, ((to ? at(to) : now) - origin) / 1000)
      }
      : undefined
  const source: TimedUnit[] = units.length > 0
    ? [...units]
    : (plan?.units ?? []).map((unit) => ({ ...unit, status: 'waiting', startedAt: null, finishedAt: null }))
  const rows = source.map((unit): TimelineRow => {
    const actual = actualOf(unit)
    const predicted = planned.get(unit.id)?.predicted
    return {
      id: unit.id,
      phase: unit.phase,
      scope: unit.scope,
      critical: critical.has(unit.id),
      decisive: chain.has(unit.id),
      ...(units.length > 0 && { status: unit.status }),
      ...(actual && { actual }),
      ...(predicted && { predicted: { start: predicted.start, end: predicted.end } })
    }
  })
  const order = (row: TimelineRow) => planned.get(row.id)?.index ?? Infinity
  rows.sort((a, b) => a.phase - b.phase || (order(a) === order(b) ? 0 : order(a) - order(b)))
  return {
    rows,
    actualEnd: Math.max(0, ...rows.map(({ actual }) => actual?.end ?? 0)),
    predictedEnd: Math.max(0, ...rows.map(({ predicted }) => predicted?.end ?? 0))
  }
}

const steps = [
  0.1,
  0.2,
  0.5,
  1,
  2,
  5,
  10,
  15,
  30,
  60,
  120,
  300,
  600,
  900,
  1800,
  3600,
  7200,
  14_400,
  28_800,
  86_400
]

/** Round times along an axis, about as many as fit. */
export function ticks (end: number, most: number): number[] {
  if (end <= 0) return [0]
  const step = steps.find((one) => end / one <= most) ?? Math.ceil(end / most / 86_400) * 86_400
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => index * step)
}
