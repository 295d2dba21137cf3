/**
 * Tokens by a kubeconfig's command, as clients of Kubernetes get them: the command is started with
 * the request in a variable, and prints an ExecCredential. Source: Kubernetes, "client-go
 * credential plugins".
 */
import { execFile } from 'node:child_process'
import { headOf } from '../../../contract/text/cut.ts'
import { type ApiFinding } from './cluster-api.ts'
import { type TokenCommand } from './kubeconfig.ts'

/**
 * Milliseconds for a token: the slowest, gcloud, starts an interpreter and asks two services over
 * the internet, which takes three to five seconds; a service that does not answer is given up by
 * itself after about twenty.
 */
const patience = 30_000
/** Bytes of an answer: a token has a few thousand. */
const mostBytes = 1024 * 1024
/** Characters of what a command says went wrong. */
const mostReason = 1_000

/** Credential that a command gave: a token, a client certificate with its key, or both. */
export interface Credential {
  readonly token?: string
  readonly certificate?: string
  readonly key?: string
}

interface ExecCredential {
  apiVersion?: string
  kind?: string
  status?: { token?: string, clientCertificateData?: string, clientKeyData?: string }
}

/** Settings of a start. */
interface Start {
  readonly signal: AbortSignal
  readonly environment: NodeJS.ProcessEnv
  /** Milliseconds. */
  readonly patience?: number
}

/**
 * Starts the command and reads what it prints. Resolves with a finding when there is no such
 * command, or it gives nothing; kills it when it takes too long. Rejects when `signal` aborts.
 */
export async function credentialOf (
  login: TokenCommand,
  start: Start
): Promise<{ credential: Credential } | { finding: ApiFinding }> {
  const { command } = login
  const failed = (reason: string, passing = false) => ({
    finding: { kind: 'no-token', command, reason: headOf(reason, mostReason), passing } as const
  })
  const ended = await run(login, start)
  start.signal.throwIfAborted()
  switch (ended.kind) {
    case 'missing':
      return { finding: { kind: 'no-command', command } }
    case 'late':
      return failed(`it did not end within ${(start.patience ?? patience) / 1000} s`, true)
    case 'failed':
      return failed(ended.reason)
    case 'printed':
      return credentialIn(ended.text, login, failed)
  }
}

type Ended =
  | { readonly kind: 'printed', readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'late' }
  | { readonly kind: 'failed', readonly reason: string }

/** Codes of the system for a program that is not there, or may not be executed. */
const missing: ReadonlySet<unknown> = new Set(['ENOENT', 'EACCES', 'EPERM'])

function run (login: TokenCommand, start: Start): Promise<Ended> {
  const { command, args, apiVersion, cluster } = login
  const request = {
    kind: 'ExecCredential',
    apiVersion,
    spec: { interactive: false, ...(cluster && { cluster }) }
  }
  return new Promise((resolve) => {
    const child = execFile(command, [...args], {
      env: { ...start.environment, ...login.environment, KUBERNETES_EXEC_INFO: JSON.stringify(request) },
      signal: start.signal,
      timeout: start.patience ?? patience,
      killSignal: 'SIGKILL',
      maxBuffer: mostBytes
    }, (error, text, told) => {
      if (!error) resolve({ kind: 'printed', text })
      else if (missing.has(error.code)) resolve({ kind: 'missing' })
      else if (error.killed === true && typeof error.code !== 'string') resolve({ kind: 'late' })
      else resolve({ kind: 'failed', reason: reasonOf(error, told) })
    })
    // Nobody is there to answer a question.
    child.stdin?.end()
  })
}

function reasonOf (
  { code, signal, message }: { code?: unknown, signal?: unknown, message: string },
  told: string
) {
  const text = told.trim()
  if (typeof code !== 'number') return typeof signal === 'string' ? `it was ended by ${signal}` : message
  return `it ended with exit code ${code}${text === '' ? '' : ` (${text})`}`
}

function credentialIn (
  text: string,
  { apiVersion }: TokenCommand,
  failed: (reason: string) => { finding: ApiFinding }
): { credential: Credential } | { finding: ApiFinding } {
  let answer: ExecCredential | null
  try {
    answer = JSON.parse(text) as ExecCredential | null
  } catch {
    return failed('it printed no ExecCredential (JSON)')
  }
  if (answer?.kind !== 'ExecCredential') return failed('it printed no ExecCredential')
  if (answer.apiVersion !== apiVersion) {
    return failed(`it answers in ${answer.apiVersion ?? 'no version'}, and was asked in ${apiVersion}`)
  }
  const { token, clientCertificateData: certificate, clientKeyData: key } = answer.status ?? {}
  if (token === undefined && (certificate === undefined || key === undefined)) {
    return failed('it printed an ExecCredential without a token')
  }
  return {
    credential: {
      ...(token !== undefined && { token }),
      ...(certificate !== undefined && key !== undefined && { certificate, key })
    }
  }
}
