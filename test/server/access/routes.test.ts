/** Every route for every caller: each role, with each way in which a grant may fall short. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { fastify } from 'fastify'
import { everywhere, type Principal } from '../../../automation/index.ts'
import { type Grant } from '../../../contract/access.ts'
import { type Problem } from '../../../contract/problem.ts'
import { roles, type Permission } from '../../../contract/words.ts'
import { type Access } from '../../../server/access/caller.ts'
import { accessPlugin } from '../../../server/plugins/access.ts'
import { limitsPlugin } from '../../../server/plugins/limits.ts'
import { routes } from '../../../server/routes.ts'
import { MemoryAutomation } from '../../fixtures/server/memory-automation.ts'
import { startServer, type Fields } from '../../fixtures/server/server.ts'
import { expectationOf, expectations, mayByRole, openRoutes, type About } from './table.ts'

/** Grants of the callers, by the name that each sends in a header. */
const granted = new Map<string, Grant[]>()
const access: Access = {
  kind: 'authenticated',
  async identify ({ headers: { authorization } }): Promise<Principal | undefined> {
    const grants = granted.get(authorization ?? '')
    return grants &&
      {
        actor: { subject: `test:${authorization ?? ''}`, name: 'somebody', kind: 'person' },
        groups: [],
        grants
      }
  }
}
const as = (...grants: Grant[]): { authorization: string } => {
  const authorization = `caller-${granted.size}`
  granted.set(authorization, grants)
  return { authorization }
}

/** The launch that is asked for: nautilus, phases 2 to 3, rehearsal, up. */
const launch = { federation: 'nautilus', operation: 'up', phases: { from: 2, to: 3 } }

interface Guarded {
  /** Such as `GET /v1/deployments/:id`. */
  route: string
  permission: Permission
  about: About
}

/** The routes of the list that need a permission, each with what the table expects of it. */
const guardedRoutes = routes.flatMap(({ method, url }): Guarded[] => {
  const route = `${method} ${url}`
  if (openRoutes.some((open) => open.test(route))) return []
  const expected = expectationOf(route)
  assert.ok(expected, `${route} has no row in test/server/access/table.ts`)
  return [{ route, ...expected }]
})

function requestOf ({ route, about }: Guarded, id: string): { method: string, path: string, body?: unknown } {
  const [method = '', pattern = ''] = route.split(' ')
  const names: Record<string, string> = {
    id,
    name: 'nautilus',
    unit: 'infrastructure.global',
    stack: 'nautilus.infrastructure.global',
    notification: id,
    world: 'default'
  }
  const path = pattern.replaceAll(/:([a-z]+)/g, (_, name: string) => names[name] ?? 'none')
  const examples = routes.find((one) => route === `${one.method} ${one.url}`)?.examples?.body ?? {}
  const [example] = Object.values(examples)
  return {
    method,
    path,
    ...(about === 'launch' && { body: launch }),
    ...(example !== undefined && about !== 'launch' && about !== 'nothing' && { body: example.value })
  }
}

/** A grant of a role for phases 2 to 3 with one part changed, and whether it still suffices. */
function grantsFor ({ permission, about }: Guarded, may: boolean): [string, Partial<Grant>, boolean][] {
  // Only what is done is limited to phases, modes and operations, not what is seen.
  const acts = !mayByRole[permission].includes('viewer') &&
    ['launch', 'deployment', 'gate', 'stack', 'world'].includes(about)
  return [
    ['whole', {}, may],
    ['this federation', { federations: ['nautilus'] }, may],
    ['federations by pattern', { federations: ['naut*'] }, may],
    ['just enough', {
      federations: ['nautilus'],
      ...(about !== 'world' && {
        phases: about === 'gate' || about === 'stack' ? { from: 2, to: 2 } : { from: 2, to: 3 }
      }),
      modes: ['rehearsal'],
      ...(about !== 'stack' && { operations: [about === 'world' ? 'destroy' : 'up'] })
    }, may],
    ['another federation', { federations: ['orion'] }, may && about === 'nothing'],
    ['other phases', { phases: { from: 3, to: 8 } }, may && !acts],
    ['another mode', { modes: ['live'] }, may && !acts],
    ['another operation', {
      operations: ['preview', 'refresh', about === 'world' ? 'up' : 'destroy', 'drift-check']
    }, may && !acts]
  ]
}

