import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everywhere, type Principal } from '../../../automation/index.ts'
import { type Access } from '../../../server/access/caller.ts'
import { startServer, type Fields } from '../../fixtures/server/server.ts'

const principal = (subject: string, role: 'viewer' | 'admin', federations = ['*']): Principal => ({
  actor: { subject, name: subject, kind: 'person' },
  groups: [],
  grants: [{ ...everywhere(role), federations }]
})
const people: Record<string, Principal> = {
  viewer: principal('corp:viewer', 'viewer'),
  admin: principal('corp:admin', 'admin'),
  partial: principal('corp:partial', 'admin', ['orion'])
}
const access: Access = {
  kind: 'authenticated',
  identify: async ({ headers }) => people[headers.authorization ?? '']
}

test(
  'refused requests are noted with caller, origin and target; admitted and open ones are not',
  async (context) => {
    const { automation, call, launch } = await startServer(context, { access })
    const id = await launch()
    const ask = async (who: string, method: string, path: string, body?: Fields) =>
      (await call(method, path, {
        headers: { authorization: who, 'x-request-id': `request-of-${who}` },
        ...(body !== undefined && { body })
      })).status
    assert.equal(await ask('viewer', 'POST', `/v1/deployments/${id}/cancel`), 403)
    assert.equal(await ask('', 'GET', '/v1/deployments'), 401)
    assert.equal(await ask('partial', 'GET', '/v1/federations/nautilus'), 404)
    for (
      const [who, path, status] of [['admin', '/v1/deployments', 200], ['', '/healthz', 200], [
        'admin',
        '/v1/nowhere',
        404
      ], ['admin', '/v1/deployments/nothing', 404]] as const
    ) assert.equal(await ask(who, 'GET', path), status)
    // They are noted after the answers are sent.
    while (automation.noted.length < 3) {
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
    assert.deepEqual(
      automation.noted.map((
        { outcome, actor, origin, target, reason }
      ) => [outcome, actor?.subject, origin, target.id, reason]),
      [
        [
          'denied',
          'corp:viewer',
          { address: '127.0.0.1', requestId: 'request-of-viewer' },
          `POST /v1/deployments/${id}/cancel`,
          'http-forbidden'
        ],
        [
          'denied',
          undefined,
          { address: '127.0.0.1', requestId: 'request-of-' },
          'GET /v1/deployments',
          'http-unauthenticated'
        ],
        [
          'denied',
          'corp:partial',
          { address: '127.0.0.1', requestId: 'request-of-partial' },
          'GET /v1/federations/nautilus',
          'federation-not-found'
        ]
      ]
    )
  }
)

test('an export of a state is noted before it is sent', async (context) => {
  const { automation, call } = await startServer(context, { access })
  assert.equal(
    (await call('GET', '/v1/federations/nautilus/stacks/a/state', { headers: { authorization: 'admin' } }))
      .status,
    200
  )
  assert.deepEqual(automation.noted.map(({ action, actor, target }) => [action, actor?.subject, target.id]), [
    ['state.read', 'corp:admin', 'a']
  ])
})

test('the log is read in pages; only those who may see all of it export and check it', async (context) => {
  const { call } = await startServer(context, { access })
  const headers = { authorization: 'admin' }
  assert.deepEqual((await call('GET', '/v1/audit?limit=5&outcome=done', { headers })).body, { items: [] })
  assert.equal((await call('GET', '/v1/audit?outcome=maybe', { headers })).status, 400)
  const exported = await call('GET', '/v1/audit/export', { headers })
  assert.deepEqual([exported.headers.get('content-type'), exported.text], ['application/x-ndjson', '{}\n'])
  assert.equal(((await call('GET', '/v1/audit/verification', { headers })).body as Fields).valid, true)
  for (const path of ['export', 'verification']) {
    assert.equal(
      (await call('GET', `/v1/audit/${path}`, { headers: { authorization: 'partial' } })).status,
      403
    )
  }
})
