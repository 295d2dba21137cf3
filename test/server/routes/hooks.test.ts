import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer, type Fields } from '../../fixtures/server/server.ts'

test('a delivery is passed on as bytes; a launch is 202, nothing to do is 200', async (context) => {
  const { call } = await startServer(context)
  const headers = { 'x-hub-signature-256': 's' }
  const launched = await call('POST', '/v1/hooks/deploy', { raw: '{ "ref" : "main" }', headers })
  const { deployment } = launched.body as { deployment: Fields }
  assert.deepEqual([
    launched.status,
    launched.headers.get('location'),
    (deployment.launchedBy as Fields).kind
  ], [202, `/v1/deployments/${String(deployment.id)}`, 'hook'])
  const ignored = await call('POST', '/v1/hooks/deploy', {
    raw: 'payload=%7B%7D',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  })
  assert.deepEqual([ignored.status, (ignored.body as Fields).ignored], [200, 'no rule is about it'])
})

test('refusals are problem documents, and an unsigned delivery is noted', async (context) => {
  const { call, automation } = await startServer(context)
  const status = async (path: string, raw = '{}', headers = {}) => {
    const answer = await call('POST', path, { raw, headers })
    return [answer.status, (answer.body as Fields).code]
  }
  assert.deepEqual(await status('/v1/hooks/deploy'), [403, 'hook-refused'])
  assert.deepEqual(await status('/v1/hooks/nothing'), [404, 'hook-not-found'])
  assert.deepEqual(
    await status('/v1/hooks/deploy', 'x'.repeat(5 * 1024 * 1024 + 1), { 'x-hub-signature-256': 's' }),
    [413, 'http-body-too-large']
  )
  assert.deepEqual(
    automation.noted.map((
      { action, outcome, origin, target, reason }
    ) => [action, outcome, origin?.address, target.id, reason]),
    [['hook.refused', 'denied', '127.0.0.1', 'POST /v1/hooks/deploy', 'hook-refused']]
  )
})

test('other routes still accept JSON only', async (context) => {
  const { call } = await startServer(context)
  assert.equal(
    (await call('POST', '/v1/deployments', { raw: 'a=b', headers: { 'content-type': 'text/plain' } })).status,
    415
  )
})
