import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isToken, mintToken } from '../../../automation/access/tokens.ts'
import { everywhere, type Principal } from '../../../automation/index.ts'
import { type CreatedToken, type Session, type Token, type Grant } from '../../../contract/access.ts'
import { type Problem } from '../../../contract/problem.ts'
import { tokenRefusal } from '../../../server/access/tokens.ts'
import { startGuarded } from '../../fixtures/server/guarded.ts'

const operator = { ...everywhere('operator'), federations: ['nautilus'], phases: { from: 1, to: 3 } }
const problem = (body: unknown) => body as Problem

test('a token is recognized, and a mistyped one is not', () => {
  const token = mintToken()
  assert.match(token, /^wlt_[0-9A-Za-z]{49}$/)
  assert.ok(isToken(token))
  assert.notEqual(mintToken(), token)
  fc.assert(
    fc.property(fc.integer({ min: 4, max: token.length - 1 }), fc.constantFrom(...'0aZ9'), (at, letter) => {
      const other = token.slice(0, at) + letter + token.slice(at + 1)
      assert.equal(isToken(other), other === token)
    })
  )
  for (
    const text of ['', 'wlt_', token.slice(0, -1), `${token}x`, ` ${token}`, token.replace('wlt_', 'ghp_')]
  ) assert.ok(!isToken(text), text)
})

test('a token is created, shown once, used, listed with its last use, and revoked', async (context) => {
  const { call, admin, bearer, lines } = await startGuarded(context)
  const made = await call('POST', '/v1/tokens', {
    headers: admin,
    body: {
      name: 'ci',
      grants: [{ role: 'operator', federations: ['nautilus'], phases: { to: 3 } }],
      person: 'corp:bob'
    }
  })
  assert.equal(made.status, 201)
  assert.equal(made.headers.get('cache-control'), 'no-store')
  const { token, id, grants, person, status, expiresAt } = made.body as CreatedToken
  assert.deepEqual([grants, person, status], [[operator], 'corp:bob', 'active'])
  const days = (Date.parse(expiresAt ?? '') - Date.now()) / 86_400_000
  assert.ok(days > 29.9 && days <= 30, 'it expires after 30 days unless told otherwise')
  assert.equal((await call('GET', '/v1/federations', { headers: bearer(token) })).status, 200)
  const listed = await call('GET', '/v1/tokens', { headers: admin })
  assert.ok(
    !listed.text.includes(token) && !JSON.stringify(lines).includes(token),
    'its text is nowhere else'
  )
  assert.ok((listed.body as { items: Token[] }).items.find((one) => one.id === id)?.lastUsedAt)
  assert.equal((await call('DELETE', `/v1/tokens/${id}`, { headers: admin })).status, 204)
  assert.equal((await call('DELETE', `/v1/tokens/${id}`, { headers: admin })).status, 204)
  const refused = await call('GET', '/v1/federations', { headers: bearer(token) })
  assert.deepEqual([refused.status, problem(refused.body).code], [401, 'http-unauthenticated'])
  assert.match(problem(refused.body).detail, /ci was revoked/)
  assert.match(refused.headers.get('www-authenticate') ?? '', /invalid_token/)
})

test('a bad token is 401 with the reason, and open routes ignore it', async (context) => {
  const { call, automation, bearer } = await startGuarded(context)
  const { secret } = await automation.access.createToken({
    name: 'old',
    grants: [everywhere('admin')],
    createdBy: { subject: 'x', name: 'x', kind: 'person' },
    expiresAt: new Date(Date.now() - 1000).toISOString()
  })
  const cases: [string, RegExp][] = [
    [`Bearer ${secret}`, /old expired at/],
    [`Bearer ${mintToken()}`, /no such token/],
    ['Bearer wlt_x', /no such token/],
    ['Basic YTpi', /no bearer token/],
    ['Bearer', /no bearer token/],
    ['Bearer a b', /no bearer token/],
    ['Bearer abc', /neither an API token/],
    [`Bearer ${'e30.'.repeat(2)}x`, /not trust|neither/]
  ]
  for (const [authorization, words] of cases) {
    const answer = await call('GET', '/v1/deployments', { headers: { authorization } })
    assert.equal(answer.status, 401, authorization)
    assert.match(problem(answer.body).detail, words)
    assert.equal((await call('GET', '/healthz', { headers: { authorization } })).status, 200)
    assert.equal(
      ((await call('GET', '/v1/session', { headers: { authorization } })).body as Session).signedIn,
      false
    )
  }
  automation.access.failure = new Error('the database is away')
  assert.equal((await call('GET', '/v1/deployments', { headers: bearer(secret) })).status, 500)
  assert.equal((await call('GET', '/healthz', { headers: bearer(secret) })).status, 200)
})