test('each route needs the permission that the table expects', async (context) => {
  const { app } = await startServer(context, { access })
  const found = app.guardedRoutes.filter(({ method }) => method !== 'HEAD')
  for (const { method, url, permission } of found) {
    const route = `${method} ${url}`
    if (permission === 'open' || permission === 'anyone') {
      assert.ok(openRoutes.some((open) => open.test(route)), `${route} is open`)
    } else assert.equal(permission, expectationOf(route)?.permission, route)
  }
  const used = found.map(({ method, url }) => expectationOf(`${method} ${url}`))
  assert.deepEqual(expectations.filter((row) => !used.includes(row)), [])
})

test('a route without a permission keeps the application from starting', async () => {
  const app = fastify()
  await app.register(limitsPlugin, {})
  await app.register(accessPlugin, { automation: new MemoryAutomation(), access })
  app.get('/v1/secrets', async () => 'everything')
  await assert.rejects(async () => {
    await app.ready()
  }, /routes without a permission: GET \/v1\/secrets/)
})

/** A server with a deployment that has ended, and what a route answers there. */
async function startAsking (context: TestContext) {
  const { app, automation, launch: launched } = await startServer(context, { access })
  const id = await launched({ phases: { from: 2, to: 3 } })
  automation.emit(id, { type: 'deployment.succeeded' })
  return async (one: Guarded, headers: Record<string, string>) => {
    const { method, path, body } = requestOf(one, id)
    const answer = await app.inject({
      method: method as 'GET',
      url: path,
      headers,
      ...(body !== undefined && { payload: body as Fields })
    })
    const code = answer.statusCode >= 400 ? answer.json<Problem>().code : ''
    return { status: answer.statusCode, code, what: `${method} ${path}` }
  }
}

test('each route refuses callers without credentials and without grants', async (context) => {
  const ask = await startAsking(context)
  for (const one of guardedRoutes) {
    const missing = await ask(one, {})
    assert.deepEqual([missing.status, missing.code], [401, 'http-unauthenticated'], missing.what)
    const none = await ask(one, as())
    assert.deepEqual([none.status, none.code], [403, 'http-forbidden'], none.what)
  }
})

test('each route admits each role with whole grants, and refuses narrower ones', async (context) => {
  const ask = await startAsking(context)
  let asked = 0
  for (const one of guardedRoutes) {
    for (const role of roles) {
      const may = mayByRole[one.permission].includes(role)
      for (const [how, change, allowed] of grantsFor(one, may)) {
        asked++
        const { status, code, what } = await ask(one, as({ ...everywhere(role), ...change }))
        const label = `${what} as ${role}, ${how}: ${status} ${code}`
        if (one.about === 'everything' && may && change.federations) {
          assert.deepEqual([status, code], [403, 'http-forbidden'], label)
        } else if (allowed) {
          assert.ok(!['http-unauthenticated', 'http-forbidden'].includes(code), label)
          assert.ok(!(status === 404 && code.startsWith('federation')), label)
        } else if (may && how === 'another federation') {
          assert.equal(status, 404, label)
          assert.match(code, /^(deployment|federation|notification|world)-not-found$/, label)
        } else assert.deepEqual([status, code], [403, 'http-forbidden'], label)
      }
    }
  }
  assert.ok(asked > 500, `${asked} requests`)
})

test('a world is dropped by who may destroy the rehearsals of every federation in it', async (context) => {
  const { call } = await startServer(context, { access })
  const operator = (...federations: string[]) => ({ ...everywhere('operator'), federations })
  const drop = async (...grants: Grant[]) =>
    (await call('DELETE', '/v1/worlds/shared', { headers: as(...grants) })).status
  assert.equal(await drop(operator('nautilus')), 403)
  assert.equal(await drop(operator('nautilus'), { ...operator('orion'), operations: ['up'] }), 403)
  assert.equal(await drop(operator('nautilus'), { ...operator('orion'), modes: ['live'] }), 403)
  assert.equal(await drop(operator('lyra')), 404)
  assert.equal(await drop(operator('nautilus'), operator('orion')), 204)
})

