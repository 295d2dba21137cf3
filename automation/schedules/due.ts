/** Times of schedules. Pure: the clock is handed in. */
import { type Actor } from '../../contract/access.ts'
import { type Launch } from '../../contract/launch.ts'
import { type Overlap } from '../../contract/words.ts'
import { type Schedule } from '../../programs/types/operation.ts'
import { type ScheduleTurn } from '../launcher.ts'
import { scheduleSubject } from '../store/deployments/schedule-turns.ts'
import { occurrenceAfter, occurrenceUpTo, type Timing } from './occurrences.ts'

/**
 * Milliseconds after its time in which a schedule that was missed (nothing ran, or it was just
 * written) is still launched: a restart or a short outage does not cost a night's rehearsal; what
 * is older is left out.
 */
export const missedWithin = 10 * 60_000

const dateOf = (found: { instant: number } | undefined): Date | undefined => found && new Date(found.instant)

/** The latest time at or before `now` at which a schedule was due, however long ago. */
export function lastDue (schedule: Timing, now: Date): Date | undefined {
  return dateOf(occurrenceUpTo(schedule, now.getTime()))
}

/** The next time after `now`. */
export function nextDue (schedule: Timing, now: Date): Date | undefined {
  return dateOf(occurrenceAfter(schedule, now.getTime()))
}

/**
 * The key that makes one launch of each time, by whichever process and however often it is tried.
 */
export function keyOf (federation: string, { name }: Pick<Schedule, 'name'>, due: Date): string {
  return `schedule:${federation}:${name}:${due.toISOString()}`
}

/** On whose behalf it launches: the service's own, in the name of the schedule. */
export function actorOf (federation: string, { name }: Pick<Schedule, 'name'>): Actor {
  return {
    subject: scheduleSubject({ federation, schedule: name }),
    name: `schedule ${name}`,
    kind: 'schedule'
  }
}

/**
 * Deployments of a schedule that may not be over when it launches. With `queue` it is one: what
 * waits behind it does what any later one would, and more would grow without bound where each takes
 * longer than the time between two.
 */
const mostBefore: Record<Overlap, number> = { skip: 0, queue: 1 }

/** The turn of a schedule at a time. */
export function turnOf (federation: string, { name, overlap }: Schedule, due: Date): ScheduleTurn {
  return { federation, schedule: name, due: due.toISOString(), mostBefore: mostBefore[overlap] }
}

/**
 * Makes the launch of a schedule. Nothing live is changed by the clock alone: each phase of a live
 * up waits until somebody approves it.
 */
export function requestOf (federation: string, { operation, mode, phases, world }: Schedule): Launch {
  return {
    federation,
    operation,
    mode,
    phases: { ...phases },
    ordering: 'phased',
    approvals: mode === 'live' && operation === 'up' ? 'each-phase' : 'none',
    ...(mode === 'rehearsal' && { rehearsal: { world, timeScale: 0, seed: 1, faults: [] } })
  }
}
