import fc from 'fast-check'
import { anyEdits, assertJudged } from '../automation/federation/edited-files.ts'
import type { Campaign } from './campaign.ts'

export const files: Campaign = {
  name: 'files',
  searches: 'files for which loading throws, names no place, or accepts ranges that overlap',
  runs: 20_000,
  search ({ seed, runs }) {
    fc.assert(fc.property(anyEdits, assertJudged), { seed, numRuns: runs })
    return Promise.resolve()
  }
}
