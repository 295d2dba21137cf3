import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { SignJWT, UnsecuredJWT } from 'jose'
import { type Session } from '../../../contract/access.ts'
import { type Problem } from '../../../contract/problem.ts'
import { isStorable } from '../../../contract/text/storable.ts'
import { hidingTexts, nested, unstorableTexts } from '../../fixtures/hostile-text.ts'
import { startGuarded } from '../../fixtures/server/guarded.ts'
import { startIssuer } from '../../fixtures/server/issuer.ts'
import { ownOrigin, startProvider } from '../../fixtures/server/provider.ts'

const fileOf = (url: string) => `
issuers:
  - name: ci
    issuer: ${url}
    audience: windlass
    kind: jobs
    rules:
      - when: { repository: acme/infra, ref: "refs/heads/*" }
        grants: [{ role: operator, federations: [nautilus], modes: [rehearsal] }]
      - when: { repository: acme/infra, environment: production }
        grants: [{ role: admin }]
`
const job = { sub: 'repo:acme/infra:ref:refs/heads/main', repository: 'acme/infra', ref: 'refs/heads/main' }

test("a CI job is known by its provider's token, and the rules say what it may do", async (context) => {
  const issuer = await startIssuer(context)
  const sign = await issuer.newKey()
  const { call, bearer } = await startGuarded(context, { file: fileOf(issuer.url) })
  const launch = async (
    claims: object,
    body: object = {}
  ) => (await call('POST', '/v1/deployments', {
    headers: bearer(await sign({ ...job, ...claims })),
    body: { federation: 'nautilus', operation: 'up', ...body }
  }))
  const launched = await launch({})
  assert.equal(launched.status, 202)
  assert.deepEqual((launched.body as { launchedBy: object }).launchedBy, {
    subject: `ci:${job.sub}`,
    name: job.sub,
    kind: 'job'
  })
  assert.equal((await launch({}, { mode: 'live' })).status, 403)
  assert.equal(
    ((await launch({ environment: 'production' }, { mode: 'live' })).body as Problem).code,
    'live-refused',
    'allowed, and refused by the service that has no live mode'
  )
  for (
    const claims of [
      { repository: 'acme/infra-fork' },
      { repository: 'evil/acme/infra' },
      { ref: 'refs/heads/a/b' },
      { ref: 'refs/tags/v1' },
      { ref: undefined },
      { repository: ['acme'] }
    ]
  ) assert.equal((await launch(claims)).status, 403, JSON.stringify(claims))
  assert.equal(
    (await call('POST', '/v1/tokens', {
      headers: bearer(await sign({ ...job, environment: 'production' })),
      body: { name: 'x', grants: [{ role: 'viewer' }] }
    })).status,
    403,
    'a job makes no tokens'
  )
})

test('a token that is wrong in any way is refused, with the reason', async (context) => {
  const issuer = await startIssuer(context)
  const sign = await issuer.newKey()
  const { call, bearer } = await startGuarded(context, { file: fileOf(issuer.url) })
  const now = Math.floor(Date.now() / 1000)
  const good = await sign(job)
  assert.equal((await call('GET', '/v1/federations', { headers: bearer(good) })).status, 200)
  assert.equal(
    (await call('GET', '/v1/federations', { headers: bearer(await sign({ ...job, exp: now - 20 })) })).status,
    200,
    'clocks may differ by 30 s'
  )
  for (const typ of ['JWT', 'jwt', 'at+jwt', 'application/at+jwt']) {
    const token = await sign(job, { typ })
    assert.equal((await call('GET', '/v1/federations', { headers: bearer(token) })).status, 200, typ)
  }
  const [head = '', body = '', signature = ''] = good.split('.')
  const forged = Buffer.from(
    JSON.stringify({
      ...JSON.parse(Buffer.from(body, 'base64url').toString()) as object,
      repository: 'acme/other'
    })
  ).toString('base64url')
  const hmac = await new SignJWT({ ...job, iss: issuer.url, aud: 'windlass' }).setProtectedHeader({
    alg: 'HS256'
  }).setIssuedAt().setExpirationTime('5m').sign(Buffer.from(JSON.stringify(issuer.state.keys[0])))
  const cases: [string, string, RegExp][] = [
    ['another audience', await sign({ ...job, aud: 'other' }), /another audience: expected windlass/],
    ['an end long ago', await sign({ ...job, exp: now - 60 }), /has expired/],
    ['a later beginning', await sign({ ...job, nbf: now + 120 }), /claim nbf/],
    ['another issuer', await sign({ ...job, iss: 'https://other.example' }), /does not trust/],
    ['no subject', await sign({ ...job, sub: '' }), /sub is empty/],
    ['changed claims', `${head}.${forged}.${signature}`, /wrong signature/],
    [
      'no signature',
      new UnsecuredJWT({ ...job, iss: issuer.url, aud: 'windlass' }).setIssuedAt().setExpirationTime('5m')
        .encode(),
      /signed in a way that is not accepted|not well formed/
    ],
    ['a shared secret', hmac, /signed in a way that is not accepted/],
    ['an announcement of a sign-out', await sign(job, { typ: 'logout+jwt' }), /not for calling/],
    ['the same, written in full', await sign(job, { typ: 'application/LOGOUT+JWT' }), /not for calling/],
    ['a security event', await sign(job, { typ: 'secevent+jwt' }), /not for calling/],
    ['a type that is no text', await sign(job, { typ: 7 }), /not for calling|not well formed/],
    [
      'a sign-out without a type',
      await sign({ ...job, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }),
      /not for calling/
    ],
    ['no form', 'a.b.c', /neither an API token/]
  ]
  for (const [what, token, words] of cases) {
    const answer = await call('GET', '/v1/federations', { headers: bearer(token) })
    assert.equal(answer.status, 401, what)
    assert.match((answer.body as Problem).detail, words, what)
  }
})

