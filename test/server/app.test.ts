import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { type Problem } from '../../contract/problem.ts'
import { startServer, type Fields } from '../fixtures/server/server.ts'

test('unknown addresses are 404 and known ones with another method 405, as problems', async (context) => {
  const { call } = await startServer(context)
  const unknown = await call('GET', '/v1/nothing')
  assert.equal(unknown.status, 404)
  assert.equal((unknown.body as Problem).code, 'http-route-not-found')
  const method = await call('DELETE', '/v1/deployments/x')
  assert.equal(method.status, 405)
  assert.equal(method.headers.get('allow'), 'GET, HEAD')
  assert.equal((await call('GET', '/v1/deployments/x/cancel')).status, 405)
  assert.equal((await call('HEAD', '/v1/deployments/x/events')).status, 405)
})

test('bodies that cannot be read are 400, 413 and 415', async (context) => {
  const { call } = await startServer(context)
  const post = async (raw: string, type = 'application/json') => {
    const { status, body } = await call('POST', '/v1/deployments', { raw, headers: { 'content-type': type } })
    return [status, (body as Problem).code]
  }
  assert.deepEqual(await post('{"federation":'), [400, 'http-body-malformed'])
  assert.deepEqual(await post('{"__proto__": {"x": 1}, "federation": "nautilus", "operation": "up"}'), [
    400,
    'http-body-malformed'
  ])
  assert.deepEqual(await post(''), [400, 'http-request-invalid'])
  assert.deepEqual(await post('federation: nautilus', 'application/yaml'), [
    415,
    'http-content-type-unsupported'
  ])
  assert.deepEqual(await post('x', 'text/plain'), [415, 'http-content-type-unsupported'])
  assert.deepEqual(await post(JSON.stringify({ federation: 'x'.repeat(300_000) })), [
    413,
    'http-body-too-large'
  ])
})

test("the caller's request id is kept when it is well formed, else one is created", async (context) => {
  const { call, lines } = await startServer(context)
  assert.equal(
    (await call('GET', '/healthz', { headers: { 'x-request-id': 'trace:1.2_3-4' } })).headers.get(
      'x-request-id'
    ),
    'trace:1.2_3-4'
  )
  for (const id of ['a b', '{"x":1}', 'x'.repeat(200)]) {
    assert.match(
      (await call('GET', '/nothing', { headers: { 'x-request-id': id } })).headers.get('x-request-id') ?? '',
      /^[0-9a-f-]{36}$/
    )
  }
  assert.ok(lines.some((line) => line.requestId === 'trace:1.2_3-4' && line.msg === 'request'))
})

test('the log names request and deployment, and no credentials', async (context) => {
  const { call, launch, lines } = await startServer(context)
  const id = await launch()
  await call('GET', `/v1/deployments/${id}?limit=1`, { headers: { authorization: 'Bearer hunter2' } })
  const line = lines.find(({ path }) => path === `/v1/deployments/${id}`)
  assert.equal(line?.deployment, id)
  assert.equal(line?.status, 200)
  assert.doesNotMatch(JSON.stringify(lines), /hunter2/)
})

test('a page of another web site cannot change anything', async (context) => {
  const { call, launch } = await startServer(context)
  const id = await launch()
  assert.equal(
    (await call('POST', `/v1/deployments/${id}/cancel`, { headers: { 'sec-fetch-site': 'cross-site' } }))
      .status,
    403
  )
  assert.equal(
    (await call('POST', `/v1/deployments/${id}/cancel`, { headers: { 'sec-fetch-site': 'same-origin' } }))
      .status,
    200
  )
})

test('a malformed request is answered with a problem on the connection', async (context) => {
  const { url } = await startServer(context)
  const raw = async (text: string): Promise<string> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.setEncoding('utf8').write(text)
    const pieces = await socket.toArray() as string[]
    return pieces.join('')
  }
  const long = await raw(
    `GET /v1/federations?after=${'a'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`
  )
  assert.match(long, /^HTTP\/1\.1 431 [^]*application\/problem\+json[^]*"code":"http-headers-too-large"/)
  assert.match(await raw('hello\r\n\r\n'), /^HTTP\/1\.1 400 [^]*"code":"http-body-malformed"/)
})

test('an address without the method is 405, whatever the body', async (context) => {
  const { call } = await startServer(context)
  const answer = await call('QUERY', '/healthz')
  assert.deepEqual([answer.status, (answer.body as Fields).code, answer.headers.get('allow')], [
    405,
    'http-method-not-allowed',
    'GET, HEAD'
  ])
})

test('health, readiness and metrics show the state of the service', async (context) => {
  const { call, automation } = await startServer(context)
  assert.deepEqual((await call('GET', '/healthz')).body, { status: 'ok' })
  assert.equal((await call('GET', '/readyz')).status, 200)
  automation.ready = false
  const unready = await call('GET', '/readyz')
  assert.equal(unready.status, 503)
  assert.deepEqual((unready.body as Fields).parts, {
    store: { ready: false, detail: 'the database is away' }
  })
  const metrics = (await call('GET', '/metrics')).text
  assert.match(
    metrics,
    /windlass_http_request_duration_seconds_count\{method="GET",route="\/healthz",status="200"\} 1/
  )
  assert.match(metrics, /windlass_deployments\{status="running"\} 1/)
  assert.match(metrics, /nodejs_eventloop_lag_p99_seconds/)
  automation.failure = new Error('away')
  assert.match((await call('GET', '/metrics')).text, /windlass_figures_up 0/)
})
