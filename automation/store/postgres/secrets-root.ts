import { type Queryable } from './database.ts'

/** By which key the database is sealed, and the root, sealed. */
export interface SecretsRoot {
  keyCheck: string
  root: string
}

/** Undefined before the first start that made it, and in a database without tables. */
export async function readSecretsRoot (client: Queryable): Promise<SecretsRoot | undefined> {
  const { rows: [known] } = await client.query<{ known: boolean }>(
    "SELECT to_regclass('windlass.secrets_root') IS NOT NULL AS known"
  )
  if (known?.known !== true) return undefined
  const { rows } = await client.query<SecretsRoot>(
    `SELECT key_check AS "keyCheck", root
     FROM windlass.secrets_root`
  )
  return rows[0]
}

/** Stores it unless another process was first. */
export async function insertSecretsRoot (client: Queryable, { keyCheck, root }: SecretsRoot): Promise<void> {
  await client.query(
    `INSERT INTO windlass.secrets_root (key_check, root)
     VALUES ($1, $2)
     ON CONFLICT DO NOTHING`,
    [keyCheck, root]
  )
}

export async function setKeyCheck (client: Queryable, keyCheck: string): Promise<void> {
  await client.query(
    `UPDATE windlass.secrets_root
     SET key_check = $1`,
    [keyCheck]
  )
}

/**
 * Until the transaction ends nobody reads it: a service that starts meanwhile waits, and then finds
 * what became of it.
 */
export async function lockSecretsRoot (client: Queryable): Promise<void> {
  await client.query('LOCK TABLE windlass.secrets_root IN ACCESS EXCLUSIVE MODE')
}
