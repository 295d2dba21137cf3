import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mintToken } from '../../../automation/access/tokens.ts'
import { everywhere } from '../../../automation/index.ts'
import { type Actor } from '../../../contract/access.ts'
import { type Problem } from '../../../contract/problem.ts'
import { routes } from '../../../server/routes.ts'
import { type ApiDocument } from '../../fixtures/answers.ts'
import { startGuarded } from '../../fixtures/server/guarded.ts'
import { startServer, type Answer, type Fields, type Server } from '../../fixtures/server/server.ts'

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

/** Attempts of strangers behind the same address, with the status of the first 30 answers. */
const guesses: [string, (call: Server['call']) => Promise<Answer>, number][] = [
  [
    'tokens of the right form',
    (call) => call('GET', '/v1/federations', { headers: bearer(mintToken()) }),
    401
  ],
  ['any text', (call) => call('GET', '/v1/federations', { headers: bearer('x') }), 401],
  ['tokens of unknown issuers', (call) => call('GET', '/v1/federations', { headers: bearer(foreign) }), 401],
  [
    'no bearer token',
    (call) => call('GET', '/v1/federations', { headers: { authorization: 'Basic x' } }),
    401
  ],
  ['sign-ins', (call) => call('POST', '/v1/session', { body: { token: mintToken() } }), 401],
  ['sessions', (call) => call('GET', '/v1/federations', { headers: { cookie: 'windlass=x' } }), 401],
  ['ways back of no sign-in', (call) => call('GET', '/v1/session/callback?code=x&state=y'), 401],
  ['images', (call) => call('GET', '/v1/session/callback', { headers: { 'sec-fetch-dest': 'image' } }), 403],
  ['deliveries', (call) => call('POST', '/v1/hooks/none', { body: {} }), 404]
]
const foreign = ['{"alg":"RS256"}', '{"iss":"https://elsewhere.example"}', 'x'].map((part) =>
  Buffer.from(part).toString('base64url')
).join('.')
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('whatever strangers try, good credentials from their address are answered', {
  timeout: 60_000
}, async (context) => {
  const server = await startGuarded(context)
  const { call, launch, automation } = server
  const actor: Actor = { subject: 'x', name: 'x', kind: 'person' }
  const made = { name: 'test', grants: [everywhere('admin')], createdBy: actor }
  const { secret } = await automation.access.createToken({ ...made, expiresAt: null })
  const past = new Date(0).toISOString()
  const { secret: expired } = await automation.access.createToken({ ...made, expiresAt: past })
  const signIn = () => call('POST', '/v1/session', { body: { token: secret } })
  const cookie = (await signIn()).headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const page = { cookie, origin: server.url, 'x-windlass-client': 'dashboard' }
  const ids = await Promise.all(guesses.map(() => launch({ approvals: 'each-phase' })))
  for (const [index, [name, guess, status]] of guesses.entries()) {
    const statuses = (await Promise.all(Array.from({ length: 40 }, () => guess(call)))).map((one) =>
      one.status
    )
    assert.ok(statuses.every((one) => one === status || one === 429), `${name}: ${statuses.join()}`)
    const good: [number, Promise<Answer>][] = [
      [200, call('GET', '/v1/federations', { headers: bearer(secret) })],
      [200, call('GET', '/v1/federations', { headers: { cookie } })],
      [200, signIn()],
      [200, call('GET', '/v1/session')],
      [200, call('GET', '/healthz')],
      [200, call('POST', `/v1/deployments/${ids[index] ?? ''}/cancel`, { headers: page })],
      [204, call('DELETE', '/v1/session', { headers: { origin: server.url } })],
      // The cause is told to somebody whose token is over, so that a job gets another.
      [401, call('GET', '/v1/federations', { headers: bearer(expired) })],
      // Never 429, whoever asks.
      [401, call('POST', `/v1/deployments/${ids[0] ?? ''}/approve`, { headers: bearer(mintToken()) })]
    ]
    for (const [at, [expected, answer]] of good.entries()) {
      assert.equal((await answer).status, expected, `${at} after ${name}`)
    }
  }
  const [, guess] = guesses[0] ?? assert.fail()
  const refused = await guess(call)
  assert.equal((refused.body as Problem).code, 'http-too-many-requests')
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
})

test('what stops or decides is never counted, and never shed', async (context) => {
  const { app } = await startGuarded(context)
  const vital = routes.filter(({ config }) => config.vital).map(({ method, url }) => `${method} ${url}`)
  assert.deepEqual(vital.sort(), [
    'DELETE /v1/session',
    'GET /healthz',
    'GET /readyz',
    'POST /v1/deployments/:id/approve',
    'POST /v1/deployments/:id/cancel',
    'POST /v1/deployments/:id/override-window',
    'POST /v1/deployments/:id/reject'
  ])
  const document = app.swagger() as unknown as ApiDocument
  for (const route of vital) {
    const [method = '', url = ''] = route.split(' ')
    const operation = document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    assert.ok(operation, route)
    assert.equal('429' in (operation as { responses: object }).responses, false, route)
  }
})

test('a proxy that is not named is told of once, and named it is believed', async (context) => {
  const forwarded = { 'x-forwarded-for': '192.0.2.7' }
  const unnamed = await startGuarded(context)
  for (let n = 0; n < 3; n++) await unnamed.call('GET', '/healthz', { headers: forwarded })
  const warned = (lines: Fields[]) => lines.filter(({ msg }) => /X-Forwarded-For/.test(String(msg))).length
  assert.equal(warned(unnamed.lines), 1)
  const named = await startGuarded(context, { file: 'proxies: [127.0.0.1]\n' })
  await named.call('GET', '/v1/federations', { headers: forwarded })
  assert.equal(warned(named.lines), 0)
  assert.deepEqual(named.automation.noted.map(({ origin }) => origin?.address), ['192.0.2.7'])
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
