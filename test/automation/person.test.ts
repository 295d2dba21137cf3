import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { refusalOf, standing } from '../../automation/deployments/gates.ts'
import {
  machinePerson,
  personKey,
  personsBehind,
  speaksForNobody,
  tokenActor,
  tokenPeople
} from '../../automation/person.ts'
import { type PlannedGate } from '../../automation/store/deployments/planned-gate.ts'
import { type Actor } from '../../contract/access.ts'

const alice: Actor = { subject: 'corp:alice', name: 'alice', kind: 'person' }
const machine: Actor = { subject: 'local', name: 'local', kind: 'local' }
/** The actor of a token that `creator` makes. */
const token = (creator: Actor, person?: string): Actor =>
  tokenActor({ id: 'some', name: 'a token', ...tokenPeople(creator, person) })
const bootstrap = tokenActor({
  id: 'first',
  name: 'bootstrap',
  maker: machinePerson,
  person: machinePerson,
  vouched: true
})
const gate: PlannedGate = {
  phase: 1,
  because: 'federation',
  needed: 2,
  people: [],
  groups: [],
  launcherMayApprove: false
}

suite('the person behind a token', () => {
  test('is its maker; a token for somebody else acts for nobody, and so do those that it makes', () => {
    const cases: [string, Actor, string | undefined, boolean][] = [
      ['of a person for themselves', token(alice), 'corp:alice', true],
      ['by their own name', token(alice, 'corp:alice'), 'corp:alice', true],
      ['by a variant of their name', token(alice, 'CORP:Alice'), 'corp:alice', true],
      ['of a token', token(token(token(alice))), 'corp:alice', true],
      ['for somebody else', token(alice, 'corp:bob'), undefined, false],
      ['of a token, for somebody else', token(token(alice), 'corp:bob'), undefined, false],
      ['of a token for somebody else', token(token(alice, 'corp:bob')), undefined, false],
      ['back to its maker', token(token(alice, 'corp:bob'), 'corp:alice'), undefined, false],
      ['of the first admin', token(bootstrap, 'alice'), 'local', true],
      ['of a token of the first admin', token(token(bootstrap, 'alice')), 'local', true],
      ['of the first admin, for somebody else', token(token(bootstrap, 'alice'), 'bob'), undefined, false],
      ['of the machine, with a name', token(machine, 'alice'), 'local', true]
    ]
    for (const [what, actor, person, counts] of cases) {
      assert.deepEqual([actor.person, !speaksForNobody(actor)], [person, counts], what)
    }
  })

  test('is one, however many tokens make tokens, whatever names these carry', () => {
    const name = fc.constantFrom('corp:alice', 'corp:bob', 'corp:carol', 'CORP:BOB', undefined)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), name), { minLength: 1, maxLength: 12 }), (steps) => {
        const credentials = [alice]
        for (const [at, person] of steps) {
          credentials.push(token(credentials[at % credentials.length] ?? alice, person))
        }
        assert.ok(standing(gate, [], credentials) <= 1)
        // Whichever of them launched, none of the others opens the gate.
        for (const actor of credentials) {
          const launched = [{ act: 'launched', actor } as const]
          for (const other of credentials) {
            assert.notEqual(refusalOf(gate, launched, { actor: other }), undefined)
          }
        }
      })
    )
  })

  test('is the one whom a token names, too, when it made a run go on', () => {
    const launched = [{ act: 'launched', actor: token(alice, 'corp:bob') } as const]
    const bob: Actor = { subject: 'corp:bob', name: 'bob', kind: 'person' }
    for (const actor of [alice, bob, token(bob)]) {
      assert.match(refusalOf(gate, launched, { actor }) ?? '', /launched it/)
    }
  })

  test('is the same with another case, width, composition or with invisible characters', () => {
    const variants = [
      ['corp:Zoë', 'CORP:ZOË', 'corp:Zoe\u0308', 'corp:zo\u200bë', 'ｃｏｒｐ:zoë', 'corp:ZOe\u0308\u00ad'],
      ['corp:straße', 'corp:STRASSE', 'corp:ſtraße'],
      ['corp:8F3A', 'corp:8f3a']
    ]
    for (const list of variants) assert.equal(new Set(list.map(personKey)).size, 1, list.join(' '))
    const unseen = [
      ...' \t\n\u0007\u0085\u00a0\u00ad\u034f\u0600\u200b\u2028\u202e\u2800\u3000\u3164\ue000\u{e0041}'
    ]
    for (const mark of unseen) {
      for (const subject of [`corp:alice${mark}`, `corp:${mark}alice`, `corp:al${mark}ice`]) {
        assert.equal(personKey(subject), 'corp:alice', JSON.stringify(subject))
      }
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (subject) => {
        assert.equal(personKey(personKey(subject)), personKey(subject))
        assert.equal(personKey(subject.normalize('NFD')), personKey(subject.normalize('NFC')))
      })
    )
    // The same name at two issuers is two accounts: nothing says that they are one person's.
    assert.notEqual(personKey('corp:alice@example.com'), personKey('partner:alice@example.com'))
    const voices = variants.map(([one = '', ...others]) =>
      [one, ...others].map((subject): Actor => ({ subject, name: 'x', kind: 'person' }))
    ).flat()
    assert.equal(standing(gate, [], voices), variants.length)
  })

  test('of an actor from before makers were known is whom it names', () => {
    const old: Actor = { subject: 'token:1', name: 'old', kind: 'token', person: 'corp:bob' }
    assert.deepEqual([...personsBehind(old)], ['corp:bob'])
  })
})
