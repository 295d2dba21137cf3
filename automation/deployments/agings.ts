/** Worlds of rehearsals that grow older: their clocks are put forward, and what broke is kept. */
import { AutomationError } from '../errors.ts'
import { placeOf } from '../place.ts'
import { type Agings } from '../ports.ts'
import { type AgedSchedule } from '../stacks/aging.ts'
import { lockPlace } from '../store/deployments/lane-lock.ts'
import { type Queryable, transaction } from '../store/postgres/database.ts'
import { agingsOf } from '../store/worlds/agings.ts'
import { busyIn } from '../store/worlds/busy-world.ts'
import { timeOfWorld } from '../store/worlds/world-clock.ts'
import { federationsIn } from '../store/worlds/world-list.ts'
import { type CliStacks, grownWorld, keepGrown, schedulesIn } from './grown-world.ts'
import { type Storage } from './service.ts'
import { type Topology } from './topology.ts'

/** Deployments that a refusal names. */
const namedDeployments = 10

/** Agings as the store has them; stacks may be in the CLI's own backend. */
export function createAgings (
  storage: Storage,
  topology: Pick<Topology, 'get'>,
  cliStacks: CliStacks
): Agings {
  const { pool } = storage
  const known = async (client: Queryable, world: string): Promise<string[]> => {
    const federations = await federationsIn(client, world)
    if (federations.length === 0) throw new AutomationError('world-not-found', { world })
    return federations
  }
  return {
    async agings (world) {
      await known(pool, world)
      return await agingsOf(pool, world)
    },
    async age (world, { days }, by) {
      return await transaction(pool, async (client) => {
        // What is launched meanwhile would begin at one time and go on at another.
        const mine = await lockPlace(client, placeOf('rehearsal', world))
        const federations = await known(client, world)
        const busy = mine ? await busyIn(client, { world, limit: namedDeployments }) : []
        if (!mine || busy.length > 0) {
          throw new AutomationError('world-in-use', { world, deployments: busy })
        }
        const from = await timeOfWorld(client, world)
        const schedules = await schedulesOf(topology, federations, world)
        const aging = await grownWorld(storage, cliStacks, { world, from, days, schedules })
        await keepGrown(client, world, aging, by)
        return aging
      })
    }
  }
}

/** Schedules of all federations in a world, as their files are now. */
async function schedulesOf (
  topology: Pick<Topology, 'get'>,
  federations: readonly string[],
  world: string
): Promise<AgedSchedule[]> {
  const found: AgedSchedule[] = []
  for (const name of federations) {
    const federation = await topology.get(name).catch((error: unknown) => {
      // Its file is gone: nothing is launched of it any more.
      if (error instanceof AutomationError && error.code === 'federation-not-found') return undefined
      throw error
    })
    if (federation) found.push(...schedulesIn(federation, world))
  }
  return found
}
