/** Times of schedules. Pure: the clock is handed in. */
import { type Actor } from '../../contract/access.ts'
import { type Launch } from '../../contract/launch.ts'
import { type Schedule } from '../../programs/types/operation.ts'
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
  return { subject: `schedule:${federation}:${name}`, name: `schedule ${name}`, kind: 'schedule' }
}

/** Makes the launch of a schedule. */
export function requestOf (federation: string, { operation, mode, phases, world }: Schedule): Launch {
  return {
    federation,
    operation,
    mode,
    phases: { ...phases },
    ordering: 'phased',
    approvals: 'none',
    ...(mode === 'rehearsal' && { rehearsal: { world, timeScale: 0, seed: 1, faults: [] } })
  }
}
