/** Tokens and sessions over the store. */
import { randomBytes, randomUUID } from 'node:crypto'
import { type Actor, type Grant } from '../../contract/access.ts'
import { AutomationError } from '../errors.ts'
import { appendAudit } from '../store/identity/audit.ts'
import { deleteSession, insertSession, useSession } from '../store/identity/sessions.ts'
import {
  anyAdminToken,
  insertToken,
  listTokens,
  lockTokens,
  readToken,
  revokeBootstrap,
  revokeToken,
  useToken
} from '../store/identity/tokens.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { type AccessStore, type StoredToken } from './contract.ts'
import { everywhere } from './model.ts'
import { hashOf, isToken, mintToken } from './tokens.ts'

/** How many tokens are looked at to fill a page of those that the caller may see. */
const pageSize = 200

/** Who makes the bootstrap token. */
const service: Actor = { subject: 'windlass', name: 'the service', kind: 'local' }

/** What tells sessions apart in the audit log: nobody gets from it to the cookie. */
const nameOf = (hash: Buffer): string => hash.toString('hex').slice(0, 16)

export function openAccessStore (pool: Pool): AccessStore {
  async function token (id: string): Promise<StoredToken> {
    const found = await readToken(pool, id)
    if (!found) throw new AutomationError('token-not-found', `there is no token ${id}`, { token: id })
    return found
  }
  const isAdmin = (grants: readonly Grant[]) =>
    grants.some((grant) => JSON.stringify(grant) === JSON.stringify(everywhere('admin')))

  return {
    token,
    async createToken (wanted, origin) {
      const secret = mintToken()
      const id = randomUUID()
      await transaction(pool, async (client) => {
        await insertToken(client, { ...wanted, id, hash: hashOf(secret), bootstrap: false })
        if (isAdmin(wanted.grants)) await revokeBootstrap(client, wanted.createdBy)
        const { name, person, grants, expiresAt, createdBy } = wanted
        await appendAudit(client, {
          action: 'token.created',
          outcome: 'done',
          actor: createdBy,
          ...(origin ? { origin } : {}),
          target: { kind: 'token', id },
          after: { name, person, grants, expiresAt }
        })
      })
      return { token: await token(id), secret }
    },
    async useToken (secret) {
      return isToken(secret) ? await useToken(pool, hashOf(secret)) : undefined
    },
    async tokens ({ after, limit }, wanted) {
      const items: StoredToken[] = []
      let cursor = after
      for (;;) {
        const page = await listTokens(pool, {
          limit: pageSize,
          ...(cursor === undefined ? {} : { after: cursor })
        })
        for (const one of page) {
          if (!wanted(one)) continue
          const last = items.at(-1)
          if (items.length === limit && last) return { items, next: last.id }
          items.push(one)
        }
        if (page.length < pageSize) return { items }
        cursor = page.at(-1)?.id
      }
    },
    async revokeToken (id, by, origin) {
      const { name, revokedAt } = await token(id)
      await transaction(pool, async (client) => {
        await revokeToken(client, id, by)
        // Revoking again changes nothing.
        if (revokedAt === null) {
          await appendAudit(client, {
            action: 'token.revoked',
            outcome: 'done',
            actor: by,
            ...(origin ? { origin } : {}),
            target: { kind: 'token', id },
            before: { name }
          })
        }
      })
    },
    async bootstrap (expiresAt, keep) {
      return await transaction(pool, async (client) => {
        // One process at a time: of two that start at once one makes it.
        await lockTokens(client)
        if (await anyAdminToken(client)) return false
        const secret = mintToken()
        await keep(secret)
        const id = randomUUID()
        await insertToken(client, {
          id,
          hash: hashOf(secret),
          name: 'bootstrap',
          grants: [everywhere('admin')],
          createdBy: service,
          expiresAt,
          bootstrap: true
        })
        await appendAudit(client, {
          action: 'token.created',
          outcome: 'done',
          target: { kind: 'token', id },
          after: { name: 'bootstrap', expiresAt }
        })
        return true
      })
    },
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
