/** Traces of requests, and that a service without a receiver makes and loads none. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test, type TestContext } from 'node:test'
import { activeTrace, openTracing } from '../../automation/index.ts'
import { type Problem } from '../../contract/problem.ts'
import { startOtlpReceiver } from '../fixtures/otlp-receiver.ts'
import { MemoryAutomation } from '../fixtures/server/memory-automation.ts'
import { startServer } from '../fixtures/server/server.ts'

const caller = '4bf92f3577b34da6a3ce929d0e0e4736'
const body = { federation: 'nautilus', operation: 'up' }

test('without a receiver there are no spans or trace ids, and no SDK is loaded', async (context) => {
  await import('../../server/service.ts')
  const { call, lines } = await startServer(context)
  const refused = await call('GET', '/v1/federations/none', {
    headers: { traceparent: `00-${caller}-00f067aa0ba902b7-01` }
  })
  assert.equal((refused.body as Problem).traceId, undefined)
  assert.deepEqual(lines.filter((line) => 'trace_id' in line), [])
  const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) =>
    /@opentelemetry\/(sdk|exporter|otlp|semantic)/.test(file)
  )
  assert.deepEqual(loaded, [])
})

/** The application over memory with traces, and the context under which it launched. */
async function startTraced (context: TestContext) {
  const receiver = await startOtlpReceiver()
  context.after(() => receiver.close())
  Object.assign(process.env, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '20' })
  const tracing = await openTracing({ version: '0.0.0', warn: () => undefined, count: () => undefined })
  context.after(() => tracing.close())
  const automation = new MemoryAutomation()
  const launch = automation.launch.bind(automation)
  const under: unknown[] = []
  automation.launch = async (...given) => {
    under.push(activeTrace())
    return await launch(...given)
  }
  return { ...await startServer(context, { automation, tracing }), receiver, under }
}

test(
  "a request's span continues its caller's trace, and a launched deployment continues the span",
  async (context) => {
    const { call, receiver, lines, under } = await startTraced(context)
    assert.equal(
      (await call('POST', '/v1/deployments?token=hunter2', {
        body,
        headers: { traceparent: `00-${caller}-00f067aa0ba902b7-01` }
      })).status,
      202
    )
    const span = await receiver.until(({ name }) => name === 'POST /v1/deployments')
    assert.deepEqual([span.traceId, span.parent, span.kind, span.error], [
      caller,
      '00f067aa0ba902b7',
      2,
      undefined
    ])
    assert.deepEqual([
      span.attributes['http.request.method'],
      span.attributes['http.route'],
      span.attributes['url.path'],
      span.attributes['http.response.status_code']
    ], ['POST', '/v1/deployments', '/v1/deployments', 202])
    assert.deepEqual(under, [{ traceId: caller, spanId: span.spanId, sampled: true }])
    // The handler's line and the request's own.
    for (const msg of ['launched', 'request']) {
      assert.deepEqual(
        lines.filter((line) => line['msg'] === msg).map((line) => [line['trace_id'], line['span_id']]),
        [[caller, span.spanId]]
      )
    }
    assert.doesNotMatch(receiver.bodies.join(''), /hunter2/)
  }
)

test('unsampled traces of callers are not kept; a malformed traceparent is ignored', async (context) => {
  const { call, receiver, under } = await startTraced(context)
  await call('POST', '/v1/deployments', {
    body,
    headers: { traceparent: `00-${caller}-00f067aa0ba902b7-00` }
  })
  assert.deepEqual((under[0] as { traceId: string, sampled: boolean }).sampled, false)
  await call('GET', '/v1/federations', { headers: { traceparent: 'garbage' } })
  const span = await receiver.until(({ name }) => name === 'GET /v1/federations')
  assert.equal(span.parent, undefined)
  assert.notEqual(span.traceId, caller)
  assert.equal(receiver.spans.some(({ name }) => name.startsWith('POST')), false)
})

test('problems name their trace; only failures of the service are errors of the span', async (context) => {
  const { call, receiver, automation } = await startTraced(context)
  const missing = await call('GET', '/v1/nowhere')
  const mistake = await receiver.until(({ name, attributes }) =>
    name === 'GET' && attributes['http.response.status_code'] === 404
  )
  assert.equal((missing.body as Problem).traceId, mistake.traceId)
  assert.equal(mistake.error, undefined)
  automation.failure = new Error('broken')
  assert.equal((await call('GET', '/v1/federations')).status, 500)
  const failure = await receiver.until(({ name }) => name === 'GET /v1/federations')
  assert.deepEqual([failure.error, failure.attributes['error.type']], ['answered 500', 'http-internal'])
})

test('probes, scrapes and polls make spans only for callers who trace them', async (context) => {
  const { call, receiver } = await startTraced(context)
  for (const path of ['/healthz', '/readyz', '/metrics', '/v1/deployments']) await call('GET', path)
  await call('GET', '/healthz', { headers: { traceparent: `00-${caller}-00f067aa0ba902b7-01` } })
  await receiver.until(({ traceId }) => traceId === caller)
  assert.deepEqual(receiver.spans.map(({ name }) => name), ['GET /healthz'])
})
