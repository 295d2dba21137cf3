import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { parseFederation } from '../../../automation/federation/load.ts'
import { launchWarnings, windowReport } from '../../../automation/windows/report.ts'
import { needsWindow, openingAt, windowState, type Part } from '../../../automation/windows/windows.ts'
import { type PhaseName } from '../../../contract/words.ts'
import { type MaintenanceWindow } from '../../../programs/types/operation.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilusText } from '../federation/nautilus.ts'

/** Nautilus with more in its file. */
function withText (more: string): Federation {
  const loaded = parseFederation(`${nautilusText}\n${more}`, 'nautilus.yaml')
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  return loaded.federation
}
const part = (phase: PhaseName, ...clusters: string[]): Part => ({ phase, clusters })
const mesh = part('mesh', 'a')
const at = (time: string): Date => new Date(time)
/** The time that a wall clock shows. */
const clock = (time: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(
    time
  )
const hour = 3_600_000
const nightly: MaintenanceWindow = {
  name: 'nightly',
  cron: '0 22 * * *',
  timeZone: 'UTC',
  closes: { cron: '0 4 * * *' }
}

describe('maintenance windows', () => {
  test('open and close by the wall clock, over midnight and clock changes too', () => {
    const { maintenanceWindows: [window] = [] } = withText(
      'maintenanceWindows:\n  - { name: w, days: [sat], from: "22:00", to: "04:00", timeZone: Europe/Berlin }'
    )
    assert.ok(window)
    const spans = [['2026-03-28T21:00:00Z', 5], ['2026-10-24T20:00:00Z', 7], [
      '2026-11-21T21:00:00Z',
      6
    ]] as const
    for (const [start, hours] of spans) {
      const opening = openingAt(window, new Date(at(start).getTime() + 60_000))
      assert.deepEqual([
        opening?.start.toISOString(),
        opening && (opening.end.getTime() - opening.start.getTime()) / hour
      ], [at(start).toISOString(), hours])
      assert.deepEqual([
        clock(opening?.start ?? at(start), 'Europe/Berlin'),
        clock(opening?.end ?? at(start), 'Europe/Berlin')
      ], ['Sat 22:00', 'Sun 04:00'])
    }
    assert.equal(openingAt(window, at('2026-11-21T20:59:59.999Z')), undefined)
    assert.equal(openingAt(window, at('2026-11-22T03:00:00.000Z')), undefined)
    assert.ok(openingAt(window, at('2026-11-22T02:59:59.999Z')))
  })

  test('whatever they are: what is told to open is open then and not a moment before', () => {
    const minute = fc.integer({ min: 0, max: 59 })
    const hours = fc.integer({ min: 0, max: 23 })
    const cron = fc.tuple(minute, hours, fc.constantFrom('*', '1-5', '0,6', '3')).map(([m, h, days]) =>
      `${m} ${h} * * ${days}`
    )
    const window = fc.record({
      cron,
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
      closes: fc.oneof(fc.record({ minutes: fc.integer({ min: 5, max: 3000 }) }), fc.record({ cron })),
      phases: fc.constantFrom(undefined, ['mesh'] as const, ['federation'] as const)
    })
    const rules = fc.tuple(
      fc.array(window, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 20 })), { maxLength: 2 })
    ).map(([windows, freezes]) => ({
      maintenanceWindows: windows.map(({ phases, ...one }, index): MaintenanceWindow => ({
        ...one,
        name: `w${index}`,
        ...(phases && { phases })
      })),
      freezes: freezes.map(([day, days], index) => ({
        name: `f${index}`,
        reason: 'nobody is there',
        from: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
        to: new Date(Date.UTC(2026, 0, 1 + day + days)).toISOString()
      }))
    }))
    fc.assert(
      fc.property(
        rules,
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 1) }),
        (given, time) => {
          const now = new Date(time)
          const state = windowState(given, [mesh, part('monitoring', 'b')], now)
          if (state.open) {
            if (state.closes) {
              assert.ok(state.closes > now)
              assert.ok(
                windowState(
                  given,
                  [mesh, part('monitoring', 'b')],
                  new Date(Math.max(time, state.closes.getTime() - 1))
                ).open
              )
            }
            return
          }
          assert.ok(state.names.length > 0)
          if (!state.opens) return
          assert.ok(state.opens > now)
          assert.ok(windowState(given, [mesh, part('monitoring', 'b')], state.opens).open)
          assert.ok(
            !windowState(given, [mesh, part('monitoring', 'b')], new Date(state.opens.getTime() - 1)).open
          )
        }
      ),
      { numRuns: 60 }
    )
  })

  test('are about their phases and clusters; what no window is about may always start', () => {
    const rules = { maintenanceWindows: [{ ...nightly, phases: ['mesh'] as const, clusters: ['a'] }] }
    const noon = at('2026-11-21T12:00:00Z')
    for (const free of [part('federation', 'a'), part('mesh', 'b'), part('mesh')]) {
      assert.deepEqual(windowState(rules, [free], noon), { open: true })
    }
    assert.deepEqual(windowState(rules, [part('federation', 'a'), part('mesh', 'b', 'a')], noon), {
      open: false,
      because: 'window',
      names: ['nightly'],
      opens: at('2026-11-21T22:00:00Z')
    })
    assert.deepEqual(windowState(rules, [mesh], at('2026-11-21T23:00:00Z')), {
      open: true,
      closes: at('2026-11-22T04:00:00Z')
    })
  })

  test('of which one is enough for a part, and all parts need one', () => {
    const rules = {
      maintenanceWindows: [{ ...nightly, clusters: ['a'] }, {
        ...nightly,
        name: 'day',
        cron: '0 8 * * *',
        closes: { minutes: 60 },
        clusters: ['b']
      }, { ...nightly, name: 'late', cron: '30 2 * * *', closes: { minutes: 600 }, clusters: ['b'] }]
    }
    const both = [part('mesh', 'a'), part('mesh', 'b')]
    assert.deepEqual(windowState(rules, both, at('2026-11-21T23:00:00Z')), {
      open: false,
      because: 'window',
      names: ['day', 'late'],
      opens: at('2026-11-22T02:30:00Z')
    })
    assert.deepEqual(windowState(rules, both, at('2026-11-22T03:00:00Z')), {
      open: true,
      closes: at('2026-11-22T04:00:00Z')
    })
    const never = {
      maintenanceWindows: [{ ...nightly, clusters: ['a'], closes: { minutes: 60 } }, {
        ...nightly,
        name: 'day',
        cron: '0 8 * * *',
        closes: { minutes: 60 },
        clusters: ['b']
      }]
    }
    assert.deepEqual(windowState(never, both, at('2026-11-21T12:00:00Z')), {
      open: false,
      because: 'window',
      names: ['nightly', 'day']
    })
  })

  test('yield to freezes, which also end an opening', () => {
    const { maintenanceWindows, freezes } = withText(
      'maintenanceWindows:\n  - { name: nightly, from: "22:00", to: "04:00" }\nfreezes:\n  - { name: ' +
        'year-end, from: "2026-12-18T18:00", to: "2027-01-04", timeZone: Europe/Berlin, reason: over the ' +
        'holidays }'
    )
    assert.deepEqual(freezes?.map(({ from, to }) => [from, to]), [[
      '2026-12-18T17:00:00.000Z',
      '2027-01-03T23:00:00.000Z'
    ]])
    const rules = { ...(maintenanceWindows && { maintenanceWindows }), ...(freezes && { freezes }) }
    assert.deepEqual(windowState(rules, [mesh], at('2026-12-24T23:00:00Z')), {
      open: false,
      because: 'freeze',
      names: ['year-end'],
      opens: at('2027-01-03T23:00:00Z')
    })
    assert.deepEqual(windowState(rules, [mesh], at('2026-12-18T01:00:00Z')), {
      open: true,
      closes: at('2026-12-18T04:00:00Z')
    })
    assert.deepEqual(windowState({ ...(freezes && { freezes }) }, [mesh], at('2026-12-18T01:00:00Z')), {
      open: true,
      closes: at('2026-12-18T17:00:00Z')
    })
  })

  test('are asked for by what changes something live, and by nothing else', () => {
    const rules = { maintenanceWindows: [nightly] }
    for (const operation of ['up', 'refresh', 'destroy'] as const) {
      assert.ok(needsWindow({ mode: 'live', operation }, rules))
    }
    for (const operation of ['preview', 'drift-check'] as const) {
      assert.ok(!needsWindow({ mode: 'live', operation }, rules))
    }
    assert.ok(!needsWindow({ mode: 'rehearsal', operation: 'up' }, rules))
    assert.ok(!needsWindow({ mode: 'live', operation: 'up' }, { maintenanceWindows: [] }))
  })

  test('tell a launch that it has to wait, and that it will not be through in time', () => {
    const federation = { ...withText(''), maintenanceWindows: [nightly] }
    const warn = (time: string, seconds: number) =>
      launchWarnings(federation, [mesh], seconds, at(time)).map(({ code, message }) => `${code}: ${message}`)
    assert.deepEqual(warn('2026-11-21T22:30:00Z', 3600), [])
    assert.deepEqual(warn('2026-11-21T12:00:00Z', 3600), [
      'window-closed: it waits for the maintenance window nightly, until 2026-11-21T22:00:00.000Z'
    ])
    assert.deepEqual(warn('2026-11-22T03:30:00Z', 5400), [
      'window-too-short: it is predicted to take 1 h 30 min, and the window is open for 30 min: phases ' +
      'that have not begun at 2026-11-22T04:00:00.000Z wait until 2026-11-22T22:00:00.000Z'
    ])
    assert.equal(warn('2026-11-21T12:00:00Z', 8 * 3600).length, 2)
  })

  test('are reported with freezes that are not over', () => {
    const federation = withText(
      'maintenanceWindows:\n  - { name: nightly, from: "22:00", to: "04:00", clusters: ' +
        '[nautilus-hub-us-west] }\nfreezes:\n  - { name: past, from: "2026-01-01", to: "2026-01-02", ' +
        'reason: it was a holiday }\n  - { name: coming, from: "2026-12-01", to: "2026-12-02", reason: it ' +
        'will be one }'
    )
    const report = windowReport(federation, at('2026-11-21T12:00:00Z'))
    assert.deepEqual(report.items.map(({ name, kind, open, next }) => [name, kind, open, next]), [[
      'nightly',
      'window',
      false,
      '2026-11-21T22:00:00.000Z'
    ], ['coming', 'freeze', false, '2026-12-01T00:00:00.000Z']])
    assert.deepEqual([report.open, report.names, report.opens], [
      false,
      ['nightly'],
      '2026-11-21T22:00:00.000Z'
    ])
    assert.deepEqual(windowReport(withText(''), at('2026-11-21T12:00:00Z')), { items: [], open: true })
  })
})
