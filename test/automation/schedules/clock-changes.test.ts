import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Cron } from 'croner'
import fc from 'fast-check'
import { lastDue, nextDue } from '../../../automation/schedules/due.ts'
import { openingAt, windowState } from '../../../automation/windows/windows.ts'
import { type MaintenanceWindow } from '../../../programs/types/operation.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** What clocks of a zone show, as an ISO text: a way of its own to know, beside the product's. */
function showing (timeZone: string): (instant: number) => string {
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
function look (timeZone: string, from: number, to: number): Shown {
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
function slowly ({ cron, everyHour }: Named, shown: Shown, from: number, to: number): string[] {
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
function quickly (cron: string, timeZone: string, from: number, to: number, forwards: boolean): string[] {
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

/** Changes of clocks, each of another kind. */
const changes = [
  ['America/New_York', '2027-03-14'],
  ['America/New_York', '2027-11-07'],
  ['Africa/Cairo', '2027-04-30'],
  ['Africa/Cairo', '2027-10-29'],
  ['Europe/Berlin', '2026-10-25'],
  // Half an hour.
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2027-04-04'],
  // A day that was skipped.
  ['Pacific/Apia', '2011-12-30'],
  // A day that came twice.
  ['Pacific/Kwajalein', '1969-09-30'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Africa/Casablanca', '2026-03-22'],
  // Two hours.
  ['Antarctica/Troll', '2026-03-29'],
  ['Antarctica/Troll', '2026-10-25'],
  // At midnight.
  ['America/Havana', '2026-03-08'],
  ['America/Havana', '2026-11-01'],
  ['UTC', '2026-03-29']
] as const

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
const named: fc.Arbitrary<Named> = fc.oneof(
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

suite('clocks that are changed', () => {
  test('the times of the day on which they are put forward', () => {
    const table = [
      ['America/New_York', '2027-03-14', '0 2,14 * * *', ['07:00', '18:00']],
      ['America/New_York', '2027-03-14', '0,30 2 * * *', ['07:00', '07:30']],
      ['America/New_York', '2027-03-14', '0 2 * * *', ['07:00']],
      ['America/New_York', '2027-03-14', '45 1-3 * * *', ['06:45', '07:45']],
      ['America/New_York', '2027-03-14', '0 2 * * SUN#2', ['07:00']],
      ['Africa/Cairo', '2027-04-30', '0 0,12 * * *', ['22:00', '09:00']],
      ['Australia/Lord_Howe', '2026-10-04', '0,30 2 * * *', ['15:30', '15:30']]
    ] as const
    for (const [timeZone, date, cron, expected] of table) {
      const from = Date.parse(`${date}T00:00Z`) - 14 * 60 * minute
      const show = showing(timeZone)
      const times = quickly(cron, timeZone, from, from + 2 * day, true)
        .filter((time) => show(Date.parse(time)).startsWith(date))
        .map((time) => time.slice(11, 16))
      assert.deepEqual(times, [...new Set(expected)], `${cron} in ${timeZone}`)
    }
  })

  test('each time of any expression comes once, in order, none is lost, forwards and backwards', () => {
    const seen = changes.map(([timeZone, date]) => {
      // 40 hours have the whole day in them, whatever the zone.
      const from = Date.parse(`${date}T00:00Z`) - 14 * 60 * minute
      const to = from + 40 * 60 * minute
      return { timeZone, from, to, shown: look(timeZone, from - 2 * day, to + 2 * day) }
    })
    fc.assert(
      fc.property(named, fc.nat(changes.length - 1), (expression, change) => {
        const { timeZone, from, to, shown } = seen[change] ?? assert.fail()
        const expected = slowly(expression, shown, from, to)
        assert.deepEqual(quickly(expression.cron, timeZone, from, to, true), expected)
        assert.deepEqual(quickly(expression.cron, timeZone, from, to, false), expected)
      }),
      { numRuns: 50, seed: 12 }
    )
  })

  test('what comes in every hour keeps its pace, in a repeated hour too', () => {
    const from = Date.parse('2027-11-07T04:00Z')
    for (const [cron, pace] of [['*/15 * * * *', 15], ['0 * * * *', 60], ['*/5 0-23 * * *', 5]] as const) {
      for (const start of [from, Date.parse('2027-03-14T05:00Z')]) {
        const times = quickly(cron, 'America/New_York', start, start + 4 * 60 * minute, true)
        assert.equal(times.length, 240 / pace, cron)
      }
    }
  })

  test('a window that begins or ends at a skipped or repeated time opens once, and closes', () => {
    const zone = 'America/New_York'
    const table = [
      // Skipped: the whole window, its beginning, its end.
      ['0 2', '30 2', '2027-03-14', '07:00', '07:30'],
      ['30 2', '0 3', '2027-03-14', '07:30', '08:00'],
      ['30 2', '0 4', '2027-03-14', '07:30', '08:00'],
      ['30 1', '30 2', '2027-03-14', '06:30', '07:30'],
      ['30 1', '0 3', '2027-03-14', '06:30', '07:00'],
      // Repeated.
      ['30 1', '45 1', '2027-11-07', '05:30', '05:45'],
      ['30 0', '30 1', '2027-11-07', '04:30', '05:30'],
      ['30 1', '0 3', '2027-11-07', '05:30', '08:00']
    ] as const
    for (const [opens, closes, date, start, end] of table) {
      const window: MaintenanceWindow = {
        name: 'w',
        cron: `${opens} * * *`,
        timeZone: zone,
        closes: { cron: `${closes} * * *` }
      }
      const [first, last] = [start, end].map((time) => Date.parse(`${date}T${time}Z`))
      assert.ok(first && last)
      const openings = new Set<string>()
      for (let at = first - 10 * 60 * minute; at < first + 10 * 60 * minute; at += 5 * minute) {
        const found = openingAt(window, new Date(at))
        if (found) openings.add(`${found.start.toISOString()} ${found.end.toISOString()}`)
        assert.equal(
          windowState({ maintenanceWindows: [window] }, [{ phase: 'mesh', clusters: [] }], new Date(at)).open,
          first <= at && at < last,
          `${opens} to ${closes} at ${new Date(at).toISOString()}`
        )
      }
      assert.deepEqual([...openings], [`${new Date(first).toISOString()} ${new Date(last).toISOString()}`])
    }
  })
})
