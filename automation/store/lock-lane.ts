import { type Queryable } from './database.ts'

// Any constant that this database's other advisory locks don't start with.
const namespace = 0x6c616e65

/** Holds a lane (federation and place) until the transaction ends, so that places in its queue are given and turns are taken one at a time. */
export async function lockLane (client: Queryable, lane: { federation: string, place: string }): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [namespace, `${lane.federation} ${lane.place}`])
}
