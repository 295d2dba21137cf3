import { type Queryable } from '../postgres/database.ts'
import { callerColumn } from './caller-column.ts'

// Any constant that this database's other advisory locks do not start with.
const namespace = 0x77616974

/** Whose deployments and worlds are counted. */
export interface Counted {
  federation: string
  caller: string
}

/**
 * Keeps counts of a caller and of a federation to this transaction, so that launches side by side
 * do not exceed a bound together. Always in this order, and after the lane: no two wait for each
 * other.
 */
export async function lockCounts (client: Queryable, { federation, caller }: Counted): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [namespace, `caller ${caller}`])
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [
    namespace,
    `federation ${federation}`
  ])
}

/** Counts the queued deployments of a federation, and those of a caller in all federations. */
export async function queuedCounts (
  client: Queryable,
  { federation, caller }: Counted
): Promise<{ federation: number, caller: number }> {
  const { rows } = await client.query<{ federation: number, caller: number }>(
    `SELECT (
         SELECT count(*)::int
         FROM windlass.deployments d
         WHERE d.status = 'queued'
           AND d.federation = $1
       ) AS federation,
       (
         SELECT count(*)::int
         FROM windlass.deployments d
         WHERE d.status = 'queued'
           AND ${callerColumn} = $2
       ) AS caller`,
    [federation, caller]
  )
  return rows[0] ?? { federation: 0, caller: 0 }
}
