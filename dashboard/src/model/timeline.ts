/** Actual and predicted times of units as bars. Pure. */
import type { Plan, Unit } from '../api/client.ts'

/** In seconds from the beginning of the deployment or plan. */
export interface Span {
  start: number
  end: number
}
export interface TimelineRow {
  /** The unit's id. */
  id: string
  phase: number
  scope: string
  /** Absent in a plan. */
  status?: Unit['status']
  /** Absent for a unit that has not started. */
  actual?: Span
  predicted?: Span
  /** On the plan's critical path. */
  critical: boolean
  /** On the chain that determined the actual duration. */
  decisive: boolean
}
export interface Timeline {
  rows: TimelineRow[]
  /** End of the last actual bar in seconds; 0 when there is none. */
  actualEnd: number
  /** End of the last predicted bar in seconds; 0 when there is none. */
  predictedEnd: number
}

type TimedUnit = Pick<Unit, 'id' | 'phase' | 'scope' | 'status' | 'startedAt' | 'finishedAt' | 'dependsOn'>

const at = (time: string) => Date.parse(time)

/**
 * The ids of the units that determined the duration so far: from the unit that ended last back to
 * the last to end of those that it waited for, and so on. Phased units also wait for all units of
 * the phases before.
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

interface TimelineSource {
  /** Units of a deployment; none for a plan alone. */
  units: readonly TimedUnit[]
  plan?: Plan | undefined
  /** Start of the deployment. */
  startedAt?: string | null
  /** End of the bars of running units, in milliseconds since 1970. */
  now: number
  /** True when a phase waits for the one before it. */
  phased: boolean
}

/** The span of a unit that has started; one that runs ends now. */
function actualSpan (unit: TimedUnit, origin: number, now: number): Span | undefined {
  if (!unit.startedAt) return undefined
  const end = unit.finishedAt ? at(unit.finishedAt) : now
  return {
    start: Math.max(0, (at(unit.startedAt) - origin) / 1000),
    end: Math.max(0, (end - origin) / 1000)
  }
}

/**
 * Makes a bar of each unit of a deployment, or of a plan alone, in the plan's order if there is
 * one.
 */
export function timelineOf ({ units, plan, startedAt, now, phased }: TimelineSource): Timeline {
  const planned = new Map(plan?.units.map((unit, index) => [unit.id, { ...unit, index }]))
  const critical = new Set(plan?.criticalPath)
  const chain = decisiveChain(units, phased)
  const origin = startedAt ? at(startedAt) : now
  const source: TimedUnit[] = units.length > 0
    ? [...units]
    : (plan?.units ?? []).map((unit) => ({ ...unit, status: 'waiting', startedAt: null, finishedAt: null }))
  const rows = source.map((unit): TimelineRow => {
    const actual = actualSpan(unit, origin, now)
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

/** Seconds between marks of an axis. */
const steps = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60),
  ...[1, 2, 4, 8, 24].map((hours) => hours * 3600)
]

/** Round times along an axis in seconds, `most` at most. */
export function ticks (end: number, most: number): number[] {
  if (end <= 0) return [0]
  const step = steps.find((one) => end / one <= most) ?? Math.ceil(end / most / 86_400) * 86_400
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => index * step)
}
