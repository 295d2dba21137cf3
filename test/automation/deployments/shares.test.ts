import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type By } from '../../../automation/acts.ts'
import { type RoomBounds } from '../../../automation/deployments/room.ts'
import { type Automation } from '../../../automation/ports.ts'
import { type Actor } from '../../../contract/access.ts'
import { type Launch } from '../../../contract/launch.ts'
import { type Operation } from '../../../contract/words.ts'
import { ended, request, until, withService } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const person = (name: string): Actor => ({ subject: `corp:${name}`, name, kind: 'person' })
const by = (name: string): By => ({ actor: person(name) })
const inWorld = (world: string, operation: Operation): Launch =>
  request({ operation, phases: { from: 1, to: 1 }, rehearsal: { world, timeScale: 0, seed: 1, faults: [] } })
const launch = async (
  automation: Automation,
  world: string,
  name: string,
  operation: Operation = 'up'
): Promise<string> => (await automation.launch(inWorld(world, operation), by(name))).deployment.id

suite('shares', { timeout: 60_000 }, () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('one caller of sixty worlds delays another by one unit of each host, and no more', async () => {
    const running: (() => void)[] = []
    // One unit ends at a time, so that the runs tell the order in which hosts are given.
    const goOn = () => {
      running.shift()?.()
    }
    const runner = new ScriptedRunner(2, async (unit) => {
      await new Promise<void>((resolve) => {
        running.push(resolve)
      })
      return succeeded(unit)
    })
    await withService(server, runner, async (automation) => {
      const many: string[] = []
      for (let n = 0; n < 60; n++) many.push(await launch(automation, `many-${n}`, 'many'))
      await until(automation, many[0] ?? '', 'unit.started')
      const one = await launch(automation, 'one', 'one')
      await until(automation, one, 'deployment.started')
      const from = runner.runs.length
      const mine = () => runner.runs.slice(from).findIndex(({ unit }) => unit.deployment === one)
      for (let tries = 0; mine() < 0 && tries < 200; tries++) {
        // It asks for a host some milliseconds after its start, and nothing tells that it did.
        await new Promise((resolve) => {
          setTimeout(resolve, 100)
        })
        goOn()
      }
      const others = mine()
      assert.ok(others >= 0 && others <= 2, `${others} units of the other came first`)
      // What does not run waits in the queue, not in this process.
      const statuses = await Promise.all(many.map(async (id) => (await automation.deployment(id)).status))
      assert.ok(statuses.filter((status) => status === 'running').length <= 8)
      const timer = setInterval(() => {
        goOn()
      }, 1)
      // All that is queued is gone at once, and nothing of it begins.
      await Promise.all(many.map((id) => automation.cancel(id)))
      await Promise.all([...many, one].map((id) => ended(automation, id)))
      clearInterval(timer)
    })
  })

  test('what waits has bounds by caller and by federation, also for what is resumed', async () => {
    const held = Promise.withResolvers<void>()
    const runner = new ScriptedRunner(1, async (unit) => {
      await held.promise
      return succeeded(unit)
    })
    const room: RoomBounds = { queued: { caller: 2, federation: 3 }, worlds: { caller: 3, federation: 4 } }
    await withService(server, runner, async (automation) => {
      const full = async (of: string, work: Promise<unknown>, code = 'queue-full') => {
        await assert.rejects(work, (error: { code: string, details: { of: string }, retryable: boolean }) => {
          assert.deepEqual([error.code, error.details.of, error.retryable], [code, of, true])
          return true
        })
      }
      const first = await launch(automation, 'w', 'ann')
      await until(automation, first, 'unit.started')
      const [second, third] = [await launch(automation, 'w', 'ann'), await launch(automation, 'w', 'ann')]
      await full('caller', launch(automation, 'w', 'ann'))
      await launch(automation, 'w', 'ben')
      await full('federation', launch(automation, 'w', 'eve'))
      await automation.cancel(second)
      assert.equal((await automation.deployment(second)).status, 'canceled')
      await launch(automation, 'w', 'eve')
      await full('federation', automation.resume(second))
      await automation.cancel(third)
      assert.equal((await automation.resume(second)).status, 'queued')
      // Side by side they exceed no bound together.
      await automation.cancel(second)
      const results = await Promise.allSettled(
        Array.from({ length: 6 }, () => launch(automation, 'w', 'max'))
      )
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
      held.resolve()
    }, { room })
  })

  test('worlds have bounds, a known world and a fresh one aside', async () => {
    const runner = new ScriptedRunner(2, (unit) => succeeded(unit))
    const room: RoomBounds = { queued: { caller: 9, federation: 9 }, worlds: { caller: 2, federation: 3 } }
    await withService(server, runner, async (automation) => {
      for (
        const [world, name] of [['a', 'ann'], ['b', 'ann'], ['a', 'ann'], ['c', 'ben'], ['b', 'ben']] as const
      ) {
        await ended(automation, await launch(automation, world, name))
      }
      await assert.rejects(launch(automation, 'd', 'ann'), { code: 'worlds-full', kind: 'exhausted' })
      await assert.rejects(launch(automation, 'd', 'ben'), /has 3 worlds, and d would be one more/)
      await ended(automation, await launch(automation, 'fresh', 'ann'))
    }, { room })
  })

  test('a world that is dropped makes room, unless something is under way in it', async () => {
    const held = Promise.withResolvers<void>()
    const runner = new ScriptedRunner(2, async (unit) => {
      if (unit.operation === 'refresh') await held.promise
      return succeeded(unit)
    })
    const room: RoomBounds = { queued: { caller: 9, federation: 9 }, worlds: { caller: 2, federation: 2 } }
    await withService(server, runner, async (automation) => {
      for (const world of ['a', 'b']) await ended(automation, await launch(automation, world, 'ann'))
      const worlds = async () => (await automation.worlds({ limit: 9 })).items
      const [a, b] = await worlds()
      assert.deepEqual([a?.name, a?.federations, a?.underWay, b?.name], ['a', ['nautilus'], 0, 'b'])
      assert.ok((a?.units ?? 0) > 0 && a?.lastUsed !== undefined)
      assert.deepEqual((await automation.worlds({ limit: 1 })).next, 'a')
      assert.deepEqual((await automation.worlds({ limit: 9, federations: ['other'] })).items, [])

      const busy = await launch(automation, 'a', 'ann', 'refresh')
      await assert.rejects(automation.dropWorld('a', by('ann')), {
        code: 'world-in-use',
        details: { world: 'a', deployments: [busy] }
      })
      await assert.rejects(launch(automation, 'c', 'ann'), /windlass world drop/)
      await until(automation, busy, 'unit.started')
      await automation.cancel(busy)
      held.resolve()
      assert.equal((await ended(automation, busy)).deployment.status, 'canceled')
      await automation.dropWorld('a', by('ann'))
      assert.deepEqual((await worlds()).map(({ name }) => name), ['b'])
      assert.deepEqual(await automation.outputs('nautilus', { mode: 'rehearsal', world: 'a' }), {})
      await assert.rejects(automation.resume(busy), /its world, a, was dropped/)
      await assert.rejects(automation.dropWorld('a', by('ann')), { code: 'world-not-found' })
      const [entry] = (await automation.audit.page({ limit: 1 })).items
      assert.deepEqual([entry?.action, entry?.target, entry?.actor?.name, entry?.before], [
        'world.dropped',
        { kind: 'world', id: 'a' },
        'ann',
        { federations: ['nautilus'], units: a?.units }
      ])
      await ended(automation, await launch(automation, 'c', 'ann'))
    }, { room })
  })
})
