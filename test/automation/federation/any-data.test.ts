import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { parseFederation } from '../../../automation/federation/load.ts'
import { anyEdits, assertJudged } from './edited-files.ts'
import { nautilusText } from './nautilus.ts'

describe('whatever a file holds', () => {
  test('any data gives problems with a place, or a federation with separate ranges', () => {
    // A sample. `npm run campaign -- files` tries more.
    fc.assert(fc.property(anyEdits, assertJudged), { numRuns: 150 })
  })

  test('any text at all is judged too', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => {
      assert.ok('errors' in parseFederation(text, 'any.yaml'))
    }))
  })

  test('a key that JavaScript treats in a special way is an unknown field like any other', () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const result = parseFederation(`${nautilusText}\n${key}: { polluted: true }\n`, 'any.yaml')
      assert.ok('errors' in result)
      assert.deepEqual(result.errors.map((problem) => [problem.code, problem.path]), [[
        'FED_UNKNOWN_FIELD',
        key
      ]])
    }
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
  })
})
