import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modes, operations } from '../../contract/words.ts'
import { grantText, may, mustSignIn, type Session } from '../../dashboard/src/model/access.ts'

const grant: Session['grants'][number] = {
  role: 'operator',
  federations: ['naut*'],
  phases: { from: 1, to: 3 },
  modes: ['rehearsal'],
  operations: ['up', 'preview'],
  permissions: ['federations.read', 'deployments.launch']
}
const session: Session = { authentication: 'on', signedIn: true, groups: [], grants: [grant], issuers: [] }

test('an action is offered when one grant allows all of it', () => {
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
    'a dot stands for itself'
  )
  assert.equal(may(undefined, 'federations.read'), false)
})

test('a session without a caller has to sign in where authentication is on', () => {
  assert.equal(mustSignIn({ ...session, signedIn: false, grants: [] }), true)
  assert.equal(mustSignIn({ ...session, authentication: 'off' }), false)
  assert.equal(mustSignIn(undefined), false)
})

test('a grant is written with its limits only', () => {
  assert.equal(grantText(grant), 'operator: naut*; phases 1 to 3; rehearsal; up, preview')
  const whole = { ...grant, federations: ['*'], phases: { from: 1, to: 8 } }
  const inAll = { ...whole, modes: [...modes], operations: [...operations] }
  assert.equal(grantText(inAll), 'operator: all federations')
  const withoutDriftCheck = operations.filter((one) => one !== 'drift-check')
  assert.equal(
    grantText({ ...inAll, operations: withoutDriftCheck }),
    'operator: all federations; up, preview, refresh, destroy'
  )
})
