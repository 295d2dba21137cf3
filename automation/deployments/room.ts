/**
 * Bounds on what waits and what is kept: one caller, or one federation, does not fill the queue and
 * the database for all.
 */
import { AutomationError } from '../errors.ts'
import { lockCounts, queuedCounts } from '../store/deployments/waiting-counts.ts'
import { type Queryable } from '../store/postgres/database.ts'
import { noteWorld, worldCounts } from '../store/worlds/used-worlds.ts'

/** Most of something, of one caller and of one federation. */
interface Most {
  readonly caller: number
  readonly federation: number
}

export interface RoomBounds {
  /** Queued deployments. */
  readonly queued: Most
  /** Named worlds. */
  readonly worlds: Most
}

/**
 * Queued: at ten seconds each, a thousand are some hours of work for one machine; two callers who
 * queue that much leave room for no third in their federation, and for all in others. Worlds: one
 * for each branch and each test of a large team; each holds some megabytes.
 */
export const usualRoom: RoomBounds = {
  queued: { caller: 1_000, federation: 2_000 },
  worlds: { caller: 500, federation: 1_000 }
}

type Of = 'caller' | 'federation'

/** The bound that is reached, the caller's first. */
function reached (counts: Record<Of, number>, most: Most): Of | undefined {
  return (['caller', 'federation'] as const).find((of) => counts[of] >= most[of])
}

/**
 * Throws `queue-full` when a deployment more may not be queued. The caller has locked its lane, and
 * queues it in this transaction.
 */
export async function checkQueue (
  client: Queryable,
  { queued }: RoomBounds,
  who: { federation: string, caller: string }
): Promise<void> {
  await lockCounts(client, who)
  const of = reached(await queuedCounts(client, who), queued)
  if (of) throw new AutomationError('queue-full', { of, federation: who.federation, limit: queued[of] })
}

/**
 * Notes that a federation rehearses in a named world; throws `worlds-full` when that would be one
 * too many. After `checkQueue`, which keeps the counts to this transaction.
 */
export async function checkWorld (
  client: Queryable,
  { worlds }: RoomBounds,
  who: { federation: string, caller: string, world: string }
): Promise<void> {
  const before = await worldCounts(client, who)
  if (!await noteWorld(client, who)) return
  const of = reached(before, worlds)
  if (of) {
    throw new AutomationError('worlds-full', {
      of,
      federation: who.federation,
      world: who.world,
      limit: worlds[of]
    })
  }
}
