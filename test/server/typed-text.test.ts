/** Credentials that somebody pastes where a person types: they go no further. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mintToken } from '../../automation/access/tokens.ts'
import { startGuarded } from '../fixtures/server/guarded.ts'

test('a credential in a name, a comment or a request id is in no answer and no log', async (context) => {
  const { call, admin, lines } = await startGuarded(context)
  const pasted = [
    mintToken(),
    `ghp_${'aB3dE6gH9jK2mN5pQ8sT'.repeat(2).slice(0, 36)}`,
    'https://deployer:hunter2-of-others@git.example.com/a.git'
  ]
  for (const text of pasted) {
    const secret = text.includes('hunter2') ? 'hunter2-of-others' : text
    // A password alone has no form by which it could be told.
    const told = secret === text
    const headers = { ...admin, ...(told && { 'x-request-id': secret }) }
    const answers = [
      await call('POST', '/v1/tokens', {
        headers,
        body: { name: `for ${text}`.slice(0, 100), grants: [{ role: 'viewer' }] }
      }),
      await call('POST', '/v1/deployments', { headers, body: { federation: text, operation: 'up' } }),
      await call('POST', '/v1/deployments/none/approve', { headers, body: { phase: 1, comment: text } }),
      await call('GET', '/v1/tokens', { headers: admin })
    ]
    for (const answer of answers) {
      assert.ok(!answer.text.includes(secret), answer.text)
      assert.notEqual(answer.headers.get('x-request-id'), secret)
    }
    assert.ok(!JSON.stringify(lines).includes(secret))
  }
  const names = await call('GET', '/v1/tokens', { headers: admin })
  assert.match(names.text, /for \[a token of this service\]/)
})
