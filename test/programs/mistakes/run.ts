/**
 * Runs each mistake in a world of its own, and prints its error, or null, as a line of JSON. A
 * process of its own: the SDK leaves rejections of resources that were never registered to the
 * process of the program.
 */
import { stringify } from 'yaml'
import { partFile } from '../../../scripts/part-of-nautilus.ts'
import { federationOf } from '../../fixtures/programs/operated-world.ts'
import { RehearsedWorld } from '../../fixtures/programs/rehearsed-world.ts'
import { type Mistake } from './mistake.ts'
import { mistakes } from './table.ts'

process.on('unhandledRejection', () => undefined)

async function errorOf ({ clusters, first, unit, transform }: Mistake): Promise<string | null> {
  const world = new RehearsedWorld(federationOf(stringify(await partFile(clusters))), transform)
  try {
    for (const before of [...first, unit]) await world.up(before)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

for (const mistake of mistakes) {
  console.log(JSON.stringify({ name: mistake.name, error: await errorOf(mistake) }))
}
process.exit(0)
