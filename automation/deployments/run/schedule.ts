/**
 * Decides which units start next, which never will, and whether all is done. Pure: the driver asks
 * after every change.
 */
import { type CloudName, type UnitStatus } from '../../../contract/words.ts'
import { isSettled } from '../states.ts'

/** A unit as the schedule sees it. */
export interface SchedulableUnit {
  readonly id: string
  readonly phase: number
  /** Of units for one cluster or cloud; links and federation-wide units count against no cloud. */
  readonly cloud?: CloudName | undefined
  readonly dependsOn: readonly string[]
  /**
   * Units after which it starts although it reads nothing of theirs, unless they are of a phase
   * that is not under way; absent: none.
   */
  readonly follows?: readonly string[]
  readonly status: UnitStatus
  /** Time before which it does not start, milliseconds since the epoch; null: none. */
  readonly retryAt: number | null
}

/** Bounds on units at once. */
export interface ScheduleLimits {
  /** Units at once in this deployment. */
  readonly deployment: number
  /** Units at once per cloud in this deployment. */
  readonly perCloud: number
}

/** The units of a deployment with what bounds them. */
export interface ScheduleRequest {
  /** All units of the deployment, what is to start first coming first. */
  readonly units: readonly SchedulableUnit[]
  /** The phases under way; undefined: all. */
  readonly phases?: readonly number[]
  readonly limits: ScheduleLimits
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** A decision about units. */
export interface Schedule {
  /** Ids of units that may start now, as hosts are free for them, in this order. */
  readonly start: readonly string[]
  /** Units that cannot run any more since something they stand on did not succeed. */
  readonly skip: readonly { readonly unit: string, readonly reason: string }[]
  /** Time of the next retry, if none is due now. */
  readonly wakeAt?: number
  /** No unit of these phases waits or runs (but for those to skip). */
  readonly done: boolean
}

/**
 * Decides. A unit starts once all it depends on succeeded, its retry is due and every limit leaves
 * room; a unit whose dependency failed, was skipped or was canceled is skipped, with a reason that
 * names the unit at the root. Dependencies outside the deployment do not hold anything up: they
 * were checked at launch.
 */
export function schedule ({ units, phases, limits, now }: ScheduleRequest): Schedule {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const blocked = blockers(units, byId)
  const under = (unit: SchedulableUnit): boolean => phases === undefined || phases.includes(unit.phase)
  const running = units.filter((unit) => unit.status === 'running')
  const perCloud = new Map<CloudName, number>()
  const count = ({ cloud }: SchedulableUnit): void => {
    if (cloud) perCloud.set(cloud, (perCloud.get(cloud) ?? 0) + 1)
  }
  running.forEach(count)
  let room = limits.deployment - running.length
  const start: string[] = []
  const skip: { unit: string, reason: string }[] = []
  let wakeAt: number | undefined
  let open = 0
  for (const unit of units) {
    if (!under(unit)) continue
    if (unit.status !== 'waiting') {
      if (!isSettled(unit.status)) open++
      continue
    }
    const reason = blocked.get(unit.id)
    if (reason !== undefined) {
      skip.push({ unit: unit.id, reason })
      continue
    }
    open++
    const holds = (id: string): boolean => {
      const other = byId.get(id)
      return other !== undefined && under(other) && !isSettled(other.status)
    }
    if (unit.follows?.some(holds)) continue
    if (unit.dependsOn.some((id) => (byId.get(id)?.status ?? 'succeeded') !== 'succeeded')) continue
    if (unit.retryAt !== null && unit.retryAt > now) {
      wakeAt = Math.min(wakeAt ?? Infinity, unit.retryAt)
      continue
    }
    if (room <= 0 || (unit.cloud && (perCloud.get(unit.cloud) ?? 0) >= limits.perCloud)) continue
    room--
    count(unit)
    start.push(unit.id)
  }
  return { start, skip, ...(wakeAt !== undefined && { wakeAt }), done: open === 0 }
}

/** The unit that keeps others from running, how it ended, and the dependency that stands on it. */
interface Blocker {
  readonly unit: string
  readonly status: 'failed' | 'canceled' | 'skipped'
  /** The direct dependency, when the blocker is further away. */
  readonly through?: string
}

/** Says why a unit cannot run. */
function reasonOf ({ unit, status, through }: Blocker): string {
  const ended = status === 'failed' ? 'failed' : `was ${status}`
  return through === undefined
    ? `${unit}, on which it depends, ${ended}`
    : `${unit} ${ended} (through ${through})`
}

/**
 * Maps every waiting unit that stands, at whatever distance, on one that did not succeed to the
 * reason why it cannot run.
 */
function blockers (
  units: readonly SchedulableUnit[],
  byId: ReadonlyMap<string, SchedulableUnit>
): Map<string, string> {
  const found = new Map<string, Blocker | undefined>()
  const blockerOf = (id: string): Blocker | undefined => {
    const dependency = byId.get(id)
    switch (dependency?.status) {
      case 'failed':
      case 'canceled':
        return { unit: id, status: dependency.status }
      case 'skipped':
      case 'waiting': {
        const root = visit(dependency)
        if (root) return { ...root, through: root.through ?? id }
        return dependency.status === 'skipped' ? { unit: id, status: 'skipped' } : undefined
      }
      default:
        return undefined
    }
  }
  const visit = (unit: SchedulableUnit): Blocker | undefined => {
    if (found.has(unit.id)) return found.get(unit.id)
    // Guards against a cycle, which the plan has ruled out: a unit on its own way is no reason.
    found.set(unit.id, undefined)
    let blocker: Blocker | undefined
    for (const id of unit.dependsOn) {
      blocker = blockerOf(id)
      if (blocker) break
    }
    found.set(unit.id, blocker)
    return blocker
  }
  for (const unit of units) if (!isSettled(unit.status) || unit.status === 'skipped') visit(unit)
  return new Map([...found].flatMap(([id, blocker]) => blocker ? [[id, reasonOf(blocker)] as const] : []))
}
