import { appendAudit } from '../store/identity/audit.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { resealColumn, sealedColumns, unlistedSealed } from '../store/postgres/sealed-columns.ts'
import { createSealer } from '../store/postgres/sealer.ts'
import { lockSecretsRoot, readSecretsRoot, setKeyCheck } from '../store/postgres/secrets-root.ts'
import { serviceStays } from '../store/postgres/service-stays.ts'
import { keyCheckOf } from './check.ts'
import { KeyError } from './errors.ts'
import { establishRoot, otherKey } from './root.ts'

/**
 * Seals all that is sealed with another key, in one transaction: all of it, or nothing. Resolves
 * with the number of values; undefined when the database is sealed with that key already. Rejects
 * with a KeyError when a service works on the database, when it is sealed with neither key, and
 * when it holds sealed values that this version does not know of.
 */
export async function rotateKey (
  pool: Pool,
  { from, to, signal }: { from: Buffer, to: Buffer, signal: AbortSignal }
): Promise<number | undefined> {
  if (from.equals(to)) {
    throw new KeyError('key-same', {})
  }
  if ((await readSecretsRoot(pool))?.keyCheck === keyCheckOf(to)) return undefined
  // Made now where no service of this version was started yet.
  await establishRoot(pool, from)
  const [old, fresh] = [createSealer(from), createSealer(to)]
  return await transaction(pool, async (client) => {
    await lockSecretsRoot(client)
    if (await serviceStays(client)) {
      throw new KeyError('key-service-running', {})
    }
    const kept = await readSecretsRoot(client)
    if (kept?.keyCheck !== keyCheckOf(from)) throw otherKey(kept?.keyCheck)
    const unknown = await unlistedSealed(client)
    if (unknown.length > 0) {
      throw new KeyError('key-column-unknown', {
        columns: unknown.map(({ table, column }) => `${table}.${column}`)
      })
    }
    let values = 0
    for (const column of sealedColumns) {
      values += await resealColumn(client, column, (sealed) => fresh.sealText(old.openText(sealed)), signal)
    }
    await setKeyCheck(client, keyCheckOf(to))
    await appendAudit(client, {
      action: 'key.rotated',
      outcome: 'done',
      target: { kind: 'service', id: 'windlass' },
      before: { check: keyCheckOf(from) },
      after: { check: keyCheckOf(to), values }
    })
    return values
  })
}
