/** The command line's token: from the environment, a file, or a job of GitHub Actions. */
import { readFile } from 'node:fs/promises'
import { CliError } from './errors.ts'

/**
 * Reads the token for a request; undefined when there is none, which is enough for a service that
 * listens to its own machine only.
 */
export type Credentials = () => Promise<string | undefined>

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Milliseconds before its expiry at which a job's token is replaced: a request takes a moment to
 * arrive.
 */
const expiryMargin = 60_000
/** Milliseconds for GitHub to give a token. */
const patience = 10_000

/**
 * The expiry of a JSON Web Token, in milliseconds since 1970; 0 when it has none, so that it is not
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
 * Tokens of a GitHub Actions job: GitHub gives them for an audience, as often as they are
 * requested, and each lives for a few minutes.
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
      throw new CliError('cli-unreachable', { what: 'job-token', reason: (error as Error).message })
    })
    const { value } = response.ok ? await response.json() as { value?: string } : {}
    if (value === undefined) {
      throw new CliError('cli-unexpected-answer', { what: 'job-token', status: response.status })
    }
    kept = { token: value, until: endOf(value) - expiryMargin }
    return value
  }
}

/**
 * The credentials of the environment, in this order: WINDLASS_TOKEN; the file that
 * WINDLASS_TOKEN_FILE names, read at each request, since a renewed token is written there; in a job
 * of GitHub Actions with WINDLASS_AUDIENCE, the job's own tokens.
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
        throw new CliError('cli-usage', {
          argument: 'WINDLASS_TOKEN_FILE',
          wrong: `WINDLASS_TOKEN_FILE cannot be read: ${(error as Error).message}`
        })
      })
      return text.trim()
    }
  }
  if (audience && address && bearer) return jobTokens(address, bearer, audience)
  return async () => undefined
}
