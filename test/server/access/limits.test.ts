import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mintToken } from '../../../automation/access/tokens.ts'
import { everywhere } from '../../../automation/index.ts'
import { type Problem } from '../../../contract/problem.ts'
import { startGuarded } from '../../fixtures/server/guarded.ts'
import { startServer } from '../../fixtures/server/server.ts'

test('every answer has the security headers for browsers', async (context) => {
  const { call } = await startServer(context)
  for (const path of ['/v1/deployments', '/v1/nothing', '/healthz', '/openapi.json']) {
    const { headers } = await call('GET', path)
    assert.match(
      headers.get('content-security-policy') ?? '',
      /default-src 'none';.*frame-ancestors 'none'/,
      path
    )
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('x-frame-options'), 'DENY')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
  }
  const docs = (await call('GET', '/docs/')).headers.get('content-security-policy') ?? ''
  assert.doesNotMatch(docs, /script-src[^;]*'unsafe-inline'/)
})

test('a caller has a rate limit; others, and canceling a deployment, go on', async (context) => {
  const { call, launch, tokenOf, admin } = await startGuarded(context, {
    file: 'limits: { requestsPerMinute: 10 }\n'
  })
  const headers = await tokenOf(everywhere('operator'))
  const id = await launch()
  const statuses: number[] = []
  for (let n = 0; n < 12; n++) statuses.push((await call('GET', '/v1/federations', { headers })).status)
  assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 200), 429, 429])
  const refused = await call('GET', '/v1/federations', { headers })
  assert.equal((refused.body as Problem).code, 'http-too-many-requests')
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  assert.equal((await call('POST', `/v1/deployments/${id}/cancel`, { headers })).status, 200)
  assert.equal((await call('GET', '/v1/federations', { headers: admin })).status, 200)
})

test('an address that guesses tokens is refused, valid ones too, and health goes on', async (context) => {
  const { call, admin } = await startGuarded(context)
  for (let n = 0; n <= 30; n++) {
    assert.equal(
      (await call('GET', '/v1/federations', { headers: { authorization: `Bearer ${mintToken()}` } })).status,
      401
    )
  }
  for (const headers of [{ authorization: `Bearer ${mintToken()}` }, admin]) {
    assert.equal((await call('GET', '/v1/federations', { headers })).status, 429)
  }
  assert.equal((await call('GET', '/healthz')).status, 200)
})

test('event streams are limited for each caller and in total', async (context) => {
  const { url, app, launch, tokenOf } = await startGuarded(context, {
    file: 'limits: { streamsPerCaller: 2, streams: 3 }\n'
  })
  const id = await launch()
  const [one, other] = [await tokenOf(everywhere('viewer')), await tokenOf(everywhere('viewer'))]
  const opened: AbortController[] = []
  const open = async (headers: Record<string, string>) => {
    const controller = new AbortController()
    const { status } = await fetch(`${url}/v1/deployments/${id}/events`, {
      headers: { ...headers, accept: 'text/event-stream' },
      signal: controller.signal
    })
    if (status === 200) opened.push(controller)
    return status
  }
  assert.deepEqual([await open(one), await open(one), await open(one)], [200, 200, 429])
  assert.deepEqual([await open(other), await open(other)], [200, 429])
  for (const controller of opened) controller.abort()
  for (let tries = 0; app.openStreams.count > 0 && tries < 500; tries++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 10)
    })
  }
  assert.equal(await open(one), 200)
  opened.at(-1)?.abort()
})

test('under pressure requests that can wait are refused, and vital ones go on', async (context) => {
  const { call, launch, app } = await startServer(context, {
    pressure: { latestLoopMilliseconds: 40, looks: 1 }
  })
  const id = await launch()
  // The event loop is late at every turn, for longer than the load meter's interval of a second.
  for (let turn = 0; turn < 20; turn++) {
    const until = Date.now() + 150
    while (Date.now() < until);
    await new Promise((resolve) => {
      setTimeout(resolve, 1)
    })
  }
  let refused
  for (let tries = 0; tries < 100 && refused?.status !== 503; tries++) {
    refused = await call('GET', '/v1/deployments')
    if (refused.status !== 503) {
      await new Promise((resolve) => {
        setTimeout(resolve, 10)
      })
    }
  }
  assert.equal((refused?.body as Problem).code, 'http-overloaded')
  assert.ok(refused?.headers.get('retry-after'))
  assert.equal((await call('GET', '/healthz')).status, 200)
  assert.equal((await call('POST', `/v1/deployments/${id}/cancel`)).status, 200)
  for (let tries = 0; app.isUnderPressure() && tries < 500; tries++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
  assert.equal((await call('GET', '/v1/deployments')).status, 200)
})

test('a stream ends when its caller loses the right to it', async (context) => {
  const { url, launch, automation, bearer } = await startGuarded(context, {
    streams: { recheckMilliseconds: 20 }
  })
  const id = await launch()
  const { token, secret } = await automation.access.createToken({
    name: 'short',
    grants: [everywhere('viewer')],
    createdBy: { subject: 'x', name: 'x', kind: 'person' },
    expiresAt: null
  })
  const response = await fetch(`${url}/v1/deployments/${id}/events`, {
    headers: { ...bearer(secret), accept: 'text/event-stream' }
  })
  assert.equal(response.status, 200)
  automation.access.failure = new Error('the database is away for a moment')
  // Two checks have failed: the first did not end the stream.
  while (automation.access.failed < 2) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
  automation.access.failure = undefined
  await automation.access.revokeToken(token.id, { subject: 'x', name: 'x', kind: 'person' })
  assert.match(await response.text(), /deployment\.queued/)
  assert.equal((await fetch(`${url}/v1/deployments/${id}/events`, { headers: bearer(secret) })).status, 401)
})

test('without credentials the readiness has no reasons', async (context) => {
  const { call, automation, admin } = await startGuarded(context)
  automation.ready = false
  assert.deepEqual((await call('GET', '/readyz')).body, { ready: false, parts: { store: { ready: false } } })
  assert.match((await call('GET', '/readyz', { headers: admin })).text, /the database is away/)
})

test('an unknown name reveals nothing about federations that the caller may not see', async (context) => {
  const { call, tokenOf, admin } = await startGuarded(context)
  const some = await tokenOf({ ...everywhere('viewer'), federations: ['naut*'] })
  const detail = async (headers: Record<string, string>) =>
    ((await call('GET', '/v1/federations/nautwhat', { headers })).body as Problem).detail
  assert.equal(await detail(some), 'there is no federation nautwhat')
  assert.match(await detail(admin), /there are: nautilus, orion/)
})
