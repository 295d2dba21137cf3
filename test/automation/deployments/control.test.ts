import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { ended, gapless, request, unitsOf, until, withService } from '../../fixtures/automation/harness.ts'
import { failed, ScriptedRunner, succeeded, untilAborted } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const small = request({ phases: { from: 1, to: 2 } })
const types = (events: readonly { type: string }[]): string[] => events.map((event) => event.type)

suite('cancel, approve and reject', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('a queued deployment is canceled at once, and its lane goes on without it', async () => {
    const held = Promise.withResolvers<void>()
    const runner = new ScriptedRunner(4, async (unit) => {
      await held.promise
      return succeeded(unit)
    })
    await withService(server, runner, async (automation) => {
      const first = await automation.launch(small)
      const second = await automation.launch(small)
      const third = await automation.launch(small)
      await until(automation, first.deployment.id, 'unit.started')
      assert.deepEqual([
        (await automation.deployment(second.deployment.id)).position,
        (await automation.deployment(third.deployment.id)).position
      ], [1, 2])
      const canceled = await automation.cancel(second.deployment.id)
      assert.equal(canceled.status, 'canceled')
      assert.equal((await automation.deployment(third.deployment.id)).position, 1)
      assert.ok(
        [...(await unitsOf(automation, second.deployment.id)).values()].every((unit) =>
          unit.status === 'canceled'
        )
      )
      held.resolve()
      assert.equal((await ended(automation, third.deployment.id)).deployment.status, 'succeeded')
      assert.equal(runner.runs.filter((run) => run.unit.deployment === second.deployment.id).length, 0)
      await assert.rejects(automation.cancel(third.deployment.id), { code: 'wrong-status', kind: 'conflict' })
    })
  })

  test(
    'canceling a running deployment aborts what runs, starts nothing more and ends as canceled; a resume ' +
      'finishes it',
    async () => {
      let stuck = true
      const runner = new ScriptedRunner(
        2,
        (unit, { signal }) => stuck && unit.phaseNumber === 2 ? untilAborted(signal) : succeeded(unit)
      )
      await withService(server, runner, async (automation) => {
        const { deployment: { id } } = await automation.launch({ ...small, phases: { from: 1, to: 3 } })
        await until(automation, id, 'unit.started', { phase: 2 })
        assert.equal((await automation.cancel(id)).status, 'canceling')
        const { deployment, events } = await ended(automation, id)
        assert.equal(deployment.status, 'canceled')
        // The third never began: it is over too.
        assert.deepEqual(deployment.phases.map((phase) => phase.status), [
          'succeeded',
          'canceled',
          'canceled'
        ])
        assert.equal(
          events.findIndex((event) =>
            event.type === 'unit.started' &&
            event.seq > (events.find((other) => other.type === 'deployment.canceling')?.seq ?? 0)
          ),
          -1
        )
        assert.ok(gapless(events))
        const units = [...(await unitsOf(automation, id)).values()]
        assert.ok(units.every((unit) => unit.status === (unit.phase === 1 ? 'succeeded' : 'canceled')))
        // Again: nothing happens.
        assert.equal((await automation.cancel(id)).lastEvent, deployment.lastEvent)
        stuck = false
        runner.runs.length = 0
        await automation.resume(id)
        assert.equal((await ended(automation, id, deployment.lastEvent)).deployment.status, 'succeeded')
        assert.ok(runner.runs.every((run) => run.unit.phaseNumber >= 2))
      })
    }
  )

  test('a unit that finishes in spite of the cancel keeps its result', async () => {
    const runner = new ScriptedRunner(1, async (unit, { signal }) => {
      await untilAborted(signal)
      return succeeded(unit)
    })
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(small)
      await until(automation, id, 'unit.started')
      await automation.cancel(id)
      const { deployment } = await ended(automation, id)
      assert.equal(deployment.status, 'canceled')
      assert.equal(deployment.phases[0]?.units.succeeded, 1)
      assert.equal(Object.keys(await automation.outputs('nautilus', { mode: 'rehearsal' })).length, 1)
    })
  })

  test('each phase waits for its approval, which must name it', async () => {
    const runner = new ScriptedRunner(8)
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch({ ...small, approvals: 'each-phase' })
      const gate = await until(automation, id, 'deployment.waiting')
      assert.equal(gate.phase, 1)
      const waiting = await automation.deployment(id)
      assert.deepEqual([waiting.status, waiting.phases[0]?.status, runner.runs.length], [
        'waiting',
        'waiting',
        0
      ])
      await assert.rejects(automation.approve(id, { phase: 2 }), { code: 'wrong-status' })
      await automation.approve(id, { phase: 1, comment: 'go' })
      await until(automation, id, 'deployment.waiting', { phase: 2 })
      assert.ok(runner.runs.every((run) => run.unit.phaseNumber === 1))
      await automation.approve(id, { phase: 2 })
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      assert.deepEqual(types(events.filter((event) => /^(deployment|phase)/.test(event.type))), [
        'deployment.queued',
        'deployment.started',
        'deployment.waiting',
        'deployment.approved',
        'phase.started',
        'phase.succeeded',
        'deployment.waiting',
        'deployment.approved',
        'phase.started',
        'phase.succeeded',
        'deployment.succeeded'
      ])
      assert.equal(events.find((event) => event.type === 'deployment.approved')?.comment, 'go')
      await assert.rejects(automation.approve(id, { phase: 2 }), { code: 'wrong-status' })
    })
  })

  test('a rejected phase fails the deployment; a resume waits again and can be canceled', async () => {
    const runner = new ScriptedRunner(8)
    await withService(server, runner, async (automation) => {
      const [alice, bob] = ['alice', 'bob'].map((name) => ({
        subject: `corp:${name}`,
        name,
        kind: 'person' as const
      }))
      const { deployment: { id, launchedBy } } = await automation.launch({
        ...small,
        approvals: 'each-phase'
      }, { actor: alice })
      assert.deepEqual(launchedBy, alice)
      await until(automation, id, 'deployment.waiting')
      await automation.approve(id, { phase: 1 }, { actor: bob })
      await until(automation, id, 'deployment.waiting', { phase: 2 })
      const rejected = await automation.reject(id, { phase: 2, comment: 'not today' }, { actor: bob })
      assert.deepEqual([rejected.status, rejected.error?.code], ['failed', 'rejected'])
      assert.match(rejected.error?.message ?? '', /not today/)
      const { events } = await ended(automation, id)
      const from = events.findIndex((event) => event.type === 'deployment.rejected')
      assert.equal(types(events).at(-1), 'deployment.failed')
      assert.deepEqual(
        events.flatMap((event) => 'actor' in event ? [[event.type, event.actor]] : []),
        [['deployment.queued', alice], ['deployment.approved', bob], ['deployment.rejected', bob]]
      )
      assert.ok(
        events.slice(from + 1, -1).every((event) =>
          event.type === 'unit.skipped' || event.type === 'phase.failed'
        )
      )
      await automation.resume(id)
      const again = await until(automation, id, 'deployment.waiting', { after: events.length })
      assert.equal(again.phase, 2)
      await automation.cancel(id)
      assert.equal((await ended(automation, id, events.length)).deployment.status, 'canceled')
      assert.ok(runner.runs.every((run) => run.unit.phaseNumber === 1))
    })
  })

  test('what does not exist is not found, of whatever form', async () => {
    await withService(server, new ScriptedRunner(1), async (automation) => {
      for (const id of ['nothing', '../x', '']) {
        for (
          const call of [
            () => automation.deployment(id),
            () => automation.cancel(id),
            () => automation.resume(id),
            () => automation.approve(id, { phase: 1 }),
            () => automation.units(id, { limit: 1 }),
            () => automation.events(id, { after: 0, limit: 1 }),
            () => ended(automation, id)
          ]
        ) {
          await assert.rejects(call, { code: 'deployment-not-found', kind: 'not-found' })
        }
      }
      await assert.rejects(automation.launch(request({ federation: 'atlantis' })), {
        code: 'federation-not-found'
      })
      await assert.rejects(automation.outputs('atlantis', { mode: 'rehearsal' }), {
        code: 'federation-not-found'
      })
      await assert.rejects(automation.stackState('nautilus', 'nautilus.x', { mode: 'rehearsal' }), {
        code: 'stack-not-found'
      })
      const { deployment: { id } } = await automation.launch(small)
      await assert.rejects(automation.unit(id, 'mesh.nowhere'), { code: 'unit-not-found' })
      await ended(automation, id)
    })
  })

  test('an error of the runner itself fails the unit, and the deployment is not left hanging', async () => {
    const runner = new ScriptedRunner(4, (unit) => {
      if (unit.unit === 'prerequisites.aws') throw new TypeError('a defect')
      return unit.unit === 'prerequisites.gcp' ? failed(false) : succeeded(unit)
    })
    const errors: string[] = []
    const quiet = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (_fields: Record<string, unknown>, message: string) => {
        errors.push(message)
      }
    }
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      const { deployment } = await ended(automation, id)
      assert.equal(deployment.status, 'failed')
      assert.equal((await automation.unit(id, 'prerequisites.aws')).error?.code, 'internal')
      assert.ok(errors.includes('the unit runner failed'))
    }, { logger: quiet })
  })
})
