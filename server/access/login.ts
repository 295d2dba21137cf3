/** Signing in to the dashboard with an issuer: authorization code with PKCE. */
import { hkdfSync } from 'node:crypto'
import { EncryptJWT, jwtDecrypt } from 'jose'
import * as client from 'openid-client'
import {
  type AccessSettings,
  type Claims,
  claimsFault,
  type Issuer,
  judgeSecret,
  secretValue
} from '../../automation/index.ts'
import { HttpError } from '../errors.ts'
import { boundedFetch } from './bounded-fetch.ts'
import { refused, refusedStale } from './issuers.ts'

/** Seconds from the button to the way back: enough for a password, a second factor and a coffee. */
export const loginSeconds = 10 * 60
/** Milliseconds for which an issuer's description holds. */
const discoveryMilliseconds = 60 * 60_000
/** Seconds that an issuer has for each answer. */
const answerSeconds = 5

/** Kept between the way there and the way back, in a cookie that only this service can read. */
interface Pending {
  issuer: string
  state: string
  nonce: string
  verifier: string
  back: string
}

/** Somebody who has signed in. */
export interface SignedIn {
  issuer: string
  claims: Claims & { sub: string }
  /** The path that the browser was going to. */
  back: string
}

export interface Logins {
  /** Begins a sign-in: where to send the browser, and the cookie that it keeps meanwhile. */
  begin(issuer: Issuer, back: string): Promise<{ address: string, pending: string }>
  /**
   * Ends a sign-in, by the cookie and the query that the issuer sent back. Rejects with an
   * HttpError.
   */
  end(pending: string | undefined, query: string): Promise<SignedIn>
}

/** The path to which issuers send browsers back. */
export const callbackPath = '/v1/session/callback'

export interface LoginOptions {
  settings: AccessSettings
  /** 32 bytes from which the cookie's key is made. */
  key: Buffer
  /** Values of secrets by variable. */
  secretValues: Readonly<Record<string, string | undefined>>
}

/**
 * The secret that the service shows an issuer; it was judged with the access file that names it.
 */
function clientSecretOf (issuer: string, value: string | undefined): string {
  const judged = judgeSecret(value)
  if ('text' in judged) return judged.text
  throw new HttpError('http-login-unknown', { issuer, because: 'secret', fault: judged.wrong })
}

/** Reads the description of an issuer. */
async function discover (
  issuer: Issuer,
  secretValues: LoginOptions['secretValues']
): Promise<client.Configuration> {
  const { name, login } = issuer
  if (!login) {
    throw new HttpError('http-login-unknown', { issuer: name, because: 'not-configured' })
  }
  const secret = login.clientSecret === undefined
    ? undefined
    : clientSecretOf(name, secretValue(secretValues, 'service', login.clientSecret))
  return await client.discovery(
    new URL(issuer.issuer),
    login.clientId,
    {},
    secret === undefined ? client.None() : client.ClientSecretBasic(secret),
    {
      timeout: answerSeconds,
      [client.customFetch]: (url, options) =>
        boundedFetch(url, options as RequestInit & { headers: Record<string, string> }),
      ...(issuer.issuer.startsWith('http:') && { execute: [client.allowInsecureRequests] })
    }
  )
}

/** Creates a reader of issuers' descriptions that remembers them. */
function rememberIssuers (
  secretValues: LoginOptions['secretValues']
): (issuer: Issuer) => Promise<client.Configuration> {
  const known = new Map<string, { configuration: Promise<client.Configuration>, until: number }>()
  return async (issuer) => {
    const { name } = issuer
    const kept = known.get(name)
    const configuration = kept && Date.now() < kept.until
      ? kept.configuration
      : discover(issuer, secretValues)
    if (configuration !== kept?.configuration) {
      known.set(name, { configuration, until: Date.now() + discoveryMilliseconds })
    }
    try {
      return await configuration
    } catch (error) {
      // A failure is not remembered.
      if (known.get(name)?.configuration === configuration) known.delete(name)
      if (error instanceof HttpError) throw error
      throw new HttpError('http-issuer-unavailable', {
        what: `${name} cannot be reached`,
        reason: (error as Error).message
      })
    }
  }
}

/** Creates the seal of the cookie that is kept between the way there and the way back. */
function pendingSeal (key: Buffer) {
  // A key of its own: a cookie is no sealed value of the store, and the other way round.
  const cookieKey = new Uint8Array(hkdfSync('sha256', key, '', 'windlass login cookie', 32))
  return {
    seal: async (pending: Pending): Promise<string> =>
      await new EncryptJWT({ ...pending })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(`${loginSeconds}s`)
        .encrypt(cookieKey),
    async open (sealed: string): Promise<Pending> {
      try {
        return (await jwtDecrypt(sealed, cookieKey)).payload as unknown as Pending
      } catch {
        throw refusedStale('the sign-in took too long, or its cookie is not of this service: begin again')
      }
    }
  }
}

/** Exchanges the code that an issuer sent back for the claims of the person who signed in. */
async function claimsOf (
  configuration: client.Configuration,
  issuer: Issuer,
  pending: Pending,
  address: URL
): Promise<SignedIn['claims']> {
  try {
    const tokens = await client.authorizationCodeGrant(configuration, address, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true
    })
    const claims = tokens.claims()
    if (!claims) throw refused(`${issuer.name} sent no ID token`)
    const wrong = claimsFault(claims)
    if (wrong !== undefined) throw refused(`the ID token of ${issuer.name} cannot be used: ${wrong}`)
    return { ...claims }
  } catch (error) {
    if (error instanceof HttpError) throw error
    throw refused(`${issuer.name} did not sign anybody in: ${(error as Error).message}`)
  }
}

export function openLogins ({ settings, key, secretValues }: LoginOptions): Logins {
  const cookie = pendingSeal(key)
  const configurationOf = rememberIssuers(secretValues)
  const callback = `${settings.url ?? ''}${callbackPath}`
  return {
    async begin (issuer, back) {
      const configuration = await configurationOf(issuer)
      const pending: Pending = {
        issuer: issuer.name,
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        back
      }
      const address = client.buildAuthorizationUrl(configuration, {
        redirect_uri: callback,
        scope: (issuer.login?.scopes ?? ['openid']).join(' '),
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256'
      })
      return { address: address.href, pending: await cookie.seal(pending) }
    },
    async end (sealed, query) {
      // Without the cookie this is not the browser that began: somebody may want another person to
      // be signed in as them.
      if (sealed === undefined) {
        throw refusedStale('this browser did not begin to sign in, or took too long: begin again')
      }
      const pending = await cookie.open(sealed)
      const issuer = settings.issuers.find((one) => one.name === pending.issuer)
      if (!issuer) throw refusedStale('this service no longer trusts the issuer: begin again')
      const configuration = await configurationOf(issuer)
      const claims = await claimsOf(configuration, issuer, pending, new URL(`${callback}?${query}`))
      return { issuer: issuer.name, claims, back: pending.back }
    }
  }
}
