/**
 * The look at an API server before anything is made in its cluster: whether the kubeconfig's
 * command gets a token, the server is reached, and its caller may make requests. In a world that is
 * judged by the same models as the requests themselves.
 */
import { ProviderError } from '../../provider.ts'
import { CloudRecords } from '../cloud-records.ts'
import { type Instance } from '../draft.ts'
import { faultMatches, isCounted } from '../faults.ts'
import { type Call } from '../identity-model.ts'
import { type PackageModel } from '../package-model.ts'
import { type Surroundings, unitOf } from '../surroundings.ts'

/** Requests about objects of one kind. */
export interface AskedAccess {
  /** Pulumi type token. */
  readonly type: string
  readonly resource: string
  readonly namespace?: string
  readonly verbs: readonly ('get' | 'create' | 'patch' | 'delete')[]
}

/** Obstacles in the order in which a client meets them. */
export type ApiObstacle =
  /** The kubeconfig's command gives no token; `passing`: cut off, or its cloud did not answer. */
  | {
    readonly kind: 'no-token'
    readonly command: string
    readonly reason: string
    readonly passing: boolean
  }
  /** The API server does not answer. */
  | { readonly kind: 'no-answer', readonly server: string, readonly reason: string }
  /** It does not know the token's owner. */
  | { readonly kind: 'unknown-caller', readonly reason: string }
  /** It knows them, and does not let them make some of the requests. */
  | { readonly kind: 'denied', readonly requests: readonly string[], readonly reason: string }

const operations = { get: 'read', create: 'create', patch: 'update', delete: 'delete' } as const

/** Resolves with the first obstacle; undefined: there is none that the world knows. */
export async function examineApi (
  pack: PackageModel,
  kubeconfig: string,
  access: readonly AskedAccess[],
  surroundings: Surroundings
): Promise<ApiObstacle | undefined> {
  const { fresh, timeline } = surroundings
  const instance = { ...pack.configure({ kubeconfig }), fresh, late: fresh && timeline !== undefined }
  const { caller } = instance
  if (caller?.kind === 'nobody') return noToken(kubeconfig, caller.reason)
  const server = `https://${instance.account}`
  const shut = await unreached(pack, instance, surroundings)
  if (shut !== undefined) return { kind: 'no-answer', server, reason: shut }
  const { authorizer } = surroundings
  const identity = await authorizer.identityOf(pack, instance)
  if (identity?.refused) {
    const { message } = identity.refused
    return message.startsWith('getting credentials')
      ? noToken(kubeconfig, message)
      : { kind: 'unknown-caller', reason: message }
  }
  const denied: { request: string, reason: string }[] = []
  for (const { type, resource, namespace, verbs } of access) {
    for (const verb of verbs) {
      const call: Call = {
        account: instance.account,
        region: instance.region,
        operation: operations[verb],
        type,
        inputs: { metadata: namespace === undefined ? {} : { namespace } },
        id: '',
        instance
      }
      const refusal = await authorizer.refusalOf(pack, call)
      if (refusal) denied.push({ request: nameOf(type, resource, verb, namespace), reason: refusal.message })
    }
  }
  const [first] = denied
  return first && { kind: 'denied', requests: denied.map(({ request }) => request), reason: first.reason }
}

function noToken (kubeconfig: string, reason: string): ApiObstacle {
  const command = /"command":"([^"]+)"/.exec(kubeconfig)?.[1] ?? 'its command'
  return { kind: 'no-token', command, reason, passing: false }
}

/** Why nobody answers; undefined: the server does. */
async function unreached (
  pack: PackageModel,
  instance: Instance,
  surroundings: Surroundings
): Promise<string | undefined> {
  const { look, operators, outages, faults } = surroundings
  const records = new CloudRecords(pack, look, operators)
  const host = await pack.hostOf?.(instance, (query) => records.find(query))
  const subject = {
    pkg: pack.pkg,
    cloud: pack.cloud,
    region: instance.region,
    type: '',
    name: '',
    operation: 'read' as const,
    ...(host && { host }),
    ...unitOf(surroundings)
  }
  const down = [...faults, ...await outages.current()].some((fault) =>
    fault.kind === 'outage' && !isCounted(fault) && faultMatches(fault, subject)
  )
  if (down) return 'dial tcp: i/o timeout'
  try {
    await records.reach([], instance)
    return undefined
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return error.message
  }
}

/** A request in the words of `kubectl auth can-i`. */
function nameOf (type: string, resource: string, verb: string, namespace: string | undefined): string {
  const group = /^kubernetes:(.*)\/v[0-9a-z]+:/.exec(type)?.[1] ?? ''
  return `${verb} ${resource}${group === '' || group === 'core' ? '' : `.${group}`}` +
    (namespace === undefined ? '' : ` in ${namespace}`)
}
