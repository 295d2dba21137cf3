import assert from 'node:assert/strict'
import fc from 'fast-check'
import { offsetAt } from '../../automation/zone.ts'
import { day, look, minute, named, quickly, slowly } from '../automation/schedules/slow-clock.ts'
import { type Campaign } from './campaign.ts'

/** Days of a year on which the clocks of a zone are changed. */
function changesOf (timeZone: string, year: number): number[] {
  const days = Array.from({ length: 366 }, (_, index) => Date.UTC(year, 0, 1 + index))
  return days.filter((from) => offsetAt(timeZone, from) !== offsetAt(timeZone, from + day))
}

/** Every time zone, in the years whose rules are known well: what a file may name. */
const change = fc.record({
  timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  year: fc.integer({ min: 1975, max: 2037 }),
  which: fc.nat()
})

export const clocks: Campaign = {
  name: 'clocks',
  searches: 'a cron expression whose times are lost, doubled or out of order where clocks are changed',
  runs: 2000,
  search ({ seed, runs }) {
    fc.assert(
      fc.property(named, change, (expression, { timeZone, year, which }) => {
        const changes = changesOf(timeZone, year)
        const from = (changes[which % changes.length] ?? Date.UTC(year, 0, 1)) - 14 * 60 * minute
        const to = from + 64 * 60 * minute
        const expected = slowly(expression, look(timeZone, from - 2 * day, to + 2 * day), from, to)
        for (const forwards of [true, false]) {
          assert.deepEqual(quickly(expression.cron, timeZone, from, to, forwards), expected)
        }
      }),
      { seed, numRuns: runs }
    )
    return Promise.resolve()
  }
}
