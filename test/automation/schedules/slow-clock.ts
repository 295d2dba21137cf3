/**
 * The times of cron expressions, found slowly: a way to know them that shares nothing with the
 * product but croner's judgement of one time.
 */
import assert from 'node:assert/strict'
import { Cron } from 'croner'
import fc from 'fast-check'
import { lastDue, nextDue } from '../../../automation/schedules/due.ts'

export const minute = 60_000
export const day = 24 * 60 * minute

/** Reads the clocks of a zone, as an ISO text: a way of its own to know, beside the product's. */
export function showing (timeZone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit'
  })
  return (instant) => format.format(instant).replace(' ', 'T')
}

/** A cron expression, and whether it comes in every hour. */
interface Named {
  cron: string
  everyHour: boolean
}

/** Each minute that clocks of a zone showed, with its instants, and the times that they skipped. */
interface Shown {
  readonly minutes: ReadonlyMap<string, readonly number[]>
  readonly jumps: readonly { first: string, last: string, by: number }[]
}

const text = (wall: number): string => new Date(wall).toISOString().slice(0, 16)

/** Looks at the clocks of a zone in each minute. */
export function look (timeZone: string, from: number, to: number): Shown {
  const show = showing(timeZone)
  const minutes = new Map<string, number[]>()
  const jumps: { first: string, last: string, by: number }[] = []
  let before = show(from - minute)
  for (let instant = from; instant <= to; instant += minute) {
    const wall = show(instant)
    minutes.set(wall, [...minutes.get(wall) ?? [], instant])
    const by = Date.parse(`${wall}Z`) - Date.parse(`${before}Z`) - minute
    if (by > 0) jumps.push({ first: before, last: wall, by })
    before = wall
  }
  return { minutes, jumps }
}

/**
 * The instants of an expression, slowly: each minute that it names is looked for among all minutes
 * that clocks showed; what they never showed comes as much later as they were put forward.
 */
export function slowly ({ cron, everyHour }: Named, shown: Shown, from: number, to: number): string[] {
  const names = new Cron(cron, { mode: '5-part', paused: true, utcOffset: 0 })
  const found = new Set<number>()
  for (let wall = from - day; wall <= to + day; wall += minute) {
    if (!names.match(new Date(wall))) continue
    const jump = shown.jumps.find(({ first, last }) => first < text(wall) && text(wall) < last)
    const all = shown.minutes.get(text(wall + (jump?.by ?? 0))) ?? assert.fail(`${text(wall)} never came`)
    for (const instant of everyHour ? all : all.slice(0, 1)) found.add(instant)
  }
  return [...found].filter((one) => from < one && one <= to).sort((a, b) => a - b)
    .map((one) => new Date(one).toISOString())
}

/** The same by the product, forwards or backwards. */
export function quickly (
  cron: string,
  timeZone: string,
  from: number,
  to: number,
  forwards: boolean
): string[] {
  const times: string[] = []
  let at: Date | undefined = new Date(forwards ? from : to)
  while (at) {
    at = forwards ? nextDue({ cron, timeZone }, at) : lastDue({ cron, timeZone }, at)
    if (!at || at.getTime() > to || at.getTime() <= from) break
    times.push(at.toISOString())
    if (!forwards) at = new Date(at.getTime() - minute)
  }
  return forwards ? times : times.reverse()
}

const minutes = fc.constantFrom('0', '30', '59', '0,30', '15-45/10', '*/7', '*/20', '*', '5,50')
const hours = fc.constantFrom('0', '2', '3', '0,12', '2,14', '1-3', '1-3/2', '*/2', '*/5', '23', '0-5', '2,3')
const days = fc.constantFrom(
  '* * *',
  '* * 0',
  '* * SUN#1',
  'L * *',
  '15W * *',
  '1-7 * 5',
  '*/2 * *',
  '* 3-11 *'
)
export const named: fc.Arbitrary<Named> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(minutes, hours, days).map((parts) => ({ cron: parts.join(' '), everyHour: false }))
  },
  {
    weight: 1,
    arbitrary: fc.tuple(minutes, fc.constantFrom('*', '*/1', '0-23'), days)
      .map((parts) => ({ cron: parts.join(' '), everyHour: true }))
  }
)
