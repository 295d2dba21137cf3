import { type Queryable } from '../postgres/database.ts'

/** An idempotency key, and the subject whose it is. */
export interface OwnKey {
  key: string
  subject: string
}

/**
 * The deployment that a caller launched with an idempotency key, and the hash of the request it was
 * launched by. Keys from before callers were known are everybody's.
 */
export async function findByKey (
  client: Queryable,
  { key, subject }: OwnKey
): Promise<{ id: string, bodyHash: string } | undefined> {
  const { rows } = await client.query<{ id: string, body_hash: string }>(
    `SELECT id, body_hash
     FROM windlass.deployments
     WHERE idempotency_key = $1
       AND idempotency_scope IN ($2, '')
     ORDER BY idempotency_scope DESC
     LIMIT 1`,
    [key, subject]
  )
  return rows[0] && { id: rows[0].id, bodyHash: rows[0].body_hash }
}
