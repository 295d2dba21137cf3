import { type ClientBase } from 'pg'
import { type Role } from '../../../contract/words.ts'

/** Valid tokens that may approve and act for nobody, so that their approvals do not count. */
export interface VoicelessTokens {
  /** The names of the first of them, each with its id. */
  names: string[]
  count: number
}

/** As many as a person reads in a line. */
const namedTokens = 10

/** Finds the valid tokens whose approvals do not count although a role lets them approve. */
export async function voicelessTokens (
  client: ClientBase,
  approving: readonly Role[]
): Promise<VoicelessTokens> {
  const { rows } = await client.query<{ id: string, name: string, count: number }>(
    `SELECT id, name, (count(*) OVER ())::int AS count
     FROM windlass.tokens
     WHERE (NOT vouched OR maker IS NULL)
       AND revoked_at IS NULL
       AND (expires_at IS NULL OR expires_at > clock_timestamp())
       AND EXISTS (SELECT FROM jsonb_array_elements(grants) AS one WHERE one->>'role' = ANY($1))
     ORDER BY created_at, id
     LIMIT $2`,
    [approving, namedTokens]
  )
  return { names: rows.map(({ id, name }) => `${name} (${id})`), count: rows[0]?.count ?? 0 }
}