test('keys are read once, again for a new key, and not for each made-up one', async (context) => {
  const issuer = await startIssuer(context)
  const sign = await issuer.newKey()
  const { call, bearer } = await startGuarded(context, { file: fileOf(issuer.url) })
  const status = async (token: string) =>
    (await call('GET', '/v1/federations', { headers: bearer(token) })).status
  for (let n = 0; n < 5; n++) assert.equal(await status(await sign(job)), 200)
  assert.deepEqual(issuer.reads, { discovery: 1, keys: 1 })
  // Twenty unknown keys, right after the keys were read, cause no request.
  for (let n = 0; n < 20; n++) assert.equal(await status(await sign(job, { kid: `made-up-${n}` })), 401)
  assert.deepEqual(issuer.reads, { discovery: 1, keys: 1 })
  // Half a minute later the issuer has rotated.
  const rotated = await issuer.newKey(true)
  const later = Date.now() + 31_000
  context.mock.timers.enable({ apis: ['Date'], now: later })
  assert.equal(await status(await rotated(job)), 200)
  assert.equal(issuer.reads.keys, 2)
  assert.equal(await status(await sign(job)), 401, 'the old key is gone')
})

test('an issuer that is away is 503 until it is back; a false one is not trusted', async (context) => {
  const issuer = await startIssuer(context)
  const sign = await issuer.newKey()
  issuer.state.up = false
  const { call, bearer } = await startGuarded(context, { file: fileOf(issuer.url) })
  const ask = async () => await call('GET', '/v1/federations', { headers: bearer(await sign(job)) })
  const away = await ask()
  assert.deepEqual([away.status, (away.body as Problem).code, (away.body as Problem).retryable], [
    503,
    'http-issuer-unavailable',
    true
  ])
  issuer.state.up = true
  assert.equal((await ask()).status, 503, 'it is not asked again at once')
  context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 6_000 })
  issuer.state.document = { issuer: 'https://evil.example' }
  assert.equal((await ask()).status, 503)
  context.mock.timers.setTime(Date.now() + 6_000)
  issuer.state.document = {}
  assert.equal((await ask()).status, 200)
})

const corp = (url: string) => `
url: ${ownOrigin}
issuers:
  - name: corp
    issuer: ${url}
    audience: [windlass, "urn:windlass"]
    login: { clientId: windlass, clientSecret: oidc-corp, scopes: [openid, profile, groups], label: Corp }
    rules:
      - when: { groups: platform }
        grants: [{ role: admin }]
      - when: { sub: job }
        grants: [{ role: viewer }]
`

/** A service with a provider to sign in with, and a browser at it. */
async function startSignIn (context: TestContext) {
  const provider = await startProvider(context)
  const { app, automation } = await startGuarded(context, {
    file: corp(provider.url),
    secretValues: { WINDLASS_SECRET_OIDC_CORP: 'tell nobody' }
  })
  const get = async (path: string, cookies: Record<string, string> = {}) =>
    await app.inject({ url: path, headers: { host: 'localhost:8080' }, cookies })
  /** Comes back from the provider with a cookie of a sign-in. */
  const comeBack = (path: string, pending = '') => get(path, { 'windlass-login': pending })
  return { provider, automation, get, comeBack }
}

interface Cookie {
  name: string
  value: string
  httpOnly: boolean
  sameSite: string
}

test('a sign-in needs a configured issuer, and goes back to this service only', async (context) => {
  const { get } = await startSignIn(context)
  assert.deepEqual((await get('/v1/session')).json<Session>().issuers, [{
    name: 'corp',
    label: 'Corp',
    login: '/v1/session/login?issuer=corp'
  }])
  const unknown = await get('/v1/session/login?issuer=other')
  assert.deepEqual([unknown.statusCode, unknown.json<Problem>().code], [404, 'http-login-unknown'])
  for (
    const back of ['//evil.example', 'https://evil.example', '/\\evil.example', 'x', '/%09/evil.example']
  ) {
    const path = `/v1/session/login?issuer=corp&return=${encodeURIComponent(decodeURIComponent(back))}`
    assert.equal((await get(path)).statusCode, 400, back)
  }
})