test('a wide grant to read and a narrow one to act give no wide right to act', async (context) => {
  const { call } = await startServer(context, { access })
  const headers = as(everywhere('viewer'), { ...everywhere('operator'), federations: ['nautilus'] })
  assert.equal(
    (await call('POST', '/v1/deployments', { headers, body: { ...launch, federation: 'orion' } })).status,
    403
  )
  assert.equal((await call('POST', '/v1/deployments', { headers, body: launch })).status, 202)
})

test('an act over several phases may rest on several grants', async (context) => {
  const { call } = await startServer(context, { access })
  const first = { ...everywhere('operator'), phases: { from: 1, to: 2 } }
  const second = { ...everywhere('operator'), phases: { from: 3, to: 8 } }
  assert.equal(
    (await call('POST', '/v1/deployments', { headers: as(first, second), body: launch })).status,
    202
  )
  const refused = await call('POST', '/v1/deployments', { headers: as(first), body: launch })
  const problem = refused.body as Problem
  assert.deepEqual([refused.status, problem.details?.permission, problem.details?.roles], [
    403,
    'deployments.launch',
    ['operator', 'admin']
  ])
})

test('lists show what the caller may see, and the rest does not exist for them', async (context) => {
  const { call, launch: launched } = await startServer(context, { access })
  const ids = [await launched(), await launched({ federation: 'orion' })]
  const headers = as({ ...everywhere('viewer'), federations: ['orion'] })
  const items = async (path: string, who: Record<string, string>) =>
    ((await call('GET', path, { headers: who })).body as { items: Fields[] }).items
  assert.deepEqual((await items('/v1/deployments', headers)).map(({ id }) => id), [ids[1]])
  assert.deepEqual(await items('/v1/federations', headers), [])
  assert.equal((await items('/v1/deployments', as(everywhere('viewer')))).length, 2)
  const hidden = await call('GET', `/v1/deployments/${ids[0] ?? ''}`, { headers })
  const absent = await call('GET', '/v1/deployments/none', { headers })
  const told = (body: unknown) => ({
    ...body as Problem,
    details: {},
    requestId: '',
    instance: '',
    detail: (body as Problem).detail.replace(ids[0] ?? '', 'none')
  })
  assert.equal(hidden.status, 404)
  assert.deepEqual(told(hidden.body), told(absent.body))
})

test('every act names who did it', async (context) => {
  const { call, automation } = await startServer(context, { access })
  const headers = as(everywhere('admin'))
  const actor = { subject: `test:${headers.authorization}`, name: 'somebody', kind: 'person' }
  const deployment = (await call('POST', '/v1/deployments', { headers, body: launch })).body as Fields
  assert.deepEqual(deployment.launchedBy, actor)
  const id = String(deployment.id)
  automation.emit(id, { type: 'deployment.started', run: 1 }, { type: 'deployment.waiting', phase: 2 })
  await call('POST', `/v1/deployments/${id}/approve`, { headers, body: { phase: 2 } })
  automation.emit(id, { type: 'deployment.waiting', phase: 3 })
  await call('POST', `/v1/deployments/${id}/reject`, { headers, body: { phase: 3 } })
  await call('POST', `/v1/deployments/${id}/resume`, { headers })
  await call('POST', `/v1/deployments/${id}/cancel`, { headers })
  const { items } = (await call('GET', `/v1/deployments/${id}/events`, { headers })).body as {
    items: Fields[]
  }
  const acts = items.filter(({ type }) => /queued|approved|rejected|resumed|canceling/.test(String(type)))
  assert.deepEqual(acts.map(({ actor: who }) => who), acts.map(() => actor))
  assert.equal(acts.length, 5)
})
