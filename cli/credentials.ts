/** Where the command line's token comes from. */
import { readFile } from 'node:fs/promises'
import { CliError } from './errors.ts'

/**
 * The token for a request; undefined when there is none: a service that listens to its own machine
 * only asks for none.
 */
export type Credentials = () => Promise<string | undefined>

type Environment = Readonly<Record<string, string | undefined>>

/**
 * A token for CI is used until so many milliseconds before it ends: what it is sent with takes a
 * moment to arrive.
 */
const margin = 60_000
/** Milliseconds for GitHub to give one. */
const patience = 10_000

/**
 * When a JSON Web Token ends, in milliseconds since 1970; 0 when it does not say, so that it is not
 * kept.
 */
function endOf (token: string): number {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      exp?: number
    }
    return (exp ?? 0) * 1000
  } catch {
    return 0
  }
}

/**
 * Tokens of a GitHub Actions job: GitHub gives them for an audience, as often as they are asked
 * for, and each lives for minutes only.
 */
function jobTokens (address: string, bearer: string, audience: string): Credentials {
  let kept: { token: string, until: number } | undefined
  return async () => {
    if (kept && Date.now() < kept.until) return kept.token
    const url = new URL(address)
    url.searchParams.set('audience', audience)
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${bearer}` },
      signal: AbortSignal.timeout(patience)
    }).catch((error: unknown) => {
      throw new CliError('cli-unreachable', `GitHub gives this job no token: ${(error as Error).message}`)
    })
    const { value } = response.ok ? await response.json() as { value?: string } : {}
    if (value === undefined) {
      throw new CliError(
        'cli-unexpected-answer',
        `GitHub gives this job no token (${response.status}): does it have permissions: id-token: write?`
      )
    }
    kept = { token: value, until: endOf(value) - margin }
    return value
  }
}

/**
 * The credentials that the environment holds, in this order: WINDLASS_TOKEN; the file that
 * WINDLASS_TOKEN_FILE names, read at each request, since whoever renews the token writes it there;
 * in a job of GitHub Actions with WINDLASS_AUDIENCE, the job's own tokens.
 */
export function credentialsOf (
  {
    WINDLASS_TOKEN: token,
    WINDLASS_TOKEN_FILE: file,
    WINDLASS_AUDIENCE: audience,
    ACTIONS_ID_TOKEN_REQUEST_URL: address,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer
  }: Environment
): Credentials {
  if (token) return async () => token
  if (file) {
    return async () => {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        throw new CliError('cli-usage', `WINDLASS_TOKEN_FILE can't be read: ${(error as Error).message}`)
      })
      return text.trim()
    }
  }
  if (audience && address && bearer) return jobTokens(address, bearer, audience)
  return async () => undefined
}
