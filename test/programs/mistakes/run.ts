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

async function errorOf (mistake: Mistake): Promise<string | null> {
  const { clusters, first, unit, transform, again = false, fresh = false } = mistake
  const file = await partFile(clusters)
  const accounts = file['accounts'] as Record<string, object>
  for (const [cloud, changed] of Object.entries(mistake.accounts ?? {})) {
    accounts[cloud] = { ...accounts[cloud], ...changed }
  }
  const world = new RehearsedWorld(federationOf(stringify(file)), transform)
  world.fresh = fresh
  try {
    const units = [...first, unit]
    for (const before of units) await world.up(before)
    if (again) {
      for (const made of units.toReversed()) await world.destroy(made)
      for (const made of units) await world.again(made)
    }
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

for (const mistake of mistakes) {
  console.log(JSON.stringify({ name: mistake.name, error: await errorOf(mistake) }))
}
process.exit(0)
