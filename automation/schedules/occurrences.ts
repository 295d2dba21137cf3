/**
 * The instants of a cron expression in a time zone. Pure.
 *
 * Croner finds the times that an expression names, on a clock that is never changed; zone.ts finds
 * the instants at which clocks of the zone show them. What is done about clocks that are changed is
 * the rule of FreeBSD's cron(8) with `-s`: an expression that names hours comes once for
 * each time that it names, as much later as clocks were put forward when they skip it, and the
 * first time when they show it twice. One that comes in every hour goes by the clock, in a repeated
 * hour too, so that it does not fall silent for an hour.
 */
import { Cron, CronPattern } from 'croner'
import { remembered } from '../remembered.ts'
import { instantsOf, offsetsAround } from '../zone.ts'

/** A cron expression and the zone whose clocks it is about. */
export interface Timing {
  readonly cron: string
  readonly timeZone: string
}

/** A time that an expression names, and the instant at which it comes. */
export interface Occurrence {
  readonly instant: number
  /** The time that clocks show, or would have shown (zone.ts). */
  readonly wall: number
}

/** Expressions that are kept: each takes some 80 KB, and a file's are read again every 20 s. */
const mostExpressions = 64

const expressionOf = remembered(mostExpressions, (cron) => ({
  times: new Cron(cron, { mode: '5-part', paused: true, utcOffset: 0 }),
  everyHour: new CronPattern(cron, undefined, { mode: '5-part' }).hour.every((hour) => hour === 1)
}))

/** The first wall time after another that an expression names. */
export function wallAfter (cron: string, wall: number): number | undefined {
  return expressionOf(cron).times.nextRun(new Date(wall))?.getTime()
}

/** The last wall time that an expression names at or before another. */
function wallUpTo (cron: string, wall: number): number | undefined {
  // Croner looks for what is before the time that it is given.
  return expressionOf(cron).times.previousRuns(1, new Date(wall + 1))[0]?.getTime()
}

/**
 * Two days: a wall time is at most 15 hours from its instant, and clocks were never changed by more
 * than a day, so that no change further away moves it.
 */
const reach = 2 * 24 * 60 * 60_000

/** The least and the greatest offset at which something can come close to an instant. */
function offsetsThatMatter (timeZone: string, instant: number): { low: number, high: number } {
  const { low, high } = offsetsAround(timeZone, instant, reach)
  // A change matters for as long as it is large: an hour before and after most of them.
  return low === high ? { low, high } : offsetsAround(timeZone, instant, high - low)
}

/**
 * Says whether clocks are not changed close to an instant: then what is named before comes before.
 */
function isInOrder (timeZone: string, instant: number): boolean {
  const { low, high } = offsetsThatMatter(timeZone, instant)
  return low === high
}

function instantsThatCount ({ cron, timeZone }: Timing, wall: number): readonly number[] {
  const { instants } = instantsOf(timeZone, wall)
  return expressionOf(cron).everyHour ? instants : instants.slice(0, 1)
}

/** The first occurrence after an instant. */
export function occurrenceAfter (timing: Timing, instant: number): Occurrence | undefined {
  const { cron, timeZone } = timing
  let best: Occurrence | undefined
  let wall = wallAfter(cron, instant + offsetsThatMatter(timeZone, instant).low)
  while (wall !== undefined) {
    const named = wall
    // No time named from here on comes before the best that was found.
    if (best && named - offsetsAround(timeZone, named, reach).high >= best.instant) break
    const found = instantsThatCount(timing, named).find((one) => one > instant)
    if (found !== undefined && (!best || found < best.instant)) best = { instant: found, wall: named }
    if (best && isInOrder(timeZone, best.instant)) break
    wall = wallAfter(cron, named)
  }
  return best
}

/** The last occurrence at or before an instant. */
export function occurrenceUpTo (timing: Timing, instant: number): Occurrence | undefined {
  const { cron, timeZone } = timing
  let best: Occurrence | undefined
  let wall = wallUpTo(cron, instant + offsetsThatMatter(timeZone, instant).high)
  while (wall !== undefined) {
    const named = wall
    if (best && named - offsetsAround(timeZone, named, reach).low <= best.instant) break
    const found = instantsThatCount(timing, named).findLast((one) => one <= instant)
    if (found !== undefined && (!best || found > best.instant)) best = { instant: found, wall: named }
    if (best && isInOrder(timeZone, best.instant)) break
    wall = wallUpTo(cron, named - 1)
  }
  return best
}
