import { randomUUID } from 'node:crypto'
import { type Actor } from '../../contract/access.ts'
import { type Page } from '../../contract/schema.ts'
import { type Origin } from '../acts.ts'
import { AutomationError } from '../errors.ts'
import { type PageRequest } from '../page.ts'
import { machinePerson, tokenPeople } from '../person.ts'
import { appendAudit } from '../store/identity/audit.ts'
import {
  adminGrants,
  insertToken,
  listTokens,
  lockTokens,
  readToken,
  revokeBootstrap,
  revokeToken,
  type StoredToken,
  useToken
} from '../store/identity/tokens.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'
import { type NewToken, type TokenStore } from './access-store.ts'
import { everywhere } from './model.ts'
import { administersAll } from './permits.ts'
import { hashOf, isToken, mintToken } from './tokens.ts'

/** Number of tokens that are read at once to fill a page of those that the caller may see. */
const pageSize = 200

/** Makes the bootstrap token. */
const service: Actor = { subject: 'windlass', name: 'the service', kind: 'local' }

/** Tokens in PostgreSQL, with every change noted in the audit log. */
export function createTokenStore (pool: Pool): TokenStore {
  return {
    token: (id) => token(pool, id),
    createToken: (wanted, origin) => createToken(pool, wanted, origin),
    useToken: async (secret) => isToken(secret) ? await useToken(pool, hashOf(secret)) : undefined,
    tokens: (page, wanted) => tokens(pool, page, wanted),
    revokeToken: (id, by, origin) => revoke(pool, id, by, origin),
    bootstrap: (expiresAt, keep) => bootstrap(pool, expiresAt, keep)
  }
}

async function token (pool: Pool, id: string): Promise<StoredToken> {
  const found = await readToken(pool, id)
  if (!found) throw new AutomationError('token-not-found', { token: id })
  return found
}

async function createToken (
  pool: Pool,
  wanted: NewToken,
  origin: Origin | undefined
): Promise<{ token: StoredToken, secret: string }> {
  const secret = mintToken()
  const id = randomUUID()
  await transaction(pool, async (client) => {
    const people = tokenPeople(wanted.createdBy, wanted.person)
    await insertToken(client, { ...wanted, ...people, id, hash: hashOf(secret), bootstrap: false })
    if (administersAll(wanted.grants)) await revokeBootstrap(client, wanted.createdBy)
    const { name, grants, expiresAt, createdBy } = wanted
    await appendAudit(client, {
      action: 'token.created',
      outcome: 'done',
      actor: createdBy,
      ...(origin && { origin }),
      target: { kind: 'token', id },
      after: { name, ...people, grants, expiresAt }
    })
  })
  return { token: await token(pool, id), secret }
}

async function tokens (
  pool: Pool,
  { after, limit }: PageRequest,
  wanted: (token: StoredToken) => boolean
): Promise<Page<StoredToken>> {
  const items: StoredToken[] = []
  const from = after === undefined ? undefined : await readToken(pool, after)
  // After a token that the caller may not see there is as much as after one that never was.
  if (after !== undefined && !(from && wanted(from))) return { items }
  let cursor = after
  for (;;) {
    const page = await listTokens(pool, {
      limit: pageSize,
      ...(cursor !== undefined && { after: cursor })
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
}

async function revoke (pool: Pool, id: string, by: Actor, origin: Origin | undefined): Promise<void> {
  const { name, revokedAt } = await token(pool, id)
  await transaction(pool, async (client) => {
    await revokeToken(client, id, by)
    // Revoking again changes nothing.
    if (revokedAt === null) {
      await appendAudit(client, {
        action: 'token.revoked',
        outcome: 'done',
        actor: by,
        ...(origin && { origin }),
        target: { kind: 'token', id },
        before: { name }
      })
    }
  })
}

async function bootstrap (
  pool: Pool,
  expiresAt: string,
  keep: (secret: string) => Promise<void>
): Promise<boolean> {
  return await transaction(pool, async (client) => {
    // One process at a time: of two that start at once one makes it.
    await lockTokens(client)
    if ((await adminGrants(client)).some(administersAll)) return false
    const secret = mintToken()
    await keep(secret)
    const id = randomUUID()
    await insertToken(client, {
      id,
      hash: hashOf(secret),
      name: 'bootstrap',
      grants: [everywhere('admin')],
      createdBy: service,
      // Whoever reads it from the data folder.
      maker: machinePerson,
      vouched: true,
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
}
