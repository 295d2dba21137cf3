/**
 * Things that are removed when they are old: an explicit list. All else is kept for ever:
 * deployments and their units' results, the last state of each stack, what is deployed, approvals,
 * the audit log's ends.
 */
import { type PoolClient } from 'pg'
import { type Act } from '../acts.ts'
import { type Removed } from '../observations.ts'
import { placeOf } from '../place.ts'
import { lockPlace } from '../store/deployments/lane-lock.ts'
import { appendAudit, oldestAudit, countOldAudit, removeOldAudit } from '../store/identity/audit.ts'
import { type Queryable } from '../store/postgres/database.ts'
import { countOldCredentials, removeOldCredentials } from '../store/retention/old-credentials.ts'
import { countOldEvents, removeOldEvents } from '../store/retention/old-events.ts'
import { countOldHistories, removeOldHistories } from '../store/retention/old-histories.ts'
import { countOldMessages, removeOldMessages } from '../store/retention/old-messages.ts'
import { countOldOutputs, removeOldOutputs } from '../store/retention/old-outputs.ts'
import { countOldWorkflows, oldWorkflows } from '../store/retention/old-workflows.ts'
import { dropWorld } from '../store/worlds/dropped-world.ts'
import { noteDroppedWorld, unusedWorlds } from '../store/worlds/unused-worlds.ts'
import { hookDeliveryDays, workflowDays, type RetentionPeriods } from './periods.ts'

/** Tools that rules need beyond the database. */
export interface RemovalTools {
  /** Removes workflows of the workflow library. */
  removeWorkflows(ids: string[]): Promise<void>
  /** Removes what a world left outside the database. */
  removeWorldFiles(world: string): Promise<void>
}

/** A kind of things that is removed when it is old. */
export interface RetentionRule {
  what: Removed
  /** Days that it keeps; 0: for ever. */
  days(periods: RetentionPeriods): number
  /** Counts the things that would go now. */
  count(client: Queryable, days: number): Promise<number>
  /**
   * Removes a batch in the caller's transaction. `first`: of a round. Resolves with how many things
   * went; undefined when there are no more.
   */
  remove(client: PoolClient, days: number, tools: RemovalTools, first: boolean): Promise<number | undefined>
}

/** Audit entries of one transaction, in which whoever notes something waits: about 50 ms. */
const auditBatch = 2_000

/**
 * The removal notes itself, which is one more entry: so it comes once a day at most, when there is
 * a whole day to remove.
 */
async function removeAudit (client: PoolClient, days: number, first: boolean): Promise<number | undefined> {
  if (first && !await oldestAudit(client, days + 1)) return undefined
  const removed = await removeOldAudit(client, days, auditBatch)
  if (!removed) return undefined
  const act: Act = {
    action: 'audit.removed',
    outcome: 'done',
    target: { kind: 'service', id: 'windlass' },
    after: { through: removed.last, entries: removed.entries, days },
    reason: 'retention'
  }
  await appendAudit(client, act)
  return removed.entries
}

/** Drops the world that was not used for longest, unless somebody is about to use it. */
async function removeWorld (
  client: PoolClient,
  days: number,
  tools: RemovalTools
): Promise<number | undefined> {
  for (const world of await unusedWorlds(client, days)) {
    // Looked at again: a launch may have come before the lock.
    if (
      !await lockPlace(client, placeOf('rehearsal', world)) ||
      !(await unusedWorlds(client, days)).includes(world)
    ) continue
    // First: what a crash leaves then is found again.
    await tools.removeWorldFiles(world)
    await dropWorld(client, world)
    await noteDroppedWorld(client, world)
    return 1
  }
  return undefined
}

export const rules: readonly RetentionRule[] = [
  { what: 'events', days: ({ events }) => events, count: countOldEvents, remove: removeOldEvents },
  { what: 'histories', days: ({ events }) => events, count: countOldHistories, remove: removeOldHistories },
  { what: 'outputs', days: ({ previews }) => previews, count: countOldOutputs, remove: removeOldOutputs },
  {
    what: 'audit',
    days: ({ audit }) => audit,
    count: async (client, days) =>
      await oldestAudit(client, days + 1) ? await countOldAudit(client, days) : 0,
    remove: (client, days, _tools, first) => removeAudit(client, days, first)
  },
  {
    what: 'notifications',
    days: ({ notifications }) => notifications,
    count: (client, days) => countOldMessages(client, 'notifications', days),
    remove: (client, days) => removeOldMessages(client, 'notifications', days)
  },
  {
    what: 'hook-deliveries',
    days: () => hookDeliveryDays,
    count: (client, days) => countOldMessages(client, 'hook_deliveries', days),
    remove: (client, days) => removeOldMessages(client, 'hook_deliveries', days)
  },
  {
    what: 'tokens',
    days: ({ tokens }) => tokens,
    count: (client, days) => countOldCredentials(client, 'tokens', days),
    remove: (client, days) => removeOldCredentials(client, 'tokens', days)
  },
  // An ended session is of no use to anybody; a day keeps it out of the way of clocks that differ.
  {
    what: 'sessions',
    days: () => 1,
    count: (client, days) => countOldCredentials(client, 'sessions', days),
    remove: (client, days) => removeOldCredentials(client, 'sessions', days)
  },
  {
    what: 'worlds',
    days: ({ worlds }) => worlds,
    count: async (client, days) => (await unusedWorlds(client, days)).length,
    remove: removeWorld
  },
  {
    what: 'workflows',
    days: () => workflowDays,
    count: countOldWorkflows,
    async remove (client, days, tools) {
      const ids = await oldWorkflows(client, days)
      if (ids.length === 0) return undefined
      await tools.removeWorkflows(ids)
      return ids.length
    }
  }
]
