import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { everywhere, type Scope } from '../../../automation/access/model.ts'
import {
  holds,
  permits,
  permitsSomewhere,
  rolePermissions,
  visibleFederations
} from '../../../automation/access/permits.ts'
import { type Grant } from '../../../contract/access.ts'
import { matchesName, includesPattern } from '../../../contract/text/names.ts'
import { modes, operations, permissions, roles } from '../../../contract/words.ts'

const names = ['nautilus', 'orion', 'orion-eu']
const range = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).map(([a, b]) => ({
  from: Math.min(a, b),
  to: Math.max(a, b)
}))
const grant: fc.Arbitrary<Grant> = fc.record({
  role: fc.constantFrom(...roles),
  federations: fc.uniqueArray(fc.constantFrom('*', 'nautilus', 'orion', 'orion*', '*-eu'), {
    minLength: 1,
    maxLength: 2
  }),
  phases: range,
  modes: fc.uniqueArray(fc.constantFrom(...modes), { minLength: 1 }),
  operations: fc.uniqueArray(fc.constantFrom(...operations), { minLength: 1 })
})
const grants = fc.array(grant, { maxLength: 3 })
const scope: fc.Arbitrary<Scope> = fc.record({
  federation: fc.constantFrom(...names),
  phases: range,
  mode: fc.constantFrom(...modes),
  operation: fc.constantFrom(...operations)
})
const permission = fc.constantFrom(...permissions)

test('nothing is allowed without grants, and everything to an admin without limits', () => {
  fc.assert(fc.property(permission, scope, (asked, where) => {
    assert.equal(permits([], asked, where), false)
    assert.equal(permits([everywhere('admin')], asked, where), true)
  }))
})

test('more grants never allow less, and a wider scope never needs less', () => {
  fc.assert(fc.property(grants, grant, permission, scope, (some, more, asked, where) => {
    if (permits(some, asked, where)) assert.ok(permits([...some, more], asked, where))
    for (const { mode, operation, ...rest } of [where]) {
      if (permits(some, asked, rest)) assert.ok(permits(some, asked, { ...rest, mode, operation }))
    }
    if (permits(some, asked, { ...where, phases: { from: 1, to: 8 } })) assert.ok(permits(some, asked, where))
  }))
})

test('what is allowed is what one grant allows for each phase by itself', () => {
  fc.assert(fc.property(grants, permission, scope, (some, asked, where) => {
    const { from, to } = where.phases ?? { from: 1, to: 8 }
    const each = Array.from({ length: to - from + 1 }, (_, index) => from + index)
    const byPhase = each.every((phase) =>
      some.some((one) => permits([one], asked, { ...where, phases: { from: phase, to: phase } }))
    )
    assert.equal(permits(some, asked, where), byPhase)
    if (byPhase) assert.ok(permitsSomewhere(some, asked))
  }))
})

test('phases, modes and operations limit what may be done and not what may be seen', () => {
  const narrow: Grant = {
    ...everywhere('operator'),
    federations: ['nautilus'],
    phases: { from: 2, to: 3 },
    modes: ['rehearsal'],
    operations: ['preview']
  }
  const inside: Scope = {
    federation: 'nautilus',
    phases: { from: 2, to: 3 },
    mode: 'rehearsal',
    operation: 'preview'
  }
  assert.ok(permits([narrow], 'deployments.launch', inside))
  const outside: Scope[] = [
    { ...inside, federation: 'orion' },
    { ...inside, phases: { from: 1, to: 3 } },
    { ...inside, phases: { from: 3, to: 4 } },
    { ...inside, mode: 'live' },
    { ...inside, operation: 'up' },
    { federation: 'nautilus', phases: { from: 2, to: 3 } }
  ]
  for (const where of outside) {
    assert.ok(!permits([narrow], 'deployments.launch', where), JSON.stringify(where))
    assert.equal(permits([narrow], 'deployments.read', where), where.federation === 'nautilus')
  }
})

test('operators do not approve and approvers do not launch', () => {
  assert.ok(!rolePermissions.operator.includes('deployments.approve'))
  assert.ok(
    !rolePermissions.approver.includes('deployments.launch') &&
      !rolePermissions.approver.includes('deployments.steer')
  )
  for (const role of roles) {
    for (const one of rolePermissions.viewer) assert.ok(rolePermissions[role].includes(one))
  }
})

test('whoever holds a grant is allowed all that the grant would allow', () => {
  fc.assert(
    fc.property(grants, grant, permission, scope, (held, asked, what, where) => {
      if (holds(held, asked) && permits([asked], what, where)) assert.ok(permits(held, what, where))
    }),
    { numRuns: 2_000 }
  )
  fc.assert(fc.property(grants, grant, (held, one) => {
    assert.ok(holds([...held, one], one))
    assert.ok(holds([everywhere('admin')], one))
    assert.ok(!holds([], one))
  }))
})

test('names fit patterns as they fit the regular expression, and patterns hold what they include', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 6 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*'), maxLength: 5 })
  fc.assert(
    fc.property(pattern, name, (one, text) => {
      assert.equal(matchesName(one, text), new RegExp(`^${one.replaceAll('*', '.*')}$`).test(text))
    }),
    { numRuns: 2_000 }
  )
  fc.assert(
    fc.property(pattern, pattern, name, (wide, narrow, text) => {
      if (includesPattern(wide, narrow) && matchesName(narrow, text)) assert.ok(matchesName(wide, text))
    }),
    { numRuns: 2_000 }
  )
})

test('what may be seen is all federations, or those that grants name', () => {
  assert.equal(visibleFederations([everywhere('viewer')]), undefined)
  assert.deepEqual(visibleFederations([]), [])
  assert.deepEqual(
    visibleFederations([{ ...everywhere('approver'), federations: ['orion*', 'nautilus'] }, {
      ...everywhere('viewer'),
      federations: ['nautilus']
    }]),
    ['orion*', 'nautilus']
  )
})
