import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PlanError } from '../../../automation/plan/errors.ts'
import {
  chainSeconds,
  previewSeconds,
  refreshSeconds,
  unitOverheadSeconds,
  unitSeconds
} from '../../../automation/plan/unit-duration.ts'
import { type EstimateStep } from '../../../programs/types.ts'
import { durations } from './fixtures.ts'

const steps: EstimateStep[] = [
  { key: 'network', type: 'test:index:T10' },
  { key: 'cluster', type: 'test:index:T600', after: ['network'] },
  { key: 'nat', type: 'test:index:T60', count: 3, after: ['network'] },
  { key: 'nodes', type: 'test:index:T30', after: ['cluster', 'nat'] }
]
const refuses = (steps: EstimateStep[], message: RegExp) =>
  assert.throws(
    () => chainSeconds('unit', steps, durations, 'create'),
    (error) => error instanceof PlanError && error.code === 'PLAN_ESTIMATE' && message.test(error.message)
  )

describe("a unit's duration", () => {
  test('is that of its longest chain, whatever the count of a step', () => {
    assert.equal(chainSeconds('unit', steps, durations, 'create'), 640)
    assert.equal(chainSeconds('unit', steps, durations, 'update'), 320)
  })

  test('is the overhead alone without steps', () => {
    assert.equal(unitSeconds('unit', [], durations, 'up'), unitOverheadSeconds)
  })

  test('takes the times of deletion when it is destroyed', () => {
    assert.equal(unitSeconds('unit', steps, durations, 'destroy'), unitOverheadSeconds + 640 / 3)
  })

  test('is short for previews and refreshes', () => {
    assert.equal(unitSeconds('unit', steps, durations, 'preview'), unitOverheadSeconds + previewSeconds)
    assert.equal(unitSeconds('unit', steps, durations, 'refresh'), unitOverheadSeconds + refreshSeconds)
  })

  test('takes into account what is deployed', () => {
    assert.equal(unitSeconds('unit', steps, durations, 'up', 40), unitOverheadSeconds + previewSeconds)
    assert.equal(unitSeconds('unit', steps, durations, 'up', 0), unitOverheadSeconds + 640)
    assert.equal(unitSeconds('unit', steps, durations, 'destroy', 0), unitOverheadSeconds)
  })

  test('cannot be computed from steps that contradict each other', () => {
    refuses([{ key: 'a', type: 'test:index:T10' }, { key: 'a', type: 'test:index:T30' }], /one key/)
    refuses([{ key: 'a', type: 'test:index:T10', after: ['b'] }], /after b, which is no step/)
    refuses([{ key: 'a', type: 'test:index:T10', after: ['b'] }, {
      key: 'b',
      type: 'test:index:T10',
      after: ['a']
    }], /circle: .*a/)
  })
})
