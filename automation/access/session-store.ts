import { randomBytes } from 'node:crypto'
import { appendAudit } from '../store/identity/audit.ts'
import { deleteSession, insertSession, useSession } from '../store/identity/sessions.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { type SessionStore } from './access-store.ts'
import { hashOf } from './tokens.ts'

/** Name of a session in the audit log: nobody gets from it to the cookie. */
const nameOf = (hash: Buffer): string => hash.toString('hex').slice(0, 16)

/** Sessions in PostgreSQL, with their beginning and end noted in the audit log. */
export function createSessionStore (pool: Pool): SessionStore {
  return {
    async createSession (basis, expiresAt, by) {
      const id = randomBytes(32).toString('base64url')
      const hash = hashOf(id)
      await transaction(pool, async (client) => {
        await insertSession(client, { hash, basis, expiresAt })
        await appendAudit(client, {
          action: 'session.begun',
          outcome: 'done',
          ...by,
          target: { kind: 'session', id: nameOf(hash) },
          after: { with: 'token' in basis ? { token: basis.token } : { issuer: basis.issuer }, expiresAt }
        })
      })
      return id
    },
    useSession: async (id, idleSeconds) => await useSession(pool, hashOf(id), idleSeconds),
    async deleteSession (id, by) {
      const hash = hashOf(id)
      await transaction(pool, async (client) => {
        if (await deleteSession(client, hash)) {
          await appendAudit(client, {
            action: 'session.ended',
            outcome: 'done',
            ...by,
            target: { kind: 'session', id: nameOf(hash) }
          })
        }
      })
    }
  }
}
