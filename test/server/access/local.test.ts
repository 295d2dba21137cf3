/** A service that authenticates nobody, against pages of other sites in its user's browser. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Problem } from '../../../contract/problem.ts'
import { startServer, type Fields } from '../../fixtures/server/server.ts'

const launch = { federation: 'nautilus', operation: 'up' }

test('every caller of a local service is its admin', async (context) => {
  const { call } = await startServer(context)
  assert.deepEqual(((await call('POST', '/v1/deployments', { body: launch })).body as Fields).launchedBy, {
    subject: 'local',
    name: 'local',
    kind: 'local'
  })
})

test('where nobody is authenticated there is nothing to sign in to', async (context) => {
  const { call } = await startServer(context)
  for (const [method, path] of [['POST', '/v1/session'], ['GET', '/v1/session/login?issuer=corp']] as const) {
    const { status, body } = await call(
      method,
      path,
      method === 'POST' ? { body: { token: 'x'.repeat(40) } } : {}
    )
    assert.deepEqual([status, (body as Problem).code], [409, 'http-authentication-off'], path)
  }
})

test('a foreign host name is refused, for reads too', async (context) => {
  const { app } = await startServer(context, { access: { kind: 'local', hosts: ['desk.lan'] } })
  for (
    const host of [
      'localhost',
      'localhost:8080',
      'LOCALHOST:1',
      '127.0.0.1',
      '127.0.0.1:8080',
      '127.8.8.8',
      '[::1]',
      '[::1]:8080',
      'desk.lan:80'
    ]
  ) {
    assert.equal((await app.inject({ url: '/v1/deployments', headers: { host } })).statusCode, 200, host)
  }
  for (
    const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.nip.io',
      '127.evil.example',
      'localhost:80@evil.example',
      '10.0.0.1',
      '[::2]',
      'x[::1]',
      ' ',
      'desk.lan.evil.example'
    ]
  ) {
    const answer = await app.inject({ url: '/v1/deployments', headers: { host } })
    assert.deepEqual([answer.statusCode, answer.json<Problem>().code], [403, 'http-host-refused'], host)
  }
})

test('a page of another origin changes nothing; the dashboard and programs do', async (context) => {
  const { app } = await startServer(context)
  const post = async (headers: Record<string, string>) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/deployments',
      headers: { host: 'localhost:8080', ...headers },
      payload: launch
    })
    return [answer.statusCode, answer.json<Partial<Problem>>().code]
  }
  const origin = 'http://localhost:8080'
  for (
    const headers of [{}, { origin }, { origin, 'sec-fetch-site': 'same-origin' }, {
      'sec-fetch-site': 'none'
    }]
  ) assert.deepEqual(await post(headers as Record<string, string>), [202, undefined], JSON.stringify(headers))
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:3000' },
    { origin: 'https://localhost:8080' },
    { origin: 'http://localhost:8080.evil.example' },
    { origin, 'sec-fetch-site': 'cross-site' },
    { origin: '', 'sec-fetch-site': 'same-origin' }
  ]
  for (const headers of foreign) {
    assert.deepEqual(await post(headers), [403, 'http-cross-site'], JSON.stringify(headers))
  }
})
