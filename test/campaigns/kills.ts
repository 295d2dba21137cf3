import fc from 'fast-check'
import { killedDeployment, type Moment } from '../durability/killed-deployment.ts'
import { makeInstallation } from '../fixtures/installation.ts'
import { partOfNautilus, twoPairs, twoPairsLinks } from '../fixtures/part-of-nautilus.ts'
import type { Campaign } from './campaign.ts'

/** The numbers of events between one kill and the next. */
const gaps = fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 4, maxLength: 12 })

export const kills: Campaign = {
  name: 'kills',
  searches: 'moments at which a kill -9 of the service loses or doubles an event, resource or unit',
  runs: 10,
  async search ({ seed, runs, say }) {
    for (const [index, chosen] of fc.sample(gaps, { seed, numRuns: runs }).entries()) {
      const installation = await makeInstallation({
        environment: async (folder) => ({
          WINDLASS_FEDERATIONS: await partOfNautilus(folder, twoPairs, { links: twoPairsLinks })
        })
      })
      try {
        const moments = chosen.map((gap): Moment => (seen, before) => seen.length - before.length >= gap)
        const { kills: done } = await killedDeployment(installation, moments)
        say(
          `deployment ${index + 1} of ${runs}: ${done} kills, after ${
            chosen.slice(0, done).join(', ')
          } events`
        )
      } finally {
        await installation.close()
      }
    }
  }
}
