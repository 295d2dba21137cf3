import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unitsInMemory } from '../../automation/unit-memory.ts'

const gibibyte = 1024 ** 3

test('memory decides how many units run at once: one at least, and 64 at most', () => {
  assert.equal(unitsInMemory(16 * gibibyte), 25)
  assert.equal(unitsInMemory(0), 1)
  assert.equal(unitsInMemory(1024 * gibibyte), 64)
})
