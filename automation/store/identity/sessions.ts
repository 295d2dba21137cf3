import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/** Claims that an issuer vouched for. */
type SubjectClaims = Readonly<Record<string, unknown>> & { sub: string }

/** The credential that a session rests on: a token, or an issuer's claims. */
export type SessionBasis = { token: string } | { issuer: string, claims: SubjectClaims }

/** A session as it is kept. */
export interface StoredSession {
  basis: SessionBasis
  createdAt: string
  expiresAt: string
}

interface Row {
  token: string | null
  issuer: string | null
  claims: SubjectClaims | null
  created_at: Date
  expires_at: Date
  stale: boolean
}

/**
 * Stores a session, and forgets those that ended: their number is bounded by the sign-ins of a
 * session's longest life.
 */
export async function insertSession (
  client: Queryable,
  session: { hash: Buffer, basis: SessionBasis, expiresAt: string }
): Promise<void> {
  const { hash, basis, expiresAt } = session
  const [token, issuer, claims] = 'token' in basis
    ? [basis.token, null, null]
    : [null, basis.issuer, jsonText(basis.claims)]
  await client.query(
    `DELETE FROM windlass.sessions
     WHERE expires_at < now()`
  )
  await client.query(
    `INSERT INTO windlass.sessions (hash, token, issuer, claims, expires_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [hash, token, issuer, claims, expiresAt]
  )
}

/**
 * The session of a hash that is neither expired nor idle. Its use is noted when the last one noted
 * is a minute ago.
 */
export async function useSession (
  client: Queryable,
  hash: Buffer,
  idleSeconds: number
): Promise<StoredSession | undefined> {
  const { rows } = await client.query<Row>({
    name: 'use-session',
    text: `SELECT token, issuer, claims, created_at, expires_at,
         last_seen_at < now() - interval '1 minute' AS stale
       FROM windlass.sessions
       WHERE hash = $1
         AND expires_at > now()
         AND last_seen_at > now() - make_interval(secs => $2)`,
    values: [hash, idleSeconds]
  })
  const [row] = rows
  if (!row) return undefined
  if (row.stale) {
    await client.query(
      `UPDATE windlass.sessions
       SET last_seen_at = now()
       WHERE hash = $1
         AND last_seen_at < now() - interval '1 minute'`,
      [hash]
    )
  }
  const basis: SessionBasis | undefined = row.token !== null
    ? { token: row.token }
    : row.issuer !== null && row.claims !== null
    ? { issuer: row.issuer, claims: row.claims }
    : undefined
  return basis && { basis, createdAt: row.created_at.toISOString(), expiresAt: row.expires_at.toISOString() }
}

/** Resolves with whether there was one. */
export async function deleteSession (client: Queryable, hash: Buffer): Promise<boolean> {
  const { rowCount } = await client.query(
    `DELETE FROM windlass.sessions
     WHERE hash = $1`,
    [hash]
  )
  return rowCount === 1
}
