/** What is kept of tokens and sessions, as the server sees it. */
import { type Actor, type Grant } from '../../contract/access.ts'
import { type Page } from '../../contract/schema.ts'
import { type PageRequest } from '../page.ts'
import { type Origin, type By } from '../store/identity/audit-chain.ts'
import { type Claims } from './claims.ts'

/** A token as it is shown: never its text. */
export interface StoredToken {
  id: string
  name: string
  /** The subject of the person for whom it acts. */
  person?: string
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
export interface NewToken {
  name: string
  person?: string
  grants: Grant[]
  createdBy: Actor
  expiresAt: string | null
}

/** What a session rests on: a token, or the claims that an issuer vouched for. */
export type SessionBasis = { token: string } | { issuer: string, claims: Claims & { sub: string } }
export interface StoredSession {
  basis: SessionBasis
  createdAt: string
  expiresAt: string
}

export interface AccessStore {
  /**
   * Makes a token. `secret` is its text, which is shown once and kept nowhere. The first token of
   * another admin ends the bootstrap token.
   */
  createToken(token: NewToken, origin?: Origin): Promise<{ token: StoredToken, secret: string }>
  /**
   * The token of that text, expired and revoked ones too; undefined when there is none. Notes that
   * it was used, at most once a minute.
   */
  useToken(secret: string): Promise<StoredToken | undefined>
  /** By id; rejects with `token-not-found`. */
  token(id: string): Promise<StoredToken>
  /** In order of creation, those that `wanted` says. */
  tokens(page: PageRequest, wanted: (token: StoredToken) => boolean): Promise<Page<StoredToken>>
  /** Ends a token and the sessions that rest on it. Revoking again changes nothing. */
  revokeToken(id: string, by: Actor, origin?: Origin): Promise<void>
  /**
   * Makes the bootstrap token unless some token of an admin without limits is good; hands its text
   * to `keep` before it counts. Resolves with whether it did.
   */
  bootstrap(expiresAt: string, keep: (secret: string) => Promise<void>): Promise<boolean>
  /**
   * Makes a session and resolves with the id that goes into the cookie. The audit log knows it by
   * the beginning of its hash.
   */
  createSession(basis: SessionBasis, expiresAt: string, by?: By): Promise<string>
  /**
   * The session of that id, unless it expired or nobody used it for `idleSeconds`. Notes that it
   * was used, at most once a minute.
   */
  useSession(id: string, idleSeconds: number): Promise<StoredSession | undefined>
  /** Ends a session; without one nothing happens. */
  deleteSession(id: string, by?: By): Promise<void>
}
