/**
 * The exporter, against a receiver over HTTP. The variables are this process's own: node:test runs
 * each file in one.
 */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { activeTrace, newSpanId, spanTime, underTrace } from '../../../automation/tracing/context.ts'
import { openTracing } from '../../../automation/tracing/open.ts'
import { startOtlpReceiver } from '../../fixtures/otlp-receiver.ts'

const root = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true }

/** Traces with these variables, and what they told. */
async function tracingWith (context: TestContext, variables: Record<string, string>) {
  Object.assign(process.env, { OTEL_BSP_SCHEDULE_DELAY: '20', ...variables })
  context.after(() => {
    for (const name of Object.keys(process.env)) {
      if (name.startsWith('OTEL_')) Reflect.deleteProperty(process.env, name)
    }
  })
  const warnings: { fields: Record<string, unknown>, message: string }[] = []
  const counts = { exported: 0, dropped: 0 }
  const tracing = await openTracing({
    version: '1.2.3',
    warn: (fields, message) => {
      warnings.push({ fields, message })
    },
    count: (result, spans) => {
      counts[result] += spans
    }
  })
  return { tracing, warnings, counts }
}
const record = () => ({
  traceId: root.traceId,
  spanId: newSpanId(),
  parent: root.spanId,
  name: 'one',
  kind: 'internal' as const,
  start: spanTime() - 5,
  end: spanTime(),
  attributes: {}
})

test(
  'spans arrive with their ids, times, errors and links, under the names that the variables give, with the ' +
    'headers that they ask for',
  async (context) => {
    const receiver = await startOtlpReceiver()
    context.after(() => receiver.close())
    const { tracing, counts } = await tracingWith(context, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=hunter2',
      OTEL_SERVICE_NAME: 'blue',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging'
    })
    const started = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
    // Long before this process was started: the SDK takes small numbers for times since then.
    tracing.emit({
      ...record(),
      spanId: 'b'.repeat(16),
      name: 'long',
      start: started,
      end: started + 90_000,
      attributes: { attempt: 2, cloud: 'aws' },
      error: { code: 'resource-failed', message: 'no' },
      links: [{ ...root, spanId: 'c'.repeat(16) }]
    })
    await assert.rejects(
      underTrace(root, () =>
        tracing.within('launch', { federation: 'nautilus' }, async () => {
          assert.equal(activeTrace()?.traceId, root.traceId)
          assert.notEqual(activeTrace()?.spanId, root.spanId)
          throw Object.assign(new Error('refused'), { code: 'request-invalid' })
        })),
      /refused/
    )
    const alone = tracing.start('POST /v1/deployments', { kind: 'server' })
    alone.end()
    alone.end()
    await tracing.close()

    const long = receiver.spans.find(({ name }) => name === 'long')
    assert.deepEqual([
      long?.traceId,
      long?.spanId,
      long?.parent,
      long?.error,
      long?.links.map(({ spanId }) => spanId)
    ], [root.traceId, 'b'.repeat(16), root.spanId, 'no', ['c'.repeat(16)]])
    assert.deepEqual([long?.start, long?.end], [
      BigInt(started) * 1_000_000n,
      BigInt(started + 90_000) * 1_000_000n
    ])
    assert.deepEqual(long?.attributes, { attempt: 2, cloud: 'aws', 'error.type': 'resource-failed' })
    assert.deepEqual([
      long?.resource['service.name'],
      long?.resource['service.version'],
      long?.resource['deployment.environment.name']
    ], ['blue', '1.2.3', 'staging'])
    const launch = receiver.spans.find(({ name }) => name === 'launch')
    assert.deepEqual([launch?.parent, launch?.error, launch?.attributes['error.type']], [
      root.spanId,
      'refused',
      'request-invalid'
    ])
    const server = receiver.spans.filter(({ name }) => name.startsWith('POST'))
    assert.deepEqual(server.map(({ parent, kind }) => [parent, kind]), [[undefined, 2]])
    assert.equal(receiver.headers[0]?.['x-api-key'], 'hunter2')
    assert.deepEqual(counts, { exported: 3, dropped: 0 })
  }
)

test('what nobody keeps is not sent, by the caller or by the sampler', async (context) => {
  const receiver = await startOtlpReceiver()
  context.after(() => receiver.close())
  const one = await tracingWith(context, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
  const span = one.tracing.start('GET /v1/deployments', { parent: { ...root, sampled: false } })
  assert.deepEqual([span.context.sampled, span.context.traceId], [false, root.traceId])
  span.end()
  await one.tracing.close()
  const other = await tracingWith(context, {
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0'
  })
  assert.equal(other.tracing.start('GET /v1/deployments').context.sampled, false)
  await other.tracing.close()
  assert.deepEqual([receiver.spans.length, one.counts, other.counts], [0, { exported: 0, dropped: 0 }, {
    exported: 0,
    dropped: 0
  }])
})

test(
  'a receiver that is away costs a counted drop and one warning, which says nothing of the headers; it is ' +
    'warned of again once it was back',
  async (context) => {
    const receiver = await startOtlpReceiver()
    context.after(() => receiver.close())
    const { tracing, warnings, counts } = await tracingWith(context, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=hunter2',
      OTEL_EXPORTER_OTLP_TIMEOUT: '300'
    })
    const emitted = async (result: 'exported' | 'dropped', count: number) => {
      tracing.emit(record())
      while (counts[result] < count) {
        await new Promise((resolve) => {
          setTimeout(resolve, 5)
        })
      }
    }
    receiver.status = 400
    await emitted('dropped', 1)
    await emitted('dropped', 2)
    assert.equal(warnings.length, 1)
    receiver.status = 200
    await emitted('exported', 1)
    receiver.status = 400
    await emitted('dropped', 3)
    assert.equal(warnings.length, 2)
    assert.match(warnings[0]?.message ?? '', /were dropped: the receiver at OTEL_EXPORTER_OTLP_ENDPOINT/)
    assert.doesNotMatch(JSON.stringify(warnings), /hunter2/)
    await tracing.close()
  }
)

test(
  'no more spans wait than the queue holds, and closing waits for a silent receiver no longer than its ' +
    'bound',
  async (context) => {
    // It takes connections and never answers.
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve)
    })
    context.after(() => {
      silent.closeAllConnections()
      silent.close()
    })
    const { tracing, warnings, counts } = await tracingWith(context, {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      OTEL_BSP_MAX_QUEUE_SIZE: '10',
      OTEL_EXPORTER_OTLP_TIMEOUT: '6000'
    })
    for (let n = 0; n < 25; n++) tracing.emit(record())
    assert.deepEqual(counts, { exported: 0, dropped: 15 })
    await tracing.close()
    assert.deepEqual(counts, { exported: 0, dropped: 25 })
    assert.equal(warnings.length, 1)
  }
)