test(
  'a person signs in by authorization code with PKCE; the way back works once, in that browser',
  { timeout: 60_000 },
  async (context) => {
    const { provider, automation, get, comeBack } = await startSignIn(context)
    const begun = await get('/v1/session/login?issuer=corp&return=/deployments/x')
    assert.equal(begun.statusCode, 302)
    const to = new URL(begun.headers.location ?? '')
    assert.equal(to.origin, provider.url)
    assert.equal(to.searchParams.get('code_challenge_method'), 'S256')
    assert.equal(to.searchParams.get('redirect_uri'), `${ownOrigin}/v1/session/callback`)
    const [pending] = begun.cookies as unknown as Cookie[]
    assert.deepEqual([pending?.name, pending?.httpOnly, pending?.sameSite], ['windlass-login', true, 'Lax'])
    const back = (await provider.signIn(to.href)).slice(ownOrigin.length)

    assert.equal((await get(back)).statusCode, 401, 'another browser')
    const [other] = (await get('/v1/session/login?issuer=corp')).cookies as unknown as Cookie[]
    assert.equal((await comeBack(back, other?.value)).statusCode, 401, 'another sign-in')
    const forged = back.replace(/state=[^&]+/, 'state=x')
    assert.equal((await comeBack(forged, pending?.value)).statusCode, 401, 'another state')

    const done = await comeBack(back, pending?.value)
    assert.deepEqual([done.statusCode, done.headers.location], [302, '/deployments/x'], done.body)
    const session = (done.cookies as unknown as Cookie[]).find(({ name }) => name === 'windlass')
    const seen = (await get('/v1/session', { windlass: session?.value ?? '' })).json<Session>()
    assert.deepEqual([seen.signedIn, seen.actor, seen.groups, seen.grants[0]?.role], [
      true,
      { subject: 'corp:alice', name: 'Alice', kind: 'person' },
      ['platform'],
      'admin'
    ])
    assert.equal((await comeBack(back, pending?.value)).statusCode, 401, 'a code works once')
    assert.deepEqual(automation.access.noted, [{
      what: 'begun',
      subject: 'corp:alice',
      address: '127.0.0.1'
    }])
    // Without the query: it holds the code.
    assert.deepEqual(
      new Set(automation.noted.map(({ action, target }) => `${action} ${target.id}`)),
      new Set(['session.refused GET /v1/session/callback'])
    )
  }
)

test('a token of a real provider is accepted as a bearer token', { timeout: 60_000 }, async (context) => {
  const provider = await startProvider(context)
  const { call, bearer } = await startGuarded(context, { file: corp(provider.url), secretValues: {} })
  const answer = await fetch(`${provider.url}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`job:${encodeURIComponent('job secret')}`).toString('base64')}`
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'urn:windlass' })
  })
  const { access_token: token = '' } = await answer.json() as { access_token?: string }
  const session = (await call('GET', '/v1/session', { headers: bearer(token) })).body as Session
  assert.deepEqual([session.actor?.subject, session.grants.map(({ role }) => role)], ['corp:job', ['viewer']])
  assert.equal(
    (await call('POST', '/v1/deployments', {
      headers: bearer(token),
      body: { federation: 'nautilus', operation: 'up' }
    })).status,
    403
  )
})

test('hostile claims of a signed token are made storable, or refused with 401', async (context) => {
  const issuer = await startIssuer(context)
  const sign = await issuer.newKey()
  const { call, bearer, automation } = await startGuarded(context, { file: fileOf(issuer.url) })
  const texts = [...Object.values(unstorableTexts), ...Object.values(hidingTexts)]
  const refused: [string, object, RegExp][] = [
    ...Object.entries(unstorableTexts).map((
      [title, sub]
    ): [string, object, RegExp] => [title, { sub }, /claim sub has/]),
    ['a subject of 5,000 characters', { sub: 'x'.repeat(5_000) }, /at most 1020/],
    ['an end after the end of time', { exp: 1e300 }, /claim exp is no point in time/],
    ['an end that a date cannot hold', { exp: 8.64e12 + 1 }, /claim exp is no point in time/]
  ]
  for (const [title, claims, words] of refused) {
    const token = await sign({ ...job, ...claims })
    const answers = [
      await call('GET', '/v1/federations', { headers: bearer(token) }),
      await call('POST', '/v1/session', { body: { token } })
    ]
    for (const { status, body } of answers) {
      assert.equal(status, 401, title)
      assert.match((body as Problem).detail, words, title)
    }
  }
  for (const text of texts) {
    const claims = {
      name: text,
      groups: [text, 'team'],
      [text]: text,
      nbf: -1e300,
      auth_time: 1e300,
      deep: nested(60)
    }
    const token = await sign({ ...job, ...claims })
    const { status, body } = await call('GET', '/v1/session', { headers: bearer(token) })
    assert.equal(status, 200, text)
    const { actor, groups } = body as Session
    assert.ok(isStorable(actor?.name ?? '') && groups.every(isStorable) && groups.includes('team'))
    assert.equal((await call('POST', '/v1/session', { body: { token } })).status, 200)
  }
  assert.ok(automation.access.sessions.size >= texts.length)
})
