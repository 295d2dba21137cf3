/** One trace from a caller to the clouds, over the service's process, its unit host's, and a kill of both. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Deployment } from '../../automation/model.ts'
import { call, ended, eventsOf, until } from '../fixtures/client.ts'
import { above, startOtlpReceiver } from '../fixtures/otlp-receiver.ts'
import { makeDataFolder, type Service, startService } from '../fixtures/service.ts'

const caller = '4bf92f3577b34da6a3ce929d0e0e4736'

suite('traces of the real service', { timeout: 240_000 }, () => {
  test('a rehearsal that a kill -9 falls into is one trace, from the calls of providers to the request that launched it', async (context) => {
    const data = await makeDataFolder()
    const receiver = await startOtlpReceiver()
    const lines: string[] = []
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer hunter2hunter2', OTEL_BSP_SCHEDULE_DELAY: '50', WINDLASS_WORKERS: '1' }
    const start = (): Promise<Service> => startService({ dataFolder: data.folder, environment, onLine: (line) => { lines.push(line) } })
    let service = await start()
    context.after(async () => {
      await service.stop()
      await receiver.close()
      await data.remove()
    })
    const { body: { id } } = await call<Deployment>(service.url, 'POST', '/v1/deployments', { federation: 'nautilus', operation: 'up', phases: { from: 1, to: 1 }, clusters: ['nautilus-primary-us-east'] }, { traceparent: `00-${caller}-00f067aa0ba902b7-01` })
    while (!(await eventsOf(service.url, id)).some(({ type }) => type === 'resource.started')) await delay(20)
    // What the request said has left; what the host did is lost with it.
    await receiver.until(({ name }) => name === 'launch')
    await service.kill()
    service = await start()
    assert.equal((await until(service.url, id, ended)).status, 'succeeded')
    await receiver.until(({ name }) => name === 'deployment up')

    const spans = receiver.spans.filter(({ traceId }) => traceId === caller)
    const ways = spans.filter(({ name }) => name === 'provider create').map((span) => above(spans, span))
    assert.ok(ways.length > 5, String(ways.length))
    for (const way of ways) {
      assert.deepEqual(way.map(({ name }) => name), ['provider create', 'resource create', 'engine up', 'host run', 'unit prerequisites', 'phase prerequisites', 'deployment up', 'launch', 'POST /v1/deployments'])
      assert.equal(way.at(-1)?.parent, '00f067aa0ba902b7')
    }
    // Every span is below the request, and there is one of each that lasts.
    for (const span of spans) assert.equal(above(spans, span).at(-1)?.name, 'POST /v1/deployments', span.name)
    const attempts = spans.filter(({ name }) => name === 'unit prerequisites')
    assert.deepEqual(attempts.map(({ attributes }) => [attributes['windlass.attempt'], attributes['windlass.result']]).sort(), [[1, 'interrupted'], [2, 'succeeded']])
    for (const name of ['deployment up', 'phase prerequisites', 'POST /v1/deployments']) assert.equal(spans.filter((span) => span.name === name).length, 1, name)
    const host = spans.find(({ name, attributes }) => name === 'host run' && attributes['windlass.result'] === 'succeeded')
    assert.notEqual(host?.attributes['process.pid'], service.pid)

    assert.equal(receiver.headers.every(({ authorization }) => authorization === 'Bearer hunter2hunter2'), true)
    assert.doesNotMatch(lines.join('\n') + receiver.bodies.join('\n'), /hunter2/)
  })
})
