/**
 * The service as its operators see it: one trace from a caller to the clouds, across its process,
 * the unit host's, and a kill of both; and a real Prometheus.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Deployment } from '../../contract/deployment.ts'
import { call, ended, run, until } from '../fixtures/client.ts'
import { holdJournal } from '../fixtures/held-journal.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { above, type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../fixtures/otlp-receiver.ts'
import { startPrometheus } from '../fixtures/prometheus.ts'
import { repository, type Service } from '../fixtures/service.ts'
import { expressionsAsRules } from '../validity/dashboards.ts'
import { without } from '../validity/prometheus-tools.ts'

const caller = '4bf92f3577b34da6a3ce929d0e0e4736'

suite('a service that is watched', { timeout: 300_000 }, () => {
  const lines: string[] = []
  let installation: Installation
  let receiver: OtlpReceiver
  let service: Service
  before(async () => {
    receiver = await startOtlpReceiver()
    installation = await makeInstallation({
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer hunter2hunter2',
        OTEL_BSP_SCHEDULE_DELAY: '50',
        WINDLASS_WORKERS: '1'
      },
      onLine: (line) => {
        lines.push(line)
      }
    })
    service = await installation.start()
  })
  after(async () => {
    await installation?.close()
    await receiver?.close()
  })

  test('a rehearsal over a kill -9 is one trace, from the request to the calls of providers', async () => {
    // Every resource needs the provider, whose write is held: the kill falls before the first call
    // that creates anything.
    const held = await holdJournal(await installation.databaseUrl(), 'pulumi:providers:aws')
    const { body: { id } } = await call<Deployment>(service.url, 'POST', '/v1/deployments', {
      federation: 'nautilus',
      operation: 'up',
      phases: { from: 1, to: 1 },
      clusters: ['nautilus-primary-us-east']
    }, { traceparent: `00-${caller}-00f067aa0ba902b7-01` })
    await held.reached()
    // The request's spans have been sent by now. Those of the host are lost with it.
    await receiver.until(({ name }) => name === 'POST /v1/deployments')
    await service.kill()
    const killed = BigInt(Date.now()) * 1_000_000n
    await held.release()
    service = await installation.start()
    assert.equal((await until(service.url, id, ended)).status, 'succeeded')
    await receiver.until(({ name }) => name === 'deployment up')

    const spans = receiver.spans.filter(({ traceId }) => traceId === caller)
    assertOneTrace(spans, killed)
    const host = spans.find(({ name, attributes }) =>
      name === 'host run' && attributes['windlass.result'] === 'succeeded'
    )
    assert.notEqual(host?.attributes['process.pid'], service.pid)

    assert.equal(
      receiver.headers.every(({ authorization }) => authorization === 'Bearer hunter2hunter2'),
      true
    )
    assert.doesNotMatch(lines.join('\n') + receiver.bodies.join('\n'), /hunter2|PRIVATE KEY/)
    // Hosts send nothing themselves: programs must not find the receiver's credentials in their
    // environment.
    if (process.platform === 'linux') {
      assert.doesNotMatch(
        await readFile(`/proc/${String(host?.attributes['process.pid'])}/environ`, 'utf8'),
        /hunter2/
      )
    }
  })

  test('a Prometheus scrapes it, evaluates every rule, and has data for the dashboard', {
    skip: without('prometheus')
  }, async (context) => {
    const prometheus = await startPrometheus(service.url)
    context.after(() => prometheus.close())
    await prometheus.until('up{job="windlass"} == 1')
    const { status } = await run(service.url, {
      federation: 'nautilus',
      operation: 'up',
      phases: { from: 1, to: 1 },
      clusters: ['nautilus-hub-us-west']
    })
    assert.equal(status, 'succeeded')
    await prometheus.until('windlass_deployments{status="succeeded"} >= 2')

    const { groups: [{ rules }] } = JSON.parse(
      expressionsAsRules({
        'dashboard.json': await readFile(join(repository, 'docs', 'observability', 'dashboard.json'), 'utf8')
      })
    ) as { groups: [{ rules: { expr: string }[] }] }
    assert.ok(rules.length > 10)
    // There are no series of failures, retries, drift checks, removals and running units, because
    // none happened. All others have series once they were scraped twice.
    const mayBeEmpty = /windlass_(provider_errors|unit_retries|unit_host_restarts|retention|drift|units\{)/
    for (const { expr } of rules) {
      if ((await prometheus.query(expr)).length === 0 && !mayBeEmpty.test(expr)) {
        await prometheus.until(expr)
      }
    }

    const judged = await prometheus.rules()
    assert.ok(judged.length > 10)
    assert.deepEqual(judged.filter(({ health }) => health !== 'ok'), [])
    assert.deepEqual(judged.filter(({ state }) => state === 'firing').map(({ name }) => name), [])
  })
})

/** Fails unless every call of a provider after the kill leads up to the request. */
function assertOneTrace (spans: ReceivedSpan[], killed: bigint): void {
  const ways = spans.filter(({ name }) => name === 'provider create').map((span) => above(spans, span))
  assert.ok(ways.length > 5, String(ways.length))
  for (const way of ways) {
    assert.deepEqual(way.map(({ name }) => name), [
      'provider create',
      'resource create',
      'engine up',
      'host run',
      'unit prerequisites',
      'phase prerequisites',
      'deployment up',
      'launch',
      'POST /v1/deployments'
    ])
    assert.equal(way.at(-1)?.parent, '00f067aa0ba902b7')
  }
  // Every span is below the request, except those that a host had sent before the kill: the spans
  // above them never ended. Of each span that outlives the kill there is one.
  for (const span of spans) {
    if (above(spans, span).at(-1)?.name !== 'POST /v1/deployments') {
      assert.ok(span.end < killed, span.name)
    }
  }
  const attempts = spans.filter(({ name }) => name === 'unit prerequisites')
  assert.deepEqual(
    attempts.map(({ attributes }) => [attributes['windlass.attempt'], attributes['windlass.result']])
      .sort(),
    [[1, 'interrupted'], [2, 'succeeded']]
  )
  for (const name of ['deployment up', 'phase prerequisites', 'POST /v1/deployments']) {
    assert.equal(spans.filter((span) => span.name === name).length, 1, name)
  }
}
