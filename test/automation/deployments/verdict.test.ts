import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { maxFailures } from '../../../automation/deployments/run/retry.ts'
import { type Attempted, type Circumstances, verdictOf } from '../../../automation/deployments/run/verdict.ts'
import { HostLostError, type UnitOutcome } from '../../../automation/stacks/types.ts'
import { operations } from '../../../contract/words.ts'

const changes = { create: 1, update: 2, delete: 3, replace: 4, same: 5 }

const units: fc.Arbitrary<Attempted> = fc.record({
  id: fc.constantFrom('a', 'b'),
  phase: fc.integer({ min: 1, max: 8 }),
  attempt: fc.integer({ min: 1, max: 9 }),
  failures: fc.integer({ min: 0, max: maxFailures - 1 }),
  losses: fc.integer({ min: 0, max: 2 }),
  leftovers: fc.constantFrom(null, []),
  dependsOn: fc.constant([]),
  status: fc.constant('running' as const)
})
const lost: fc.Arbitrary<HostLostError> = fc
  .constantFrom('exited', 'silent', 'out-of-memory', 'lease-lost')
  .map((reason) => new HostLostError(reason, 'gone'))
const outcomes: fc.Arbitrary<UnitOutcome> = fc.record({
  status: fc.constantFrom('succeeded', 'failed', 'canceled'),
  retryable: fc.boolean(),
  leftovers: fc.boolean()
}).map(({ status, retryable, leftovers }) => ({
  status,
  resourceChanges: changes,
  ...(status === 'failed' && { error: { code: 'resource-failed', message: 'no', retryable } }),
  ...(status === 'failed' && leftovers && { leftovers: [{ resource: 'urn', message: 'in use' }] })
}))
const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  operation: fc.constantFrom(...operations),
  stopping: fc.boolean(),
  canceling: fc.boolean(),
  timeScale: fc.constantFrom(0, 1),
  readers: fc.constantFrom(new Set<string>(), new Set(['a'])),
  now: fc.integer({ min: 0, max: 2 ** 40 }),
  random: fc.double({ min: 0, max: 1, noNaN: true })
})

/** Asserts a property of every verdict. */
function always (
  property: (
    verdict: ReturnType<typeof verdictOf>,
    unit: Attempted,
    outcome: UnitOutcome | HostLostError,
    circumstances: Circumstances
  ) => void
): void {
  fc.assert(fc.property(units, fc.oneof(outcomes, lost), circumstances, (unit, outcome, given) => {
    property(verdictOf(unit, outcome, given), unit, outcome, given)
  }))
}
const wasCut = (outcome: UnitOutcome | HostLostError): boolean =>
  outcome instanceof HostLostError || outcome.status === 'canceled'

suite('what becomes of a unit', () => {
  test('the event tells of the unit, the attempt and the verdict', () => {
    always(({ event, ...verdict }, unit) => {
      assert.ok('attempt' in event)
      assert.deepEqual([event.unit, event.phase, event.attempt], [unit.id, unit.phase, unit.attempt])
      if (verdict.kind === 'end') assert.equal(event.type, `unit.${verdict.end.status}`)
      else assert.ok(event.type === 'unit.retrying' || event.type === 'unit.interrupted')
    })
  })

  test('what a stopping service cuts off goes on elsewhere, as if nothing had happened to it', () => {
    always((verdict, unit, outcome, { stopping }) => {
      if (!stopping || !wasCut(outcome)) return
      assert.ok(verdict.kind === 'return')
      const { failures, losses, settle } = verdict.back
      assert.deepEqual({ failures, losses, settle }, {
        failures: unit.failures,
        losses: unit.losses,
        settle: true
      })
    })
  })

  test('nothing is tried again while the deployment is canceled', () => {
    always((verdict, _unit, outcome, { canceling, stopping }) => {
      if (canceling && !(stopping && wasCut(outcome))) assert.equal(verdict.kind, 'end')
    })
  })

  test('what succeeded keeps its result, also in a deployment that is canceled', () => {
    always((verdict, _unit, outcome) => {
      if (outcome instanceof HostLostError || outcome.status !== 'succeeded') return
      assert.ok(verdict.kind === 'end' && verdict.end.status === 'succeeded')
    })
  })

  test('a failure is tried again only if it may pass, later, and not for ever', () => {
    always((verdict, unit, outcome, { now }) => {
      if (verdict.kind !== 'return' || verdict.event.type !== 'unit.retrying') return
      assert.ok(!(outcome instanceof HostLostError) && outcome.error?.retryable === true)
      assert.equal(verdict.back.failures, unit.failures + 1)
      assert.ok(verdict.back.failures < maxFailures && verdict.back.retryAt >= now)
    })
  })

  test('outputs are kept of successes only, and a destroy removes them', () => {
    always((verdict, _unit, _outcome, { operation }) => {
      if (verdict.kind !== 'end') return
      const { status, stored, outputs } = verdict.end
      if (status !== 'succeeded') assert.deepEqual([stored, outputs], ['keep', undefined])
      else if (stored === 'remove') assert.equal(operation, 'destroy')
      else if (stored === 'replace') assert.ok(outputs)
    })
  })

  test('leftovers stay while something reads the unit, once', () => {
    always((verdict, unit, _outcome, { readers }) => {
      if (verdict.kind !== 'end' || !verdict.end.leftovers) return
      assert.equal(verdict.end.status, 'succeeded')
      assert.ok(unit.leftovers === null && readers.has(unit.id))
    })
  })

  test('what was cut off is settled before the next attempt', () => {
    always((verdict, _unit, outcome) => {
      if (verdict.kind === 'return') {
        assert.equal(verdict.back.settle, verdict.event.type === 'unit.interrupted')
      } else if (outcome instanceof HostLostError) assert.equal(verdict.end.settle, true)
      else assert.ok(!verdict.end.settle || wasCut(outcome))
    })
  })
})
