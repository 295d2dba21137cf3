import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  deploymentBefore,
  deploymentTransitions,
  isEnded,
  isSettled,
  phaseBefore,
  phaseTransitions,
  unitTransitions
} from '../../../automation/deployments/states.ts'

/** Statuses from which `goal` can be reached. */
function reaching (
  transitions: Readonly<Record<string, readonly string[]>>,
  goal: (status: string) => boolean
): Set<string> {
  const found = new Set(Object.keys(transitions).filter(goal))
  for (let grown = true; grown;) {
    grown = false
    for (const [from, to] of Object.entries(transitions)) {
      if (!found.has(from) && to.some((status) => found.has(status))) grown = Boolean(found.add(from))
    }
  }
  return found
}

suite('states', () => {
  test(
    'from every status an end can be reached; the success of a deployment is final, and that of a unit ' +
      'opens again only to run once more',
    () => {
      assert.equal(
        reaching(deploymentTransitions, (status) => isEnded(status as 'queued')).size,
        Object.keys(deploymentTransitions).length
      )
      assert.equal(
        reaching(unitTransitions, (status) => isSettled(status as 'waiting')).size,
        Object.keys(unitTransitions).length
      )
      assert.deepEqual(
        [deploymentTransitions.succeeded, phaseTransitions.succeeded, unitTransitions.succeeded],
        [[], ['running'], ['waiting']]
      )
    }
  )

  test('only a resume leaves an end, and only into the queue', () => {
    for (const status of ['failed', 'canceled'] as const) {
      assert.deepEqual(deploymentTransitions[status], ['queued'])
      assert.deepEqual(phaseTransitions[status], ['pending'])
      assert.deepEqual(unitTransitions[status], ['waiting'])
    }
  })

  test('what may come before a status is what may be followed by it', () => {
    assert.deepEqual(deploymentBefore('canceling'), ['running', 'waiting'])
    assert.deepEqual(deploymentBefore('succeeded'), ['running'])
    assert.deepEqual(phaseBefore('running').sort(), ['pending', 'succeeded', 'waiting'])
  })
})
