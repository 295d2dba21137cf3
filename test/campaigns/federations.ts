import fc from 'fast-check'
import { assertDeployed, assertPlanned } from '../federations/properties.ts'
import { anyFederation } from '../fixtures/any-federation.ts'
import type { Campaign } from './campaign.ts'

/** Plans that are tried for each federation that is deployed: a thousandth of the time each. */
const plans = 100
/** Larger ones find no more, and take minutes each. */
const mostClusters = 12

export const federations: Campaign = {
  name: 'federations',
  searches: 'federations that cannot be planned or deployed, fail a check, or leave something behind',
  runs: 10,
  async search ({ seed, runs, say }) {
    fc.assert(fc.property(anyFederation({ min: 1, max: 40 }), assertPlanned), {
      seed,
      numRuns: runs * plans,
      endOnFailure: true
    })
    say(`${runs * plans} federations are planned`)
    let tried = 0
    const deployed = fc.asyncProperty(anyFederation({ min: 1, max: mostClusters }), async (text) => {
      await assertDeployed(text)
      say(`federation ${++tried} of ${runs} was deployed and destroyed`)
    })
    await fc.assert(deployed, { seed, numRuns: runs, endOnFailure: true })
  }
}
