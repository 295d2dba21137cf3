/**
 * The root: 32 bytes from which Pulumi's passphrase and the values of rehearsed secrets are
 * derived. What is deployed depends on these, so the root stays when the secrets key, which seals
 * it, is changed. It is the secrets key of the first start: until the first rotation that key alone
 * is enough to read what the passphrase encrypts.
 */
import { type Pool } from '../store/postgres/database.ts'
import { anySealed } from '../store/postgres/sealed-columns.ts'
import { createSealer } from '../store/postgres/sealer.ts'
import { insertSecretsRoot, readSecretsRoot } from '../store/postgres/secrets-root.ts'
import { keyCheckOf } from './check.ts'
import { KeyError } from './errors.ts'

/** The error of a database that is sealed with another key; `keyCheck` is the check of that key. */
export function otherKey (keyCheck: string | undefined) {
  return new KeyError('key-other', keyCheck === undefined ? {} : { keyCheck })
}

/**
 * Reads the root of a database, and makes it when there is none. Rejects with `key-other` when the
 * database is sealed with another key.
 */
export async function establishRoot (pool: Pool, secretsKey: Buffer): Promise<Buffer> {
  const sealer = createSealer(secretsKey)
  const keyCheck = keyCheckOf(secretsKey)
  if (!await readSecretsRoot(pool)) {
    // Of a version without a root: a wrong key must not be taken for the right one now.
    const sealed = await anySealed(pool)
    if (sealed !== undefined && !opens(() => sealer.openText(sealed))) throw otherKey(undefined)
    await insertSecretsRoot(pool, { keyCheck, root: sealer.seal(secretsKey.toString('base64')) })
  }
  const kept = await readSecretsRoot(pool)
  if (kept?.keyCheck !== keyCheck) throw otherKey(kept?.keyCheck)
  return Buffer.from(sealer.open(kept.root) as string, 'base64')
}

function opens (open: () => unknown): boolean {
  try {
    open()
    return true
  } catch {
    return false
  }
}
