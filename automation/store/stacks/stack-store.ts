import { randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { LeaseLostError, StackLockedError } from '../../stacks/storage-errors.ts'
import {
  type DeploymentV3,
  type HistoryEntry,
  type JournalEntry,
  type StackRef,
  type StackStore,
  type StackUpdate
} from '../../stacks/types.ts'
import { type Pool, type Queryable, transaction } from '../postgres/database.ts'

/** Where the stacks live, and, for a writer, the lease it writes under. */
export interface StackStoreOptions {
  place: string
  fence?: number
}
interface Lock {
  id: string
  user: string
  host: string
  pid: number
  since: string
  fence: number
}

/**
 * Stacks and their states in PostgreSQL. With a `fence` every write first checks that the stack's
 * lease still has it and holds the lease's row until it commits, so a writer that was taken over
 * writes nothing (LeaseLostError); and a lock left by an older fence is taken over, since its
 * holder can't write any more. Without a fence (reads, tests) locks are only what they say.
 */
export function createStackStore (pool: Pool, options: StackStoreOptions): StackStore {
  const { place, fence } = options
  const key = (ref: StackRef): string[] => [place, ref.project, ref.stack]

  async function checkLease (client: Queryable, ref: StackRef): Promise<void> {
    if (fence === undefined) return
    const { rows } = await client.query<{ fence: string }>(
      'SELECT fence FROM windlass.leases WHERE place = $1 AND stack = $2 FOR SHARE',
      [place, ref.stack]
    )
    if (Number(rows[0]?.fence) !== fence) {
      throw new LeaseLostError(
        `the lease of stack ${ref.stack} has fence ${rows[0]?.fence ?? 'none'}, not ${fence}`
      )
    }
  }

  function updateOf (ref: StackRef, lock: Lock): StackUpdate {
    const guarded = (work: (client: Queryable) => Promise<void>): Promise<void> =>
      transaction(pool, async (client) => {
        await checkLease(client, ref)
        const { rows } = await client.query<{ id: string | null }>(
          "SELECT lock->>'id' AS id FROM windlass.stacks WHERE place = $1 AND project = $2 AND stack = " +
            '$3 FOR UPDATE',
          key(ref)
        )
        if (rows[0]?.id !== lock.id) throw new LeaseLostError(`the lock of stack ${ref.stack} was taken away`)
        await work(client)
      })
    return {
      async append (entries) {
        const { rowCount } = await pool.query(appendStatement(fence !== undefined), [
          ...key(ref),
          entries.map((entry) => entry.seq),
          entries.map((entry) => JSON.stringify(entry)),
          lock.id,
          ...(fence === undefined ? [] : [fence])
        ])
        if (rowCount !== entries.length) {
          throw new LeaseLostError(`the lease or the lock of stack ${ref.stack} was taken over`)
        }
      },
      finish: (deployment, history) =>
        guarded(async (client) => {
          await client.query(
            'DELETE FROM windlass.stack_journal WHERE place = $1 AND project = $2 AND stack = $3',
            key(ref)
          )
          await client.query(
            'UPDATE windlass.stacks SET deployment = $4, resources = $5, updated_at = now(), lock = NULL ' +
              'WHERE place = $1 AND project = $2 AND stack = $3',
            [...key(ref), deployment ? JSON.stringify(deployment) : null, deployment?.resources?.length ?? 0]
          )
          if (history) {
            await client.query(
              'INSERT INTO windlass.stack_history (place, project, stack, entry) VALUES ($1, $2, $3, $4)',
              [...key(ref), JSON.stringify(history)]
            )
          }
        }),
      release: () =>
        guarded(async (client) => {
          await client.query(
            'UPDATE windlass.stacks SET lock = NULL WHERE place = $1 AND project = $2 AND stack = $3',
            key(ref)
          )
        })
    }
  }

  return {
    async list () {
      const { rows } = await pool.query<
        { project: string, stack: string, resources: number, updated_at: Date | null, locked: boolean }
      >(
        'SELECT project, stack, resources, updated_at, lock IS NOT NULL AS locked FROM windlass.stacks ' +
          'WHERE place = $1 ORDER BY created_at, stack',
        [place]
      )
      return rows.map((row) => ({
        project: row.project,
        stack: row.stack,
        resourceCount: row.resources,
        updateInProgress: row.locked,
        ...(row.updated_at ? { lastUpdate: row.updated_at.toISOString() } : {})
      }))
    },
    async has (ref) {
      const { rowCount } = await pool.query(
        'SELECT 1 FROM windlass.stacks WHERE place = $1 AND project = $2 AND stack = $3',
        key(ref)
      )
      return rowCount === 1
    },
    create: (ref) =>
      transaction(pool, async (client) => {
        await checkLease(client, ref)
        const { rowCount } = await client.query(
          'INSERT INTO windlass.stacks (place, project, stack) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
          key(ref)
        )
        return rowCount === 1
      }),
    remove: (ref) =>
      transaction(pool, async (client) => {
        await checkLease(client, ref)
        const { rowCount } = await client.query(
          'DELETE FROM windlass.stacks WHERE place = $1 AND project = $2 AND stack = $3',
          key(ref)
        )
        return rowCount === 1
      }),
    async rename (from, to) {
      await transaction(pool, async (client) => {
        await checkLease(client, from)
        await client.query(
          'UPDATE windlass.stacks SET project = $4, stack = $5 WHERE place = $1 AND project = $2 AND ' +
            'stack = $3',
          [...key(from), to.project, to.stack]
        )
      })
    },
    async load (ref) {
      // One statement, so that the journal belongs to the deployment it is read with.
      const { rows } = await pool.query<{ deployment: string | null, journal: string[] | null }>(
        `SELECT s.deployment, (SELECT array_agg(j.entry ORDER BY j.seq) FROM windlass.stack_journal j WHERE (j.place, j.project, j.stack) = (s.place, s.project, s.stack)) AS journal
         FROM windlass.stacks s WHERE s.place = $1 AND s.project = $2 AND s.stack = $3`,
        key(ref)
      )
      const row = rows[0]
      return {
        deployment: row?.deployment ? JSON.parse(row.deployment) as DeploymentV3 : undefined,
        journal: (row?.journal ?? []).map((entry) => JSON.parse(entry) as JournalEntry)
      }
    },
    begin: (ref) =>
      transaction(pool, async (client) => {
        await checkLease(client, ref)
        const { rows } = await client.query<{ lock: Lock | null }>(
          'SELECT lock FROM windlass.stacks WHERE place = $1 AND project = $2 AND stack = $3 FOR UPDATE',
          key(ref)
        )
        const held = rows[0]?.lock
        if (held && !(fence !== undefined && held.fence < fence)) throw new StackLockedError(held)
        const lock: Lock = {
          id: randomUUID(),
          user: userInfo().username,
          host: hostname(),
          pid: process.pid,
          since: new Date().toISOString(),
          fence: fence ?? 0
        }
        await client.query(
          'UPDATE windlass.stacks SET lock = $4 WHERE place = $1 AND project = $2 AND stack = $3',
          [...key(ref), JSON.stringify(lock)]
        )
        return updateOf(ref, lock)
      }),
    async unlock (ref) {
      await pool.query(
        'UPDATE windlass.stacks SET lock = NULL WHERE place = $1 AND project = $2 AND stack = $3',
        key(ref)
      )
    },
    async history (ref, page) {
      const { rows } = await pool.query<{ entry: string }>(
        'SELECT entry FROM windlass.stack_history WHERE place = $1 AND project = $2 AND stack = $3 ORDER ' +
          'BY number DESC LIMIT $4 OFFSET $5',
        [...key(ref), page?.size ?? 1000, page ? (page.number - 1) * page.size : 0]
      )
      return rows.map((row) => JSON.parse(row.entry) as HistoryEntry)
    }
  }
}

/**
 * One statement, since it runs before and after every resource operation: it inserts only while the
 * lock and the lease are held, and keeps both until it commits.
 */
function appendStatement (fenced: boolean): string {
  return `WITH held AS (SELECT 1 FROM windlass.stacks WHERE place = $1 AND project = $2 AND stack = $3 AND lock->>'id' = $6 FOR SHARE)
    ${
    fenced
      ? ', lease AS (SELECT 1 FROM windlass.leases WHERE place = $1 AND stack = $3 AND fence = $7 FOR SHARE)'
      : ''
  }
    INSERT INTO windlass.stack_journal (place, project, stack, seq, entry)
    SELECT $1, $2, $3, entry.seq, entry.body FROM unnest($4::int[], $5::text[]) AS entry(seq, body), held ${
    fenced ? ', lease' : ''
  }`
}
