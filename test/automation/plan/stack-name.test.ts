import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { maxStackName, stackName } from '../../../automation/plan/stack-name.ts'
import { phaseNames } from './fixtures.ts'

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}$/)
const scope = fc.oneof(
  name,
  fc.tuple(name, name).map((ends) => ends.join('.')),
  fc.string({ minLength: 1, maxLength: 150 })
)
const phase = fc.constantFrom(...phaseNames)

describe('a stack name', () => {
  test('joins federation, phase and scope', () => {
    assert.equal(
      stackName('nautilus', 'networking', 'nautilus-primary-us-east.nautilus-primary-eu-west'),
      'nautilus.networking.nautilus-primary-us-east.nautilus-primary-eu-west'
    )
  })

  test('has at most 100 characters, all of which stacks may have', () => {
    fc.assert(fc.property(name, phase, scope, (federation, phase, scope) => {
      const stack = stackName(federation, phase, scope)
      assert.ok(stack.length <= maxStackName)
      assert.match(stack, /^[A-Za-z0-9._-]+$/)
    }))
  })

  test('is the same for the same unit', () => {
    fc.assert(fc.property(name, phase, scope, (federation, phase, scope) => {
      assert.equal(stackName(federation, phase, scope), stackName(federation, phase, scope))
    }))
  })

  test('differs for different units, also where it is cut', () => {
    const long = fc.tuple(fc.constant('x'.repeat(120)), fc.nat()).map(([start, number]) =>
      `${start}${number}`
    )
    const unit = fc.tuple(phase, fc.oneof(scope, long))
    fc.assert(
      fc.property(
        fc.uniqueArray(unit, {
          minLength: 2,
          maxLength: 20,
          selector: ([phase, scope]) => `${phase} ${scope}`
        }),
        (units) => {
          assert.equal(
            new Set(units.map(([phase, scope]) => stackName('nautilus', phase, scope))).size,
            units.length
          )
        }
      )
    )
  })

  test('ends in a hash when it is cut', () => {
    assert.match(stackName('nautilus', 'mesh', 'a'.repeat(100)), /^nautilus\.mesh\.a{73}-[0-9a-f]{12}$/)
  })
})
