/** The API servers of real clusters. */
import { headOf } from '../../../contract/text/cut.ts'
import { type ApiAccess, type ApiVerb } from '../../../programs/types/preflight.ts'
import { type Answer, type ApiClient, openApiClient, unanswered } from './api-client.ts'
import { type ApiFinding, type ClusterApi } from './cluster-api.ts'
import { credentialOf } from './exec-credential.ts'
import { activeContext, type ActiveContext } from './kubeconfig.ts'

/** Characters of an answer that are told. */
const mostTold = 500

/** Settings of the look at real API servers. */
interface LiveOptions {
  /** Takes secret values that must not be told. */
  readonly learn: (secret: string) => void
  /** @default that of this process, as the provider plugin gets it */
  readonly environment?: NodeJS.ProcessEnv
  /** Milliseconds that the command of a kubeconfig gets; by default its own bound. */
  readonly loginPatience?: number
  /** Milliseconds that one request gets; by default its own bound. */
  readonly requestPatience?: number
}

/** Requests of the authorization API: Kubernetes, "Checking API access". */
interface Review {
  readonly status?: { readonly allowed?: boolean, readonly reason?: string }
}

export function liveClusterApi (options: LiveOptions): ClusterApi {
  const { learn, environment = process.env, loginPatience, requestPatience } = options
  return {
    async examine (kubeconfig, access, signal) {
      const context = activeContext(kubeconfig)
      const login = context.login
        ? await credentialOf(context.login, {
          signal,
          environment,
          ...(loginPatience !== undefined && { patience: loginPatience })
        })
        : { credential: {} }
      if ('finding' in login) return login.finding
      const { token, key } = login.credential
      for (const secret of [token, key]) if (secret !== undefined) learn(secret)
      const client = openApiClient(context, login.credential, {
        signal,
        environment,
        ...(requestPatience !== undefined && { patience: requestPatience })
      })
      try {
        return await reviewed(client, context, access)
      } finally {
        client.close()
      }
    }
  }
}

/** One request of an access. */
interface Asked {
  readonly access: ApiAccess
  readonly verb: ApiVerb
}

/** Asks about each request, the first alone: it tells if anybody answers. */
async function reviewed (
  client: ApiClient,
  { server }: ActiveContext,
  access: readonly ApiAccess[]
): Promise<ApiFinding | undefined> {
  const [first, ...others] = access.flatMap((one) => one.verbs.map((verb): Asked => ({ access: one, verb })))
  if (!first) return undefined
  const begun = await review(client, server, first)
  if (begun !== undefined && begun.kind !== 'denied') return begun
  const findings = [begun, ...await Promise.all(others.map((asked) => review(client, server, asked)))]
  const refused = findings.filter((finding) => finding?.kind === 'denied')
  const [reason] = refused.map((finding) => finding.reason)
  return findings.find((finding) => finding !== undefined && finding.kind !== 'denied') ??
    (reason === undefined
      ? undefined
      : { kind: 'denied', requests: refused.flatMap(({ requests }) => requests), reason })
}

async function review (client: ApiClient, server: URL, asked: Asked): Promise<ApiFinding | undefined> {
  const { access, verb } = asked
  const answer = await client.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: {
      resourceAttributes: {
        verb,
        group: groupOf(access.type),
        resource: access.resource,
        ...(access.namespace !== undefined && { namespace: access.namespace })
      }
    }
  })
  return 'finding' in answer ? answer.finding : judged(answer, server, asked)
}

function judged ({ status, text }: Answer, server: URL, asked: Asked): ApiFinding | undefined {
  if (status === 401) return { kind: 'unknown-caller', reason: `401 ${told(text)}` }
  if (status === 403) return { kind: 'denied', requests: ['ask what they may do'], reason: told(text) }
  if (status !== 200 && status !== 201) return unanswered(server, `it answers ${status} ${told(text)}`)
  const verdict = reviewIn(text)
  if (verdict?.allowed === undefined) return unanswered(server, `it answers with no review: ${told(text)}`)
  const { allowed, reason = '' } = verdict
  return allowed
    ? undefined
    : { kind: 'denied', requests: [nameOf(asked)], reason: reason === '' ? 'no role allows it' : reason }
}

function reviewIn (text: string): Review['status'] {
  try {
    return (JSON.parse(text) as Review | null)?.status
  } catch {
    return undefined
  }
}

/** The message of a Status object, or the beginning of what is none. */
function told (text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown }
    if (typeof message === 'string') return headOf(message, mostTold)
  } catch {
    // A proxy's page, or nothing.
  }
  return headOf(text.trim(), mostTold)
}

/** Group in a type token; the core API's is empty. */
function groupOf (type: string): string {
  const group = /^kubernetes:(.*)\/v[0-9a-z]+:/.exec(type)?.[1] ?? ''
  return group === 'core' ? '' : group
}

/** A request in the words of `kubectl auth can-i`. */
function nameOf ({ access: { type, resource, namespace }, verb }: Asked): string {
  const group = groupOf(type)
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}` +
    (namespace === undefined ? '' : ` in ${namespace}`)
}
