/** Names of the variables that hold secrets, and whose they are. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import {
  isAmbiguous,
  olderVariables,
  reserveForService,
  secretValue,
  secretVariable,
  type SecretOwner
} from '../../../automation/federation/secret-variable.ts'

const nautilus = { federation: 'nautilus' }

suite('variables of secrets', () => {
  test('a federation and the service read their own, and nobody else does', () => {
    const values = {
      WINDLASS_SECRET_NAUTILUS__DB_PASSWORD: 'of nautilus',
      WINDLASS_SERVICE_SECRET_DB_PASSWORD: 'of the service',
      WINDLASS_SECRET_A__B__C: 'of a'
    }
    const cases: [SecretOwner, string, string | undefined][] = [
      [nautilus, 'db-password', 'of nautilus'],
      ['service', 'db-password', 'of the service'],
      [{ federation: 'other' }, 'db-password', undefined],
      [{ federation: 'a' }, 'b--c', 'of a'],
      [{ federation: 'a--b' }, 'c', undefined],
      // The form without an owner never reads what has one.
      [{ federation: 'other' }, 'nautilus--db-password', undefined],
      ['service', 'nautilus--db-password', undefined],
      [{ federation: 'other' }, 'a--b--c', undefined],
      [{ federation: 'other' }, 'service-secret-db-password', undefined]
    ]
    for (const [owner, name, value] of cases) {
      assert.equal(secretValue(values, owner, name), value, JSON.stringify([owner, name]))
    }
  })

  test('the form without an owner is read for all, but not what the service uses', () => {
    const values = {
      WINDLASS_SECRET_SLACK: 'old',
      WINDLASS_SECRET_OIDC_CORP: 'of the login',
      WINDLASS_SECRET_EMPTY: ''
    }
    reserveForService(values, ['oidc-corp'])
    assert.equal(secretValue(values, nautilus, 'slack'), 'old')
    assert.equal(secretValue(values, 'service', 'slack'), 'old')
    assert.equal(secretValue(values, 'service', 'oidc-corp'), 'of the login')
    assert.equal(secretValue(values, nautilus, 'oidc-corp'), undefined)
    assert.equal(secretValue(values, nautilus, 'empty'), undefined)
    // A value of its own goes first.
    assert.equal(secretValue({ ...values, WINDLASS_SECRET_NAUTILUS__SLACK: 'new' }, nautilus, 'slack'), 'new')
    assert.deepEqual(olderVariables({ ...values, WINDLASS_SECRET_NAUTILUS__SLACK: 'new' })[0], {
      variable: 'WINDLASS_SECRET_SLACK',
      names: ['WINDLASS_SECRET_<FEDERATION>__SLACK', 'WINDLASS_SERVICE_SECRET_SLACK']
    })
    assert.equal(olderVariables({ WINDLASS_SECRET_A__B: 'x', WINDLASS_SERVICE_SECRET_B: 'y' }).length, 0)
  })

  test('two secrets never have one variable', () => {
    const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,10}[a-z0-9])?$/)
    const owner = fc.oneof(fc.constant('service' as const), name.map((federation) => ({ federation })))
    fc.assert(
      fc.property(owner, name, owner, name, (one, first, other, second) => {
        fc.pre([one, other].every((owner) => owner === 'service' || !isAmbiguous(owner.federation)))
        const same = JSON.stringify([one, first]) === JSON.stringify([other, second])
        assert.equal(secretVariable(one, first) === secretVariable(other, second), same)
      }),
      { seed: 7, numRuns: 3_000 }
    )
    // Names that differ in what separates them only.
    const parts = ['a', 'b', 'a-b', 'a--b', 'b--c', 'c', 'a-b--c', 'a--b--c']
    const seen = new Map<string, string>()
    for (const federation of parts.filter((part) => !isAmbiguous(part))) {
      for (const secret of parts) {
        const variable = secretVariable({ federation }, secret)
        assert.equal(seen.get(variable), undefined, `${federation} ${secret} and ${seen.get(variable)}`)
        seen.set(variable, `${federation} ${secret}`)
      }
    }
  })
})
