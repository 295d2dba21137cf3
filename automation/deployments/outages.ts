/** Outages in worlds of rehearsals: begun by launches and by hand, and ended by hand. */
import { type Outage } from '../../contract/world.ts'
import { type Act, type By } from '../acts.ts'
import { AutomationError } from '../errors.ts'
import { type Outages } from '../ports.ts'
import { appendAudit } from '../store/identity/audit.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { beginOutages, endOutages, outagesOf } from '../store/worlds/outages.ts'
import { federationsIn } from '../store/worlds/world-list.ts'

/** Outages of a world at once: each is compared with every call in it. */
const mostOutages = 50

async function shown (pool: Pool, world: string): Promise<Outage[]> {
  return (await outagesOf(pool, world)).map(({ outage: { kind: _, ...what }, begunAt }) => ({
    ...what,
    since: begunAt.toISOString()
  }))
}

/** Outages as the store has them. */
export function createOutages (pool: Pool): Outages {
  const known = async (client: Parameters<typeof federationsIn>[0], world: string): Promise<void> => {
    if ((await federationsIn(client, world)).length === 0) {
      throw new AutomationError('world-not-found', { world })
    }
  }
  const noted = (action: Act['action'], world: string, { actor, origin }: By, after: object): Act => ({
    action,
    outcome: 'done',
    ...(actor && { actor }),
    ...(origin && { origin }),
    target: { kind: 'world', id: world },
    after
  })
  return {
    async outages (world) {
      await known(pool, world)
      return await shown(pool, world)
    },
    async beginOutage (world, outage, by) {
      await transaction(pool, async (client) => {
        await known(client, world)
        if ((await outagesOf(client, world)).length >= mostOutages) {
          throw new AutomationError('outages-full', { world, limit: mostOutages })
        }
        await beginOutages(client, world, [{ ...outage, kind: 'outage' }])
        await appendAudit(client, noted('world.outage-begun', world, by, { outage }))
      })
      return await shown(pool, world)
    },
    async endOutages (world, by) {
      await transaction(pool, async (client) => {
        await known(client, world)
        const ended = await endOutages(client, world)
        if (ended > 0) await appendAudit(client, noted('world.recovered', world, by, { outages: ended }))
      })
    }
  }
}
