import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type Event } from '../../../contract/event.ts'
import { ended, gapless, polled, request, until, withService } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { diagnostic } from '../../fixtures/events.ts'

suite('following', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('steady, returning, slow and polling followers, and a hundred more, see the same events', async () => {
    const runner = new ScriptedRunner(4, async (unit, { onEvents }) => {
      for (let i = 0; i < 40; i++) {
        onEvents([diagnostic(`message ${i}`, { phase: unit.phaseNumber, unit: unit.unit })])
      }
      await delay(3)
      return succeeded(unit)
    })
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 6 } }))
      const many = Array.from({ length: 100 }, () => ended(automation, id))
      const away = (async () => {
        const events: Event[] = []
        while (true) {
          // Leaves in the middle of a batch, comes back with the number of what it had last.
          const stop = new AbortController()
          const before = events.length
          for await (
            const batch of automation.follow(id, { after: events.at(-1)?.seq ?? 0, signal: stop.signal })
          ) {
            events.push(...batch.slice(0, 50))
            if (batch.length > 50 || events.length - before > 300) break
          }
          await delay(5)
          if (events.length === before) return events
        }
      })()
      const slow = (async () => {
        const events: Event[] = []
        for await (const batch of automation.follow(id, { after: 0, signal: AbortSignal.timeout(30_000) })) {
          events.push(...batch)
          await delay(60)
        }
        return events
      })()
      const { events, deployment } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      assert.ok(gapless(events) && events.length > 111 * 20)
      assert.deepEqual(await polled(automation, id, 500), events)
      assert.deepEqual(await away, events)
      assert.deepEqual(await slow, events)
      for (const one of await Promise.all(many)) assert.deepEqual(one.events, events)
      // Times rise with the numbers.
      assert.ok(events.every((event, index) => index === 0 || event.time >= (events[index - 1]?.time ?? '')))
      // Nothing is left after the end.
      assert.deepEqual((await ended(automation, id, events.length)).events, [])
    })
  })

  test('a follower of a queued deployment hears of its start, and its signal ends it', async () => {
    const held = Promise.withResolvers<void>()
    const runner = new ScriptedRunner(2, async (unit) => {
      await held.promise
      return succeeded(unit)
    })
    await withService(server, runner, async (automation) => {
      const first = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      const second = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      const stop = new AbortController()
      const quiet = (async () => {
        const events: Event[] = []
        for await (
          const batch of automation.follow(second.deployment.id, { after: 0, signal: stop.signal })
        ) events.push(...batch)
        return events
      })()
      await until(automation, first.deployment.id, 'unit.started')
      stop.abort()
      assert.deepEqual((await quiet).map((event) => event.type), ['deployment.queued'])
      held.resolve()
      await ended(automation, second.deployment.id)
    })
  })

  test('followers and drivers go on when the listening connection is cut', async () => {
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined
    }
    const runner = new ScriptedRunner(2, async (unit) => {
      await delay(10)
      return succeeded(unit)
    })
    await withService(server, runner, async (automation, url) => {
      const { deployment: { id } } = await automation.launch(
        request({ phases: { from: 1, to: 2 }, approvals: 'each-phase' })
      )
      const following = ended(automation, id)
      await until(automation, id, 'deployment.waiting')
      const admin = new pg.Client({ connectionString: url })
      await admin.connect()
      await admin.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ' +
          "'windlass-listen' AND datname = current_database()"
      )
      await automation.approve(id, { phase: 1 })
      await until(automation, id, 'deployment.waiting', { phase: 2 })
      await admin.end()
      await automation.approve(id, { phase: 2 })
      const { deployment, events } = await following
      assert.equal(deployment.status, 'succeeded')
      assert.ok(gapless(events))
      assert.equal((await automation.readiness()).ready, true)
    }, { logger })
  })
})
