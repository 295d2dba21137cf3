/** Tokens and sessions as the server works with them. */
import { type Actor, type Grant } from '../../contract/access.ts'
import { type Page } from '../../contract/schema.ts'
import { type By, type Origin } from '../acts.ts'
import { type PageRequest } from '../page.ts'
import { type SessionBasis, type StoredSession } from '../store/identity/sessions.ts'
import { type StoredToken } from '../store/identity/tokens.ts'

/** A token that is to be made. */
export interface NewToken {
  name: string
  /** The subject of the person whom it is for; its maker unless given. */
  person?: string
  grants: Grant[]
  createdBy: Actor
  /** Null: never. */
  expiresAt: string | null
}

/** API tokens. */
export interface TokenStore {
  /**
   * Makes a token. `secret` is its text, which is shown once and kept nowhere. The first token of
   * another admin ends the bootstrap token.
   */
  createToken(token: NewToken, origin?: Origin): Promise<{ token: StoredToken, secret: string }>
  /**
   * Finds the token of a text, expired and revoked ones too; undefined when there is none. Notes
   * that it was used, at most once a minute.
   */
  useToken(secret: string): Promise<StoredToken | undefined>
  /** Reads a token by its id; rejects with `token-not-found`. */
  token(id: string): Promise<StoredToken>
  /** Lists the tokens that `wanted` accepts, in order of creation. */
  tokens(page: PageRequest, wanted: (token: StoredToken) => boolean): Promise<Page<StoredToken>>
  /** Ends a token and the sessions that rest on it. Revoking again changes nothing. */
  revokeToken(id: string, by: Actor, origin?: Origin): Promise<void>
  /**
   * Makes the bootstrap token unless some token of an admin without limits is good; hands its text
   * to `keep` before it counts. Resolves with whether it did.
   */
  bootstrap(expiresAt: string, keep: (secret: string) => Promise<void>): Promise<boolean>
}

/** Sessions of browsers. */
export interface SessionStore {
  /**
   * Makes a session and resolves with the id that goes into the cookie. The audit log knows it by
   * the beginning of its hash.
   */
  createSession(basis: SessionBasis, expiresAt: string, by?: By): Promise<string>
  /**
   * Finds the session of an id, unless it expired or nobody used it for `idleSeconds`. Notes that
   * it was used, at most once a minute.
   */
  useSession(id: string, idleSeconds: number): Promise<StoredSession | undefined>
  /** Ends a session; without one nothing happens. */
  deleteSession(id: string, by?: By): Promise<void>
}

/** Tokens and sessions. */
export interface AccessStore extends TokenStore, SessionStore {}
