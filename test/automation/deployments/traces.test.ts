/** Spans of deployments: scripted units, a real database and receiver. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { openTracing, type Tracing } from '../../../automation/index.ts'
import { ended, request, until, withService } from '../../fixtures/automation/harness.ts'
import { failed, ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { above, type OtlpReceiver, startOtlpReceiver } from '../../fixtures/otlp-receiver.ts'

const one = request({ phases: { from: 1, to: 2 }, clusters: ['nautilus-primary-us-east'] })

suite('traces of deployments', () => {
  let server: TestServer
  let receiver: OtlpReceiver
  let tracing: Tracing
  before(async () => {
    server = await startDatabase()
    receiver = await startOtlpReceiver()
    Object.assign(process.env, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '20' })
    tracing = await openTracing({ version: '0.0.0', warn: () => undefined, count: () => undefined })
  })
  after(async () => {
    await tracing.close()
    await receiver.close()
    await server.close()
  })

  test(
    'a deployment is one trace from its launch to each attempt; a resume is a trace of its own, linked to ' +
      'it',
    async () => {
      let broken = true
      const runner = new ScriptedRunner(
        2,
        (unit) => broken && unit.phaseNumber === 2 ? failed(false, 'the cloud said no') : succeeded(unit)
      )
      await withService(server, runner, async (automation) => {
        const { deployment: { id } } = await automation.launch(one)
        const first = await ended(automation, id)
        assert.equal(first.deployment.status, 'failed')
        const whole = await receiver.until(({ name, attributes }) =>
          name === 'deployment up' && attributes['windlass.deployment'] === id
        )
        const attempt = await receiver.until(({ name }) => name === 'unit infrastructure')
        assert.deepEqual(above(receiver.spans, attempt).map(({ name }) => name), [
          'unit infrastructure',
          'phase infrastructure',
          'deployment up',
          'launch'
        ])
        assert.deepEqual([
          attempt.error,
          attempt.attributes['error.type'],
          attempt.attributes['windlass.result'],
          attempt.attributes['windlass.attempt']
        ], ['the cloud said no', 'resource-failed', 'failed', 1])
        assert.deepEqual([
          whole.attributes['windlass.result'],
          whole.attributes['error.type'],
          whole.attributes['windlass.federation']
        ], ['failed', 'resource-failed', 'nautilus'])
        const inside = receiver.spans.filter(({ traceId }) => traceId === whole.traceId)
        for (const span of inside) {
          if (span.name !== 'launch') {
            assert.ok(span.start >= whole.start && span.end <= whole.end + 1_000_000_000n, span.name)
          }
        }
        // The runner got the attempt's span to hand on.
        assert.equal(
          runner.runs.find(({ unit }) => unit.phaseNumber === 2)?.unit.trace?.spanId,
          attempt.spanId
        )

        broken = false
        await automation.resume(id)
        assert.equal((await ended(automation, id, first.deployment.lastEvent)).deployment.status, 'succeeded')
        const again = await receiver.until(({ name, attributes }) =>
          name === 'deployment up' && attributes['windlass.run'] === 2
        )
        assert.notEqual(again.traceId, whole.traceId)
        assert.deepEqual(again.links.map(({ traceId, spanId }) => [traceId, spanId]), [[
          whole.traceId,
          whole.spanId
        ]])
        assert.deepEqual(above(receiver.spans, again).map(({ name }) => name), ['deployment up', 'resume'])
        const repaired = await receiver.until(({ name, traceId }) =>
          name === 'phase infrastructure' && traceId === again.traceId
        )
        assert.equal(repaired.parent, again.spanId)
        assert.ok(repaired.start >= again.start)
      }, { tracing })
    }
  )

  test('one that is canceled in its queue, and one whose gate is rejected, end their spans too', async () => {
    const held = Promise.withResolvers<void>()
    const runner = new ScriptedRunner(2, async (unit) => {
      await held.promise
      return succeeded(unit)
    })
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(one)
      const queued = await automation.launch(one)
      await automation.cancel(queued.deployment.id)
      const canceled = await receiver.until(({ attributes }) =>
        attributes['windlass.deployment'] === queued.deployment.id &&
        attributes['windlass.result'] === 'canceled' && attributes['windlass.phase'] === undefined
      )
      assert.equal(canceled.error, undefined)
      held.resolve()
      await ended(automation, id)
      const { deployment: gated } = await automation.launch({ ...one, approvals: 'each-phase' })
      await until(automation, gated.id, 'deployment.waiting')
      await automation.reject(gated.id, { phase: 1, comment: 'not today' })
      const rejected = await receiver.until(({ name, attributes }) =>
        name === 'deployment up' && attributes['windlass.deployment'] === gated.id
      )
      const gate = await receiver.until(({ name, traceId }) =>
        name === 'gate' && traceId === rejected.traceId
      )
      assert.deepEqual([gate.parent, gate.attributes['windlass.phase'], gate.attributes['windlass.result']], [
        rejected.spanId,
        1,
        'rejected'
      ])
      assert.deepEqual([rejected.attributes['error.type'], rejected.error], [
        'rejected',
        'phase 1 was rejected: not today'
      ])
    }, { tracing })
  })
})
