import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { canonical } from '../../../automation/canonical.ts'
import { blockingDependants, missingPrerequisites } from '../../../automation/deployments/launch/selection.ts'

suite('selection', () => {
  test('what stands on the selection at any distance blocks it, unless it is selected too', () => {
    const deployed = new Map([['a', []], ['b', ['a']], ['c', ['b']], ['d', ['a']], ['e', ['d']]])
    assert.deepEqual(blockingDependants(['a', 'b'], deployed), ['c', 'd', 'e'])
    assert.deepEqual(blockingDependants(['a', 'b', 'c', 'd', 'e'], deployed), [])
    assert.deepEqual(blockingDependants(['e'], deployed), [])
    // What is not deployed holds nothing up.
    assert.deepEqual(blockingDependants(['x'], new Map([['y', ['x']]])), [])
  })

  test('missing is what is read and not deployed, once each', () => {
    assert.deepEqual(missingPrerequisites(['b', 'a', 'b', 'c'], new Map([['c', []]])), ['a', 'b'])
  })

  test('a request in another order of fields is the same request; another value is another', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      assert.equal(canonical(Object.fromEntries(Object.entries(value).reverse())), canonical(value))
    }))
    assert.notEqual(canonical({ a: [1, 2] }), canonical({ a: [2, 1] }))
  })
})
