import { type Queryable } from './database.ts'

/** The deployment that was launched with an idempotency key, and the hash of the request it was launched by. */
export async function findByKey (client: Queryable, key: string): Promise<{ id: string, bodyHash: string } | undefined> {
  const { rows } = await client.query<{ id: string, body_hash: string }>('SELECT id, body_hash FROM windlass.deployments WHERE idempotency_key = $1', [key])
  return rows[0] && { id: rows[0].id, bodyHash: rows[0].body_hash }
}
