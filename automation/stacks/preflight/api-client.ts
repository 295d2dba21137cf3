/** A client of one API server: posts objects over HTTPS with a kubeconfig's authority. */
import { Agent, request, type RequestOptions } from 'node:https'
import { type ApiFinding } from './cluster-api.ts'
import { type Credential } from './exec-credential.ts'
import { type ActiveContext } from './kubeconfig.ts'
import { proxyTo } from './proxies.ts'

/**
 * Milliseconds for one request, its connection included: between the farthest regions four round
 * trips take a second and a half, and a lost packet is sent again after one, three and seven.
 */
const patience = 15_000
/** Bytes of an answer: a review has a few hundred. */
const mostBytes = 1024 * 1024
/** Requests at once: an API server gives each caller a share of a few dozen. */
const mostAtOnce = 4

/** An answer. */
export interface Answer {
  readonly status: number
  readonly text: string
}

/** The client of one API server. */
export interface ApiClient {
  /** Resolves with a finding when nobody answers, or somebody else. Rejects when aborted. */
  post(path: string, body: object): Promise<Answer | { readonly finding: ApiFinding }>
  close(): void
}

/** Settings of a client. */
interface ClientOptions {
  readonly signal: AbortSignal
  readonly environment: NodeJS.ProcessEnv
  /** Milliseconds. */
  readonly patience?: number
}

/** Opens a client. */
export function openApiClient (
  { server, authority, serverName }: ActiveContext,
  { token, certificate, key }: Credential,
  options: ClientOptions
): ApiClient {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: mostAtOnce,
    proxyEnv: proxyTo(server, options.environment)
  })
  const bound = options.patience ?? patience
  return {
    async post (path, body) {
      const late = AbortSignal.timeout(bound)
      const text = JSON.stringify(body)
      try {
        return await answered({
          agent,
          host: server.hostname,
          port: server.port === '' ? 443 : Number(server.port),
          path: `${server.pathname.replace(/\/$/, '')}${path}`,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            'content-length': `${Buffer.byteLength(text)}`,
            ...(token !== undefined && { authorization: `Bearer ${token}` })
          },
          ...(authority !== undefined && { ca: authority }),
          ...(certificate !== undefined && key !== undefined && { cert: certificate, key }),
          ...(serverName !== undefined && { servername: serverName }),
          signal: AbortSignal.any([options.signal, late])
        }, text)
      } catch (error) {
        options.signal.throwIfAborted()
        return {
          finding: late.aborted
            ? unanswered(server, `no answer within ${bound / 1000} s`)
            : findingOf(server, error)
        }
      }
    },
    close () {
      agent.destroy()
    }
  }
}

function answered (options: RequestOptions, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(options, (response) => {
      const parts: Buffer[] = []
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes > mostBytes) response.destroy(new RangeError(`an answer of more than ${mostBytes} bytes`))
        else parts.push(part)
      })
      response.on('error', reject)
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

export function unanswered (server: URL, reason: string): ApiFinding {
  return { kind: 'no-answer', server: server.origin, reason }
}

/** Codes of certificates that nobody vouches for (Node.js, "X509 certificate error codes"). */
const distrust =
  /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|INVALID_(CA|PURPOSE)|HOSTNAME)/

function findingOf (server: URL, error: unknown): ApiFinding {
  const { code, message, errors } = error as NodeJS.ErrnoException & { errors?: readonly Error[] }
  // One error for each of several addresses says the same.
  const reason = (message === '' ? errors?.[0]?.message : message) ?? String(error)
  return distrust.test(code ?? '')
    ? { kind: 'untrusted', server: server.origin, reason }
    : unanswered(server, reason)
}
