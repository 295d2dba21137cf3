import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchesName } from '../../../contract/text/names.ts'
import { permitted } from '../removals.ts'
import { findings, lost } from './findings.ts'

test('a finding is held when all its removals are tried and missed', () => {
  const all = [{ finding: 'a', removals: ['rule a*', 'wait b'] }]
  const rule = { kind: 'rule', name: 'rule a1', check: 'missed' } as const
  const wait = { kind: 'wait', name: 'wait b' } as const
  assert.deepEqual(lost(all, [rule, { ...wait, check: 'missed' }]), [])
  assert.deepEqual(lost(all, [rule, wait]), ['a: wait b'])
  assert.deepEqual(lost(all, [rule]), ['a: no removal is wait b'])
})

test('no removal of a finding may go', async () => {
  for (const { removal, source } of await permitted()) {
    assert.match(source, /^https:/)
    for (const { finding, removals } of await findings()) {
      const same = removals.filter((pattern) =>
        matchesName(pattern, removal) || matchesName(removal, pattern)
      )
      assert.deepEqual(same, [], `${finding}: ${removal}`)
    }
  }
})
