import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { openingAt, windowState } from '../../../automation/windows/windows.ts'
import { type MaintenanceWindow } from '../../../programs/types/operation.ts'
import { day, look, minute, named, quickly, showing, slowly } from './slow-clock.ts'

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
