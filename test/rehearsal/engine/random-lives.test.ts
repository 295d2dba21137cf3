// Random programs, edits, failures and deaths of the engine: the state is what the cloud has,
// nothing is deleted before what depends on it, a second up is empty, a destroy leaves nothing, and
// an interrupted life comes to the same as an uninterrupted one. `npm run campaign -- engine`
// searches for longer.
import { test } from 'node:test'
import { live } from './random/life.ts'

/**
 * Seeds that once found something, by the number of resources, and some others. A life takes a
 * tenth of a second.
 */
const lives: readonly [seed: number, size: number, why: string][] = [
  [27, 14, 'a deletion before a replacement fails in a run that goes on'],
  [80, 11, 'the engine dies before it makes a replacement'],
  [136, 11, 'an import is not reached in a run that goes on'],
  [480, 5, 'the engine dies after a deletion'],
  [20261201, 25, 'many resources']
]

for (const [seed, size, why] of lives) {
  test(`a random life keeps its promises: ${why}`, { timeout: 60_000 }, () => live(seed, size))
}
