import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test, type TestContext } from 'node:test'
import { SignJWT, UnsecuredJWT } from 'jose'
import Provider from 'oidc-provider'
import { type Session } from '../../../contract/access.ts'
import { type Problem } from '../../../contract/problem.ts'
import { startGuarded } from '../../fixtures/server/guarded.ts'
import { startIssuer } from '../../fixtures/server/issuer.ts'

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

test("a CI job is known by its provider's token, and its rules say what it may", async (context) => {
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

test('a token that is not right in every way is refused, with the reason', async (context) => {
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
    ['another issuer', await sign({ ...job, iss: 'https://other.example' }), /does not believe/],
    ['no subject', await sign({ ...job, sub: '' }), /sub is empty/],
    ['changed claims', `${head}.${forged}.${signature}`, /wrong signature/],
    [
      'no signature',
      new UnsecuredJWT({ ...job, iss: issuer.url, aud: 'windlass' }).setIssuedAt().setExpirationTime('5m')
        .encode(),
      /signed in a way that is not accepted|not well formed/
    ],
    ['a shared secret', hmac, /signed in a way that is not accepted/],
    ['no form', 'a.b.c', /neither an API token/]
  ]
  for (const [what, token, words] of cases) {
    const answer = await call('GET', '/v1/federations', { headers: bearer(token) })
    assert.equal(answer.status, 401, what)
    assert.match((answer.body as Problem).detail, words, what)
  }
})

test('keys are read once, again when a new one is used, and not for every made-up one', async (context) => {
  const issuer = await startIssuer(context)
  const sign = await issuer.newKey()
  const { call, bearer } = await startGuarded(context, { file: fileOf(issuer.url) })
  const status = async (token: string) =>
    (await call('GET', '/v1/federations', { headers: bearer(token) })).status
  for (let n = 0; n < 5; n++) assert.equal(await status(await sign(job)), 200)
  assert.deepEqual(issuer.reads, { discovery: 1, keys: 1 })
  // Twenty with keys that nobody published, right after the keys were read: none of them makes a
  // request.
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

test('an issuer that is away is 503, found again, and one that says it is another is not believed', async (context) => {
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

const own = 'http://localhost:8080'

/** A real OpenID Connect provider with a client for the dashboard, one for a job, and a person. */
async function startProvider (context: TestContext) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  const provider = new Provider(url, {
    clients: [
      {
        client_id: 'windlass',
        client_secret: 'tell nobody',
        redirect_uris: [`${own}/v1/session/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code']
      },
      {
        client_id: 'job',
        client_secret: 'job secret',
        redirect_uris: [],
        grant_types: ['client_credentials'],
        response_types: []
      }
    ],
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, name: 'Alice', groups: ['platform'] })
    }),
    claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'profile', 'groups'],
    conformIdTokenClaims: false,
    cookies: { keys: ['test'] },
    ttl: {
      AccessToken: 300,
      ClientCredentials: 300,
      IdToken: 300,
      Interaction: 300,
      Grant: 300,
      Session: 300,
      AuthorizationCode: 60
    },
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => [],
        getResourceServerInfo: () => ({
          scope: '',
          audience: 'urn:windlass',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } }
        })
      }
    }
  })
  server.on('request', provider.callback())
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })

  /**
   * What a browser does at the provider: signs in and agrees, until it is sent back; gives the
   * address it is sent to.
   */
  async function signIn (start: string): Promise<string> {
    const jar = new Map<string, string>()
    let address = start
    let form: URLSearchParams | undefined
    for (let steps = 0; steps < 12; steps++) {
      const response = await fetch(address, {
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form && { method: 'POST', body: form })
      })
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
        jar.set(name, value)
      }
      form = undefined
      const location = response.headers.get('location')
      if (location !== null) {
        address = new URL(location, address).href
        if (address.startsWith(own)) return address
        continue
      }
      const page = await response.text()
      const action = /action="([^"]+)"/.exec(page)?.[1]
      assert.ok(action, page.slice(0, 500))
      address = new URL(action, address).href
      form = new URLSearchParams({
        prompt: /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '',
        login: 'alice',
        password: 'x'
      })
    }
    throw new Error('the provider never sent the browser back')
  }
  return { url, signIn }
}

const corp = (url: string) => `
url: ${own}
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

test(
  'a person signs in by authorization code with PKCE; the way back works once, in that browser, for that ' +
    'sign-in',
  { timeout: 60_000 },
  async (context) => {
    const provider = await startProvider(context)
    const { app, automation } = await startGuarded(context, {
      file: corp(provider.url),
      secretValues: { WINDLASS_SECRET_OIDC_CORP: 'tell nobody' }
    })
    const get = async (path: string, cookies: Record<string, string> = {}) =>
      await app.inject({ url: path, headers: { host: 'localhost:8080' }, cookies })
    assert.deepEqual((await get('/v1/session')).json<Session>().issuers, [{
      name: 'corp',
      label: 'Corp',
      login: '/v1/session/login?issuer=corp'
    }])
    assert.equal((await get('/v1/session/login?issuer=other')).statusCode, 404)
    for (
      const back of ['//evil.example', 'https://evil.example', '/\\evil.example', 'x', '/%09/evil.example']
    ) {
      assert.equal(
        (await get(`/v1/session/login?issuer=corp&return=${encodeURIComponent(decodeURIComponent(back))}`))
          .statusCode,
        400,
        back
      )
    }

    const begun = await get('/v1/session/login?issuer=corp&return=/deployments/x')
    assert.equal(begun.statusCode, 302)
    const to = new URL(begun.headers.location ?? '')
    assert.deepEqual([
      to.origin,
      to.searchParams.get('code_challenge_method'),
      to.searchParams.get('redirect_uri')
    ], [provider.url, 'S256', `${own}/v1/session/callback`])
    const [pending] = begun.cookies as { name: string, value: string, httpOnly: boolean, sameSite: string }[]
    assert.deepEqual([pending?.name, pending?.httpOnly, pending?.sameSite], ['windlass-login', true, 'Lax'])
    const back = (await provider.signIn(to.href)).slice(own.length)

    assert.equal((await get(back)).statusCode, 401, 'another browser')
    const other = await get('/v1/session/login?issuer=corp')
    const [otherPending] = other.cookies as { value: string }[]
    assert.equal(
      (await get(back, { 'windlass-login': otherPending?.value ?? '' })).statusCode,
      401,
      'another sign-in'
    )
    assert.equal(
      (await get(back.replace(/state=[^&]+/, 'state=x'), { 'windlass-login': pending?.value ?? '' }))
        .statusCode,
      401,
      'another state'
    )

    const done = await get(back, { 'windlass-login': pending?.value ?? '' })
    assert.deepEqual([done.statusCode, done.headers.location], [302, '/deployments/x'], done.body)
    const session =
      (done.cookies as { name: string, value: string }[]).find(({ name }) => name === 'windlass')?.value ?? ''
    const seen = (await get('/v1/session', { windlass: session })).json<Session>()
    assert.deepEqual([seen.signedIn, seen.actor, seen.groups, seen.grants[0]?.role], [
      true,
      { subject: 'corp:alice', name: 'Alice', kind: 'person' },
      ['platform'],
      'admin'
    ])
    assert.equal(
      (await get(back, { 'windlass-login': pending?.value ?? '' })).statusCode,
      401,
      'a code works once'
    )
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

test('a token of a real provider is believed as a bearer token', { timeout: 60_000 }, async (context) => {
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
