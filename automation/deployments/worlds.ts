/** Named worlds of rehearsals: listed, and dropped with all that is in them. */
import { type Act } from '../acts.ts'
import { AutomationError } from '../errors.ts'
import { placeOf } from '../place.ts'
import { type Worlds } from '../ports.ts'
import { type CliPlaces } from '../stacks/cli/places.ts'
import { lockPlace } from '../store/deployments/lane-lock.ts'
import { appendAudit } from '../store/identity/audit.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { busyIn } from '../store/worlds/busy-world.ts'
import { dropWorld } from '../store/worlds/dropped-world.ts'
import { noteDroppedWorld } from '../store/worlds/unused-worlds.ts'
import { federationsIn, listWorlds } from '../store/worlds/world-list.ts'
import { pageOf } from './read/page.ts'

/** Deployments that a refusal names. */
const namedDeployments = 10

/** Worlds as the store has them. `cliPlaces`: what the CLI keeps of them outside the database. */
export function createWorlds (pool: Pool, cliPlaces: Pick<CliPlaces, 'drop'>): Worlds {
  const federationsOf = async (client: Parameters<typeof federationsIn>[0], world: string) => {
    const federations = await federationsIn(client, world)
    if (federations.length === 0) throw new AutomationError('world-not-found', { world })
    return federations
  }
  return {
    async worlds ({ limit, ...page }) {
      const found = await listWorlds(pool, { ...page, limit: limit + 1 })
      return pageOf(
        found.map(({ lastUsed, ...world }) => ({
          ...world,
          ...(lastUsed && { lastUsed: lastUsed.toISOString() })
        })),
        limit,
        ({ name }) => name
      )
    },
    worldScopes: async (world) =>
      (await federationsOf(pool, world)).map((federation) => ({
        federation,
        mode: 'rehearsal' as const,
        operation: 'destroy' as const
      })),
    async dropWorld (world, { actor, origin }) {
      await transaction(pool, async (client) => {
        // A launch that is stored, or a turn that is taken, at this moment is one under way.
        const mine = await lockPlace(client, placeOf('rehearsal', world))
        const federations = await federationsOf(client, world)
        const busy = mine ? await busyIn(client, { world, limit: namedDeployments }) : []
        if (!mine || busy.length > 0) {
          throw new AutomationError('world-in-use', { world, deployments: busy })
        }
        const [listed] = await listWorlds(client, { limit: 1, name: world })
        // First: what a crash leaves then is found again.
        await cliPlaces.drop(world)
        await dropWorld(client, world)
        await noteDroppedWorld(client, world)
        const act: Act = {
          action: 'world.dropped',
          outcome: 'done',
          ...(actor && { actor }),
          ...(origin && { origin }),
          target: { kind: 'world', id: world },
          before: { federations, units: listed?.units ?? 0 }
        }
        await appendAudit(client, act)
      })
    }
  }
}
