/** Signing in to the dashboard at an issuer: authorization code with PKCE. */
import { hkdfSync } from 'node:crypto'
import { EncryptJWT, jwtDecrypt } from 'jose'
import * as client from 'openid-client'
import { type AccessSettings, type Claims, type Issuer } from '../../automation/index.ts'
import { HttpError } from '../errors.ts'
import { boundedFetch } from './bounded-fetch.ts'
import { refused } from './issuers.ts'

/** Seconds from the button to the way back: enough for a password, a second factor and a coffee. */
export const loginSeconds = 10 * 60
/** Milliseconds for which an issuer's description holds. */
const discoveryAge = 60 * 60_000

/**
 * What is remembered between the way there and the way back, in a cookie that only this service can
 * read.
 */
interface Pending {
  issuer: string
  state: string
  nonce: string
  verifier: string
  back: string
}

export interface Logins {
  /** Begins: where to send the browser, and what it keeps meanwhile. */
  begin(issuer: Issuer, back: string): Promise<{ address: string, pending: string }>
  /**
   * Ends, by the query that the issuer sent back: the claims of whoever signed in, and where they
   * were going. Rejects with an HttpError.
   */
  end(
    pending: string | undefined,
    query: string
  ): Promise<{ issuer: string, claims: Claims & { sub: string }, back: string }>
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

/** The variable that holds a secret's value. */
export function secretVariable (name: string): string {
  return `WINDLASS_SECRET_${name.toUpperCase().replaceAll('-', '_')}`
}

export function openLogins ({ settings, key, secretValues }: LoginOptions): Logins {
  // A key of its own: a cookie is no sealed value of the store, and the other way round.
  const cookieKey = new Uint8Array(hkdfSync('sha256', key, '', 'windlass login cookie', 32))
  const configurations = new Map<string, { configuration: Promise<client.Configuration>, until: number }>()

  async function configurationOf (issuer: Issuer): Promise<client.Configuration> {
    const known = configurations.get(issuer.name)
    if (known && Date.now() < known.until) return await known.configuration
    const { login } = issuer
    if (!login) {
      throw new HttpError(
        'http-login-unknown',
        `nobody signs in with ${issuer.name}: its login is not configured`
      )
    }
    const secret = login.clientSecret === undefined
      ? undefined
      : secretValues[secretVariable(login.clientSecret)]
    const insecure = issuer.issuer.startsWith('http:')
    const configuration = client.discovery(
      new URL(issuer.issuer),
      login.clientId,
      {},
      secret === undefined ? client.None() : client.ClientSecretBasic(secret),
      {
        timeout: 5,
        [client.customFetch]: (url, options) =>
          boundedFetch(url, options as RequestInit & { headers: Record<string, string> }),
        ...(insecure && { execute: [client.allowInsecureRequests] })
      }
    )
    configurations.set(issuer.name, { configuration, until: Date.now() + discoveryAge })
    // A failure is not kept.
    configuration.catch(() => {
      configurations.delete(issuer.name)
    })
    return await configuration
  }

  async function reached (issuer: Issuer): Promise<client.Configuration> {
    try {
      return await configurationOf(issuer)
    } catch (error) {
      if (error instanceof HttpError) throw error
      throw new HttpError(
        'http-issuer-unavailable',
        `${issuer.name} can't be reached: ${(error as Error).message}; try again in a moment`
      )
    }
  }

  return {
    async begin (issuer, back) {
      const configuration = await reached(issuer)
      const pending: Pending = {
        issuer: issuer.name,
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        back
      }
      const address = client.buildAuthorizationUrl(configuration, {
        redirect_uri: `${settings.url ?? ''}${callbackPath}`,
        scope: (issuer.login?.scopes ?? ['openid']).join(' '),
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256'
      })
      const sealed = await new EncryptJWT({ ...pending }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(`${loginSeconds}s`).encrypt(cookieKey)
      return { address: address.href, pending: sealed }
    },
    async end (sealed, query) {
      // Without the cookie it is not the browser that began: somebody may want another to be signed
      // in as them.
      if (sealed === undefined) {
        throw refused('this browser did not begin to sign in, or took too long: begin again')
      }
      const pending = await jwtDecrypt(sealed, cookieKey).then(
        ({ payload }) => payload as unknown as Pending,
        () => {
          throw refused('the sign-in took too long, or its cookie is not of this service: begin again')
        }
      )
      const issuer = settings.issuers.find((one) => one.name === pending.issuer)
      if (!issuer) throw refused('this service no longer believes the issuer: begin again')
      const configuration = await reached(issuer)
      try {
        const tokens = await client.authorizationCodeGrant(
          configuration,
          new URL(`${settings.url ?? ''}${callbackPath}?${query}`),
          {
            expectedState: pending.state,
            expectedNonce: pending.nonce,
            pkceCodeVerifier: pending.verifier,
            idTokenExpected: true
          }
        )
        const claims = tokens.claims()
        if (!claims) throw refused(`${issuer.name} sent no ID token`)
        return { issuer: issuer.name, claims: { ...claims }, back: pending.back }
      } catch (error) {
        if (error instanceof HttpError) throw error
        throw refused(`${issuer.name} did not sign anybody in: ${(error as Error).message}`)
      }
    }
  }
}
