import { suite, test } from 'node:test'
import fc from 'fast-check'
import { anyFederation } from '../fixtures/any-federation.ts'
import { assertDeployed, assertPlanned } from './properties.ts'

// A sample, always the same: `npm run campaign -- federations` searches on with other seeds.
const seed = 11

suite('any federation', { timeout: 600_000 }, () => {
  test('of 1 to 40 clusters has a plan with every cluster in every phase, in order', () => {
    fc.assert(fc.property(anyFederation({ min: 1, max: 40 }), assertPlanned), { seed, numRuns: 40 })
  })

  test('deploys all its units, and leaves nothing when they are destroyed', async () => {
    // A shrunk counterexample costs a deployment each time it is tried: the seed that is printed is
    // enough to see it again.
    await fc.assert(fc.asyncProperty(anyFederation({ min: 1, max: 3 }), assertDeployed), {
      seed,
      numRuns: 2,
      endOnFailure: true
    })
  })
})
