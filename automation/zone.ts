/**
 * Wall clocks of time zones: how far they are from UTC, and the instants at which they show a time.
 * Pure.
 *
 * A wall time is written as milliseconds: those of the instant at which a clock of UTC shows it.
 */
import { remembered } from './remembered.ts'

const day = 24 * 60 * 60_000

/**
 * Clocks that are kept: a service sees the zones of a few offices, and a clock takes some 30 KB.
 */
const mostClocks = 100

const clockOf = remembered(mostClocks, (timeZone) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric'
  }))

/** Milliseconds by which the clocks of a zone are ahead of UTC at an instant. */
export function offsetAt (timeZone: string, instant: number): number {
  const whole = Math.floor(instant / 1000) * 1000
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of clockOf(timeZone).formatToParts(whole)) shown[type] = Number(value)
  const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, date, hour, minute, second) - whole
}

/** The instants that stand for a wall time. */
export interface Instants {
  /** In order: two of a time that clocks show twice, otherwise one. */
  readonly instants: readonly [number, ...number[]]
  /**
   * Milliseconds by which clocks were put forward over the time, which they never show; 0 of a time
   * that they do show.
   */
  readonly skipped: number
}

/**
 * Finds the instants at which clocks of a zone show a wall time. A time that they skip stands for
 * the instant at which they would have shown it, had they not been put forward: as much later as
 * they were put forward (java.time and Temporal call that `compatible`).
 */
export function instantsOf (timeZone: string, wall: number): Instants {
  // A day on either side: no zone is a day from UTC, and none was ever moved by more than one.
  const [before, after] = [offsetAt(timeZone, wall - day), offsetAt(timeZone, wall + day)]
  if (before === after) return { instants: [wall - before], skipped: 0 }
  const [first, ...others] = [wall - Math.max(before, after), wall - Math.min(before, after)]
    .filter((instant) => instant + offsetAt(timeZone, instant) === wall)
  return first === undefined
    ? { instants: [wall - before], skipped: after - before }
    : { instants: [first, ...others], skipped: 0 }
}

/**
 * The least and the greatest offset of a zone close to an instant: within `reach` milliseconds of
 * it.
 */
export function offsetsAround (
  timeZone: string,
  instant: number,
  reach: number
): { low: number, high: number } {
  const offsets = [instant - reach, instant, instant + reach].map((time) => offsetAt(timeZone, time))
  return { low: Math.min(...offsets), high: Math.max(...offsets) }
}