test('nobody grants more than they have, and only admins create tokens with a token', async (context) => {
  const { call, tokenOf } = await startGuarded(context)
  const admin: Grant = { ...everywhere('admin'), federations: ['nautilus'] }
  const headers = await tokenOf(admin)
  const make = async (grant: object, more: object = {}) =>
    (await call('POST', '/v1/tokens', { headers, body: { name: 'x', grants: [grant], ...more } })).status
  assert.equal(await make({ role: 'operator', federations: ['nautilus'] }), 201)
  assert.equal(await make({ role: 'admin', federations: ['nautilus'] }, { person: 'corp:bob' }), 201)
  for (
    const grant of [{ role: 'viewer' }, { role: 'viewer', federations: ['orion'] }, {
      role: 'viewer',
      federations: ['naut*']
    }, { role: 'admin' }]
  ) assert.equal(await make(grant), 403, JSON.stringify(grant))
  assert.equal(
    await make({ role: 'viewer', federations: ['nautilus'] }, { expiresInDays: null }),
    403,
    'never: admins of everything only'
  )
  const wrong: [object, object][] = [
    [{ role: 'king' }, {}],
    [{ role: 'viewer', phases: { from: 0 } }, {}],
    [{ role: 'viewer', phases: { from: 5, to: 4 } }, {}],
    [{ role: 'viewer', federations: ['Na/'] }, {}],
    [{ role: 'viewer' }, { expiresInDays: 0 }],
    [{ role: 'viewer' }, { expiresInDays: 400 }],
    [{ role: 'viewer' }, { for: 'bob' }]
  ]
  for (const [grant, more] of wrong) assert.equal(await make(grant, more), 400, JSON.stringify([grant, more]))
  const mere = await tokenOf({ ...everywhere('operator'), federations: ['nautilus'] })
  assert.equal(
    (await call('POST', '/v1/tokens', {
      headers: mere,
      body: { name: 'x', grants: [{ role: 'viewer', federations: ['nautilus'] }] }
    })).status,
    403
  )
})

test('people create tokens for themselves, jobs create none', () => {
  const grants = [operator]
  const principal = (kind: Principal['actor']['kind']): Principal => ({
    actor: { subject: `corp:${kind}`, name: kind, kind },
    groups: [],
    grants
  })
  assert.equal(tokenRefusal(principal('person'), { grants, never: false }), undefined)
  assert.equal(tokenRefusal(principal('person'), { grants, never: false, person: 'corp:person' }), undefined)
  assert.match(
    tokenRefusal(principal('person'), { grants, never: false, person: 'corp:other' }) ?? '',
    /another person/
  )
  assert.match(
    tokenRefusal(principal('person'), { grants: [...grants, everywhere('viewer')], never: false }) ?? '',
    /grants\[1\] goes beyond/
  )
  assert.match(tokenRefusal(principal('job'), { grants, never: false }) ?? '', /CI job/)
  assert.match(tokenRefusal(principal('token'), { grants, never: false }) ?? '', /role admin/)
})

test('tokens are listed page by page', async (context) => {
  const { call, admin } = await startGuarded(context)
  await call('POST', '/v1/tokens', { headers: admin, body: { name: 'other', grants: [{ role: 'viewer' }] } })
  const page = async (path: string) =>
    (await call('GET', path, { headers: admin })).body as { items: Token[], next?: string }
  const first = await page('/v1/tokens?limit=1')
  const second = await page(`/v1/tokens?limit=1&after=${first.next ?? ''}`)
  assert.deepEqual([first.items[0]?.name, second.items[0]?.name], ['test', 'other'])
})

