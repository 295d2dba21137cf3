import { type Actor, type Grant } from '../../../contract/access.ts'
import { type Queryable } from '../postgres/database.ts'
import { jsonText } from '../postgres/json.ts'

/** A token as it is kept, without its hash: nobody has its text. */
export interface StoredToken {
  id: string
  name: string
  /** The subject of the person whom it names. */
  person?: string
  /** The subject of the person who made it. */
  maker: string
  /** It acts for its maker; otherwise it acts for nobody. */
  vouched: boolean
  grants: Grant[]
  bootstrap: boolean
  createdBy: Actor
  createdAt: string
  /** Null: never. */
  expiresAt: string | null
  /** To the minute. */
  lastUsedAt: string | null
  revokedAt: string | null
}

interface Row {
  id: string
  name: string
  person: string | null
  maker: string | null
  vouched: boolean
  grants: Grant[]
  bootstrap: boolean
  created_by: Actor
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
  revoked_at: Date | null
}
const columns =
  'id, name, person, maker, vouched, grants, bootstrap, created_by, created_at, expires_at, last_used_at, ' +
  'revoked_at'

function tokenOf (row: Row): StoredToken {
  return {
    id: row.id,
    name: row.name,
    ...(row.person !== null && { person: row.person }),
    // One that another version of the service made meanwhile acts for nobody.
    maker: row.maker ?? row.created_by.subject,
    vouched: row.vouched && row.maker !== null,
    grants: row.grants,
    bootstrap: row.bootstrap,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null
  }
}

/** A token that is to be stored. */
export interface InsertedToken {
  id: string
  hash: Buffer
  name: string
  person?: string
  maker: string
  vouched: boolean
  grants: Grant[]
  createdBy: Actor
  expiresAt: string | null
  bootstrap: boolean
}

export async function insertToken (client: Queryable, token: InsertedToken): Promise<void> {
  await client.query(
    `INSERT INTO windlass.tokens (
       id, hash, name, person, grants, bootstrap, created_by, expires_at, maker, vouched
     )
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      token.id,
      token.hash,
      token.name,
      token.person ?? null,
      jsonText(token.grants),
      token.bootstrap,
      jsonText(token.createdBy),
      token.expiresAt,
      token.maker,
      token.vouched
    ]
  )
}

/**
 * The token of a hash. Its use is noted when the last one noted is a minute ago: a row is not
 * written at every request, and of several processes one does it.
 */
export async function useToken (client: Queryable, hash: Buffer): Promise<StoredToken | undefined> {
  const { rows } = await client.query<Row & { stale: boolean }>({
    name: 'use-token',
    text: `SELECT ${columns},
        revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) AND (
          last_used_at IS NULL
          OR last_used_at < now() - interval '1 minute'
        ) AS stale
      FROM windlass.tokens
      WHERE hash = $1`,
    values: [hash]
  })
  const [row] = rows
  if (row?.stale) {
    await client.query(
      `UPDATE windlass.tokens
       SET last_used_at = now()
       WHERE hash = $1
         AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [hash]
    )
  }
  return row && tokenOf(row)
}

export async function readToken (client: Queryable, id: string): Promise<StoredToken | undefined> {
  const { rows } = await client.query<Row>(
    `SELECT ${columns}
     FROM windlass.tokens
     WHERE id = $1`,
    [id]
  )
  return rows[0] && tokenOf(rows[0])
}

/** In order of creation, after the token `after`. */
export async function listTokens (
  client: Queryable,
  page: { after?: string, limit: number }
): Promise<StoredToken[]> {
  const { rows } = await client.query<Row>(
    `SELECT ${columns}
     FROM windlass.tokens
     WHERE $1::text IS NULL OR number > (SELECT number FROM windlass.tokens WHERE id = $1)
     ORDER BY number
     LIMIT $2`,
    [page.after ?? null, page.limit]
  )
  return rows.map(tokenOf)
}

export async function revokeToken (client: Queryable, id: string, by: Actor): Promise<void> {
  await client.query(
    `UPDATE windlass.tokens
     SET revoked_at = now(), revoked_by = $2
     WHERE id = $1
       AND revoked_at IS NULL`,
    [id, jsonText(by)]
  )
}

/** Ends the bootstrap token, if there is one. */
export async function revokeBootstrap (client: Queryable, by: Actor): Promise<void> {
  await client.query(
    `UPDATE windlass.tokens
     SET revoked_at = now(), revoked_by = $1
     WHERE bootstrap
       AND revoked_at IS NULL`,
    [jsonText(by)]
  )
}

// Any constant that nothing else in the database uses: the first eight digits of sha256('windlass
// bootstrap token').
const lock = 0x81a21892

/** Until the end of the transaction no other process makes the bootstrap token. */
export async function lockTokens (client: Queryable): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [lock])
}

/**
 * The grants of each valid token that is an admin's of something. A bootstrap token whose text may
 * be lost is among them: it is valid until it expires.
 */
export async function adminGrants (client: Queryable): Promise<Grant[][]> {
  const { rows } = await client.query<{ grants: Grant[] }>(
    `SELECT DISTINCT grants
     FROM windlass.tokens
     WHERE revoked_at IS NULL
       AND (expires_at IS NULL OR expires_at > now())
       AND grants @> '[{"role": "admin"}]'`
  )
  return rows.map(({ grants }) => grants)
}
