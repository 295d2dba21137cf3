import { Chance } from '../rehearsal/engine/random/chance.ts'
import { live } from '../rehearsal/engine/random/life.ts'
import type { Campaign } from './campaign.ts'

/** A life of 200 resources takes seconds, and one of ten a tenth: most are small. */
const mostResources = 200
const mostOfSmall = 20
const largeOneIn = 20

export const engine: Campaign = {
  name: 'engine',
  searches: 'programs, edits, failures and deaths after which the rehearsal engine breaks a promise',
  runs: 300,
  async search ({ seed, runs, say }) {
    const chance = new Chance(seed)
    for (let tried = 1; tried <= runs; tried++) {
      const own = chance.below(2 ** 31)
      const size = chance.oneIn(largeOneIn)
        ? chance.between(mostOfSmall, mostResources)
        : chance.between(1, mostOfSmall)
      const told: string[] = []
      try {
        await live(own, size, (line) => told.push(line))
      } catch (error) {
        for (const line of told) say(line)
        throw new Error(`life ${own} of ${size} resources`, { cause: error })
      }
      if (tried % largeOneIn === 0) say(`life ${tried} of ${runs} was lived`)
    }
  }
}