test('a token signs in: the session has a cookie, needs the page, and ends with it', async (context) => {
  const { call, admin, url, automation } = await startGuarded(context)
  const { origin } = new URL(url)
  const signedOut = (await call('GET', '/v1/session')).body as Session
  assert.deepEqual([signedOut.authentication, signedOut.signedIn, signedOut.grants], ['on', false, []])
  const signIn = async (headers: Record<string, string> = {}) =>
    await call('POST', '/v1/session', {
      headers,
      body: { token: admin.authorization.slice('Bearer '.length) }
    })
  assert.equal(
    (await signIn({ origin: 'http://evil.example' })).status,
    403,
    'nobody signs a browser in from elsewhere'
  )
  assert.equal((await call('POST', '/v1/session', { body: { token: mintToken() } })).status, 401)
  const answer = await signIn({ origin })
  assert.equal(answer.status, 200)
  const [cookie = ''] = answer.headers.getSetCookie()
  assert.match(
    cookie,
    /^windlass=[\w-]+; Max-Age|^windlass=[\w-]+; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/
  )
  const session = { cookie: cookie.split(';')[0] ?? '' }
  const seen = (await call('GET', '/v1/session', { headers: session })).body as Session
  assert.deepEqual([
    seen.signedIn,
    seen.actor?.kind,
    seen.grants[0]?.permissions.includes('deployments.approve')
  ], [true, 'token', true])
  const launch = async (headers: Record<string, string>) =>
    (await call('POST', '/v1/deployments', {
      headers: { ...session, ...headers },
      body: { federation: 'nautilus', operation: 'up' }
    })).status
  assert.equal(await launch({ 'x-windlass-client': 'dashboard', origin }), 202)
  for (
    const headers of [{}, { origin }, { 'x-windlass-client': 'dashboard', origin: 'http://evil.example' }, {
      'x-windlass-client': 'dashboard',
      'sec-fetch-site': 'same-site'
    }]
  ) assert.equal(await launch(headers as Record<string, string>), 403, JSON.stringify(headers))
  // After another sign-in in the same browser the earlier id is invalid.
  const again = (await signIn({ ...session, origin })).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  assert.notEqual(again, session.cookie)
  assert.equal((await call('GET', '/v1/deployments', { headers: session })).status, 401)
  assert.equal((await call('GET', '/v1/deployments', { headers: { cookie: again } })).status, 200)
  const [kept] = automation.access.sessions.values()
  if (kept) kept.seen -= 5 * 3_600_000
  assert.equal(
    (await call('GET', '/v1/deployments', { headers: { cookie: again } })).status,
    401,
    'idle for more than four hours'
  )
  const third = { cookie: (await signIn()).headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  const { items } = (await call('GET', '/v1/tokens', { headers: third })).body as { items: Token[] }
  await automation.access.revokeToken(items[0]?.id ?? '', { subject: 'x', name: 'x', kind: 'person' })
  assert.equal(
    (await call('GET', '/v1/deployments', { headers: third })).status,
    401,
    'its token was revoked'
  )
})

test('signing out ends the session for good; every sign-in is noted, refused ones too', async (context) => {
  const { call, admin, automation } = await startGuarded(context)
  const cookie =
    (await call('POST', '/v1/session', { body: { token: admin.authorization.slice(7) } })).headers
      .getSetCookie()[0]?.split(';')[0] ?? ''
  assert.equal((await call('GET', '/v1/deployments', { headers: { cookie } })).status, 200)
  assert.equal((await call('POST', '/v1/session', { body: { token: mintToken() } })).status, 401)
  const out = await call('DELETE', '/v1/session', {
    headers: { cookie, 'x-windlass-client': 'dashboard', 'sec-fetch-site': 'same-origin' }
  })
  assert.equal(out.status, 204)
  assert.match(out.headers.getSetCookie()[0] ?? '', /^windlass=; .*Expires=Thu, 01 Jan 1970/)
  const [begun, ended] = automation.access.noted
  assert.deepEqual([begun?.what, ended?.what, begun?.address, ended?.subject], [
    'begun',
    'ended',
    '127.0.0.1',
    begun?.subject
  ])
  assert.match(begun?.subject ?? '', /^token:/)
  assert.deepEqual(
    automation.noted.filter(({ action }) => action === 'session.refused').map((
      { outcome, origin, target, reason }
    ) => [outcome, origin?.address, target.id, reason]),
    [['denied', '127.0.0.1', 'POST /v1/session', 'http-unauthenticated']]
  )
  assert.equal((await call('GET', '/v1/deployments', { headers: { cookie } })).status, 401)
})

test('over https the cookie is for this host and scheme only', async (context) => {
  const { call, admin } = await startGuarded(context, { file: 'url: https://windlass.example\n' })
  const answer = await call('POST', '/v1/session', {
    headers: { origin: 'https://windlass.example' },
    body: { token: admin.authorization.slice(7) }
  })
  const [cookie = ''] = answer.headers.getSetCookie()
  assert.match(cookie, /^__Host-windlass=[\w-]+; Path=\/; /)
  for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax']) {
    assert.ok(cookie.includes(`; ${attribute}`), attribute)
  }
  assert.ok(!/domain=/i.test(cookie))
  assert.match(answer.headers.get('strict-transport-security') ?? '', /max-age=\d+/)
})
