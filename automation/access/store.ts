import { type Pool } from '../store/postgres/database.ts'
import { type AccessStore } from './access-store.ts'
import { createSessionStore } from './session-store.ts'
import { createTokenStore } from './token-store.ts'

/** Tokens and sessions in PostgreSQL. */
export function createAccessStore (pool: Pool): AccessStore {
  return { ...createTokenStore(pool), ...createSessionStore(pool) }
}
