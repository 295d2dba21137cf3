import { type Queryable } from '../postgres/database.ts'

// Any constants that this database's other advisory locks do not start with.
const namespace = 0x6c616e65
const placeNamespace = 0x706c6163

/** A queue of deployments: those of a federation in a place. */
export interface Lane {
  federation: string
  place: string
}

/**
 * Holds a lane (federation and place) until the transaction ends, so that places in its queue are
 * given and turns are taken one at a time. The place stays as it is meanwhile: nobody drops its
 * world.
 */
export async function lockLane (client: Queryable, lane: Lane): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock_shared($1, hashtext($2))', [placeNamespace, lane.place])
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [
    namespace,
    `${lane.federation} ${lane.place}`
  ])
}

/**
 * Keeps a place to this transaction: none of its lanes can be held meanwhile. False when one is
 * held.
 */
export async function lockPlace (client: Queryable, place: string): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS mine',
    [placeNamespace, place]
  )
  return rows[0]?.mine === true
}
