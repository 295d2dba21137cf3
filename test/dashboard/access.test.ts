import assert from 'node:assert/strict'
import { test } from 'node:test'
import { may, mustSignIn, type Session } from '../../dashboard/src/model/access.ts'

const grant: Session['grants'][number] = {
  role: 'operator',
  federations: ['naut*'],
  phases: { from: 1, to: 3 },
  modes: ['rehearsal'],
  operations: ['up', 'preview'],
  permissions: ['federations.read', 'deployments.launch']
}
const session: Session = { authentication: 'on', signedIn: true, groups: [], grants: [grant], issuers: [] }

test('what one grant allows as a whole is offered, and nothing else', () => {
  assert.equal(may(session, 'deployments.launch'), true)
  assert.equal(
    may(session, 'deployments.launch', {
      federation: 'nautilus',
      mode: 'rehearsal',
      operation: 'up',
      phases: { from: 1, to: 3 }
    }),
    true
  )
  assert.equal(may(session, 'deployments.approve'), false)
  for (
    const scope of [{ federation: 'anautilus' }, { mode: 'live' }, { operation: 'destroy' }, {
      phases: { from: 3, to: 4 }
    }] as const
  ) assert.equal(may(session, 'deployments.launch', scope), false, JSON.stringify(scope))
  assert.equal(
    may({ ...session, grants: [{ ...grant, federations: ['a.b'] }] }, 'federations.read', {
      federation: 'axb'
    }),
    false,
    'a dot is a dot'
  )
  assert.equal(may(undefined, 'federations.read'), false)
})

test('whoever is not signed in where that is asked for has to sign in first', () => {
  assert.equal(mustSignIn({ ...session, signedIn: false, grants: [] }), true)
  assert.equal(mustSignIn({ ...session, authentication: 'off' }), false)
  assert.equal(mustSignIn(undefined), false)
})
