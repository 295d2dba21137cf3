/** The script of Jobs that ask Prometheus, run by a shell against answers in Prometheus' form. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { observations, observingScript } from '../../../programs/validation/observing-job.ts'

/** Answers by PromQL (https://prometheus.io/docs/prometheus/latest/querying/api/). */
const series: Record<string, [labels: Record<string, string>, value: string][]> = {
  'istio_build{component="pilot"}': [
    [{ __name__: 'istio_build', component: 'pilot', pod: 'a', tag: '1.31.1' }, '1'],
    [{ __name__: 'istio_build', component: 'pilot', pod: 'b', tag: '1.31.1' }, '1']
  ],
  'lag{application_name="x"}': [[{ application_name: 'x' }, '0.25'], [{ application_name: 'x' }, '1e-05']],
  'up == 0': []
}

let url = ''
const server = createHttpServer((request, response) => {
  const asked = new URL(request.url ?? '', 'http://prometheus')
  const alert = (name: string): object => ({
    state: 'inactive',
    name,
    query: `${name} > 1`,
    type: 'alerting'
  })
  const data = asked.pathname === '/api/v1/rules'
    ? { groups: [{ name: 'mesh', file: 'f', rules: [alert('IstiodDown'), alert('PlaintextTraffic')] }] }
    : {
      resultType: 'vector',
      result: (series[asked.searchParams.get('query') ?? ''] ?? []).map(([metric, value]) => ({
        metric,
        value: [1_764_000_000.123, value]
      }))
    }
  response.end(JSON.stringify({ status: 'success', data }))
})

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => server.close())

/** Results of the script, up to where it writes them to the Kubernetes API. */
async function noted (questions: string, prometheus = url): Promise<string> {
  return await new Promise((resolve) => {
    execFile('sh', ['-c', observingScript.slice(0, observingScript.indexOf('account='))], {
      timeout: 20_000,
      env: {
        PATH: process.env['PATH'],
        TRIES: '1',
        PROMETHEUS: prometheus,
        QUESTIONS: questions,
        JOB: 'observe'
      }
    }, (_error, stdout) => resolve(stdout.trim()))
  })
}

test('labels, values and names of alerts are taken out of what Prometheus answers', async () => {
  const text = await noted([
    'istio any tag istio_build{component="pilot"}',
    'lag any value lag{application_name="x"}',
    'unread none job up == 0',
    'alerts any alerts'
  ].join('\n'))
  assert.deepEqual(observations('observe', ['istio', 'lag', 'unread', 'alerts'], text), {
    istio: ['1.31.1'],
    lag: ['0.25', '1e-05'],
    unread: [],
    alerts: ['IstiodDown', 'PlaintextTraffic']
  })
})

test('a Prometheus that does not answer is no answer, and not an empty one', async () => {
  const closed = createServer()
  await once(closed.listen(0, '127.0.0.1'), 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  const text = await noted('unread none job up == 0', `http://127.0.0.1:${port}`)
  assert.equal(text, 'unread:failed')
  assert.throws(() => observations('observe', ['unread'], text), /VALIDATION_NOT_MEASURED/)
})
