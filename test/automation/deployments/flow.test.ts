import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { HostLostError } from '../../../automation/stacks/types.ts'
import { ended, gapless, request, unitsOf, until, withService } from '../../fixtures/automation/harness.ts'
import {
  failed,
  ScriptedRunner,
  succeeded,
  untilAborted,
  type Script
} from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { about, diagnostic } from '../../fixtures/events.ts'

const primary = 'nautilus-primary-us-east'

suite('the course of a deployment', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test(
    'a unit that fails stops what depends on it and the phases after, with reasons; the rest of its phase ' +
      'finishes',
    async () => {
      const broken = `infrastructure.${primary}`
      const runner = new ScriptedRunner(4, (unit) => unit.unit === broken ? failed(false) : succeeded(unit))
      await withService(server, runner, async (automation) => {
        const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 3 } }))
        const { deployment, events } = await ended(automation, id)
        assert.equal(deployment.status, 'failed')
        assert.equal(deployment.error?.unit, broken)
        assert.match(
          deployment.error?.message ?? '',
          /infrastructure\.nautilus-primary-us-east failed: the cloud said no/
        )
        assert.deepEqual(deployment.phases.map((phase) => phase.status), ['succeeded', 'failed', 'skipped'])
        const units = await unitsOf(automation, id)
        const infrastructure = [...units.values()].filter((unit) => unit.phase === 2)
        assert.deepEqual(
          infrastructure.filter((unit) => unit.status !== 'succeeded').map((unit) => unit.id),
          [
            broken
          ]
        )
        const later = [...units.values()].filter((unit) => unit.phase === 3)
        assert.ok(
          later.length > 0 && later.every((unit) => unit.status === 'skipped' && unit.reason !== undefined)
        )
        const direct = later.filter((unit) => unit.dependsOn.includes(broken))
        assert.ok(direct.length > 0)
        for (const unit of direct) {
          assert.match(
            unit.reason ?? '',
            /^infrastructure\.nautilus-primary-us-east, on which it depends, failed$/
          )
        }
        assert.ok(later.some((unit) => /^phase 2 did not succeed$/.test(unit.reason ?? '')))
        assert.ok(gapless(events))
        assert.equal(events.at(-1)?.type, 'deployment.failed')
      })
    }
  )

  test('a resume runs what has not succeeded and nothing else, under the same id', async () => {
    const broken = `infrastructure.${primary}`
    let repaired = false
    const runner = new ScriptedRunner(
      4,
      (unit) => unit.unit === broken && !repaired ? failed(false) : succeeded(unit)
    )
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 3 } }))
      const first = await ended(automation, id)
      const before = new Set(
        (await unitsOf(automation, id)).values().filter((unit) => unit.status === 'succeeded').map((unit) =>
          unit.id
        )
      )
      runner.runs.length = 0
      repaired = true
      const resumedAt = new Date().toISOString()
      assert.equal((await automation.resume(id)).id, id)
      const { deployment, events } = await ended(automation, id, first.deployment.lastEvent)
      assert.equal(deployment.status, 'succeeded')
      assert.equal(deployment.error, undefined)
      assert.equal(events[0]?.type, 'deployment.resumed')
      assert.deepEqual(runner.order.filter((unit) => before.has(unit)), [])
      const { attempt, startedAt } = await automation.unit(id, broken)
      assert.equal(attempt, 2)
      assert.ok((startedAt ?? '') >= resumedAt, "the pause before the resume was nobody's work")
      assert.ok(gapless([...first.events, ...events]))
      // A follower from the start passes the first end and stops at the second.
      assert.deepEqual((await ended(automation, id)).events, [...first.events, ...events])
      await assert.rejects(automation.resume(id), { code: 'wrong-status' })
    })
  })

  test('a retryable failure is tried again and told; after four it stays failed', async () => {
    const [shaky, hopeless] = ['prerequisites.gcp', 'prerequisites.aws']
    const runner = new ScriptedRunner(
      4,
      (unit) =>
        unit.unit === hopeless || (unit.unit === shaky && unit.attempt < 3)
          ? failed(true, 'throttled')
          : succeeded(unit)
    )
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      const { events } = await ended(automation, id)
      const of = (unit: string): string[] => about(events, unit).map((event) => event.type)
      const units = await unitsOf(automation, id)
      assert.deepEqual(of(shaky), [
        'unit.started',
        'unit.retrying',
        'unit.started',
        'unit.retrying',
        'unit.started',
        'unit.succeeded'
      ])
      assert.deepEqual(of(hopeless), [
        'unit.started',
        'unit.retrying',
        'unit.started',
        'unit.retrying',
        'unit.started',
        'unit.retrying',
        'unit.started',
        'unit.failed'
      ])
      // Every attempt's changes count.
      assert.equal(units.get(hopeless)?.resourceChanges.create, 4)
    })
  })

  test('a lost host interrupts the unit, which settles first; three in a row fail it', async () => {
    const [once, always, hungry] = ['prerequisites.aws', 'prerequisites.gcp', 'prerequisites.azure']
    const runner = new ScriptedRunner(4, (unit) => {
      if (unit.unit === always || (unit.unit === once && unit.attempt === 1)) {
        throw new HostLostError('exited', 'exit code 1')
      }
      if (unit.unit === hungry) throw new HostLostError('out-of-memory', 'it used 1100 MiB of 1024')
      return succeeded(unit)
    })
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      const { events } = await ended(automation, id)
      const of = (unit: string): string[] => about(events, unit).map((event) => event.type)
      assert.deepEqual(of(once), ['unit.started', 'unit.interrupted', 'unit.started', 'unit.succeeded'])
      assert.deepEqual(runner.runs.filter((run) => run.unit.unit === once).map((run) => run.unit.settle), [
        false,
        true
      ])
      assert.deepEqual(of(always), [
        'unit.started',
        'unit.interrupted',
        'unit.started',
        'unit.interrupted',
        'unit.started',
        'unit.failed'
      ])
      assert.equal((await automation.unit(id, always)).error?.code, 'host-lost')
      assert.deepEqual(of(hungry), ['unit.started', 'unit.interrupted', 'unit.started', 'unit.failed'])
      assert.equal((await automation.unit(id, hungry)).error?.code, 'out-of-memory')
      const fences = runner.runs.filter((run) => run.unit.unit === always).map((run) => run.unit.fence)
      assert.deepEqual(fences, fences.toSorted((a, b) => a - b))
      assert.equal(new Set(fences).size, 3)
    })
  })

  test('no more units run at once than the deployment, a cloud and the hosts allow', async () => {
    // The first `count` units stay until all of them are there: only if so many really run at once
    // does anything go on.
    const gathering = (count: number): Script => {
      let arrived = 0
      const all = Promise.withResolvers<undefined>()
      return async (unit) => {
        if (++arrived === count) all.resolve(undefined)
        if (arrived <= count) await all.promise
        return succeeded(unit)
      }
    }
    const runner = new ScriptedRunner(6, gathering(3))
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(
        request({ phases: { from: 1, to: 2 }, parallelism: 3 })
      )
      await ended(automation, id)
      assert.equal(runner.most, 3)
      // Two worlds side by side share the hosts.
      runner.most = 0
      runner.script = gathering(6)
      const both = await Promise.all(
        ['a', 'b'].map((world) =>
          automation.launch(
            request({ phases: { from: 1, to: 2 }, rehearsal: { world, timeScale: 0, seed: 1, faults: [] } })
          )
        )
      )
      await Promise.all(both.map(({ deployment }) => ended(automation, deployment.id)))
      assert.equal(runner.most, 6)
      assert.deepEqual(runner.doubled, [])
    })
  })

  test('pipelined: a unit starts once its dependencies succeeded, before the phase ends', async () => {
    const held = Promise.withResolvers<void>()
    const slow = 'infrastructure.nautilus-analytics-us'
    const runner = new ScriptedRunner(8, async (unit) => {
      if (unit.unit === slow) await held.promise
      return succeeded(unit)
    })
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(
        request({ phases: { from: 1, to: 3 }, ordering: 'pipelined' })
      )
      try {
        await until(automation, id, 'unit.started', { phase: 3 })
        // Phase 2 cannot be over: one of its units is held.
        assert.notEqual((await automation.unit(id, slow)).status, 'succeeded')
      } finally {
        held.resolve()
      }
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      assert.deepEqual(deployment.phases.map((phase) => phase.status), [
        'succeeded',
        'succeeded',
        'succeeded'
      ])
      const seqOf = (type: string, unit: string): number =>
        about(events, unit).find((event) => event.type === type)?.seq ?? NaN
      for (const unit of (await unitsOf(automation, id)).values()) {
        for (const dependency of unit.dependsOn) {
          assert.ok(
            seqOf('unit.succeeded', dependency) < seqOf('unit.started', unit.id),
            `${unit.id} after ${dependency}`
          )
        }
      }
    })
  })

  test('a program gets outputs with secret values; the API hides the values', async () => {
    const runner = new ScriptedRunner(4)
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 2 } }))
      await ended(automation, id)
      const run = runner.runs.find(({ unit }) =>
        unit.phaseNumber === 2 && Object.keys(unit.upstream).length > 0
      )?.unit
      assert.ok(run)
      const [upstream, values] = Object.entries(run.upstream)[0] ?? []
      assert.deepEqual(values, {
        name: { value: upstream, secret: false },
        key: { value: `key of ${upstream}`, secret: true }
      })
      const unit = await automation.unit(id, upstream ?? '')
      assert.deepEqual(unit.outputs, { name: upstream, key: { secret: true } })
      const outputs = await automation.outputs('nautilus', { mode: 'rehearsal' })
      assert.deepEqual(outputs[upstream ?? ''], { name: upstream, key: { secret: true } })
      assert.deepEqual(await automation.outputs('nautilus', { mode: 'rehearsal', world: 'other' }), {})
      // Rehearsed secrets stay the same from unit to unit.
      assert.deepEqual(new Set(runner.runs.map(({ unit: { secrets } }) => JSON.stringify(secrets))).size, 1)
    })
  })

  test('a program that floods the log is stopped and fails; stored events stay whole', async () => {
    const flooding = 'prerequisites.aws'
    const runner = new ScriptedRunner(4, async (unit, { signal, onEvents }) => {
      if (unit.unit !== flooding) return succeeded(unit)
      for (let batch = 0; batch < 25; batch++) {
        onEvents(
          Array.from(
            { length: 1000 },
            () => diagnostic('x', { phase: 1, unit: unit.unit })
          )
        )
      }
      return await untilAborted(signal)
    })
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      const { events } = await ended(automation, id)
      assert.ok(gapless(events))
      const { error, status } = await automation.unit(id, flooding)
      assert.deepEqual([status, error?.code], ['failed', 'event-flood'])
    })
  })
})
