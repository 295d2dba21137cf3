/**
 * Jobs that measure connections, and the results that their pods would find in the world as it is.
 *
 * A Job with the environment variable PROBES calls each probe, of which a line gives the name and a
 * URL `http://service.namespace.svc.cluster.local:port/`. It notes `name:milliseconds` or
 * `name:none`, joined by commas, in its own annotation `windlass.io/results`. Times are the round
 * trips between the regions. Nothing is random: the same world gives the same figures.
 */
import { type CloudQuery, type CloudRecord } from '../../store.ts'
import { type WireObject, type WireValue } from '../../wire.ts'
import { type Draft, type Found } from '../draft.ts'
import { roundTripMs } from '../round-trips.ts'
import { isObject, objectAt, plain, stringAt, valuesAt } from '../wire-values.ts'
import { endpointOf } from './objects-of.ts'

const results = 'windlass.io/results'
const serviceType = 'kubernetes:core/v1:Service'
const deploymentType = 'kubernetes:apps/v1:Deployment'
const secretSignature = 'kubernetes:core/v1:Secret'
const policyType = 'kubernetes:networking.k8s.io/v1:NetworkPolicy'
const authenticationType = 'kubernetes:security.istio.io/v1:PeerAuthentication'
const clusters = [{ pkg: 'aws', type: 'aws:eks/cluster:Cluster' }, {
  pkg: 'gcp',
  type: 'gcp:container/cluster:Cluster'
}, { pkg: 'azure-native', type: 'azure-native:containerservice:ManagedCluster' }]

interface Probe {
  name: string
  service: string
  namespace: string
}

function probesOf (inputs: WireObject): Probe[] {
  const environment = valuesAt(inputs, 'spec.template.spec.containers[].env[]').find((variable) =>
    stringAt(variable, 'name') === 'PROBES'
  )
  return (stringAt(environment, 'value') ?? '').split('\n').flatMap((line): Probe[] => {
    const match = /^(\S+) https?:\/\/([^.\s/]+)\.([^.\s/]+)\.svc\.cluster\.local(?::\d+)?\//.exec(line.trim())
    return match?.[1] && match[2] && match[3]
      ? [{ name: match[1], service: match[2], namespace: match[3] }]
      : []
  })
}

/** Queries for everything that a measuring Job depends on; none for other Jobs. */
export function probeQueries (draft: Draft): CloudQuery[] {
  const probes = probesOf(draft.inputs)
  if (probes.length === 0) return []
  const { account } = draft
  return [
    ...probes.flatMap((
      { service: name }
    ): CloudQuery[] => [{ pkg: 'kubernetes', type: serviceType, name }, {
      pkg: 'kubernetes',
      type: deploymentType,
      name
    }]),
    ...[secretSignature, policyType, authenticationType].map((type) => ({
      pkg: 'kubernetes',
      type,
      account
    })),
    ...clusters
  ]
}

const inputsOf = (record: CloudRecord): WireValue => plain(record.inputs)
const matchesLabels = (selector: WireObject, labels: WireObject): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value)

function regionOf (found: Found, account: string): string | undefined {
  const record = clusters.flatMap(({ type }) => found.of(type)).find((cluster) =>
    endpointOf(cluster) === account
  )
  if (!record) return undefined
  // A cluster of Google Cloud may have a zone as its location.
  return record.region || (stringAt(plain(record.outputs), 'location') ?? '').replace(/-[a-z]$/, '')
}

/**
 * Tells if the policies of a namespace let a caller in the same cluster call a workload. Rules by
 * address never match a pod.
 */
function admitted (
  policies: CloudRecord[],
  namespace: string,
  workload: WireObject,
  caller: { namespace: string, labels: WireObject }
): boolean {
  const isolating = policies.map(inputsOf).filter((policy) =>
    (stringAt(policy, 'metadata.namespace') ?? 'default') === namespace &&
    valuesAt(policy, 'spec.policyTypes[]').includes('Ingress') &&
    matchesLabels(objectAt(policy, 'spec.podSelector.matchLabels'), workload)
  )
  return isolating.length === 0 ||
    isolating.some((policy) =>
      valuesAt(policy, 'spec.ingress[]').some((rule) => {
        const from = valuesAt(rule, 'from[]')
        return from.length === 0 || from.some((peer) => {
          const [spaces, pods] = [
            isObject(peer) ? peer.namespaceSelector : undefined,
            isObject(peer) ? peer.podSelector : undefined
          ]
          if (spaces === undefined && pods === undefined) return false
          const inSpace = spaces === undefined
            ? caller.namespace === namespace
            : matchesLabels(objectAt(spaces, 'matchLabels'), {
              'kubernetes.io/metadata.name': caller.namespace
            })
          return inSpace &&
            (pods === undefined || matchesLabels(objectAt(pods, 'matchLabels'), caller.labels))
        })
      })
    )
}

/**
 * Milliseconds until the workload behind a Service answered; undefined when the call gets no
 * answer.
 */
function ask (draft: Draft, found: Found, { service, namespace }: Probe): number | undefined {
  const caller = {
    namespace: stringAt(draft.inputs, 'metadata.namespace') ?? 'default',
    labels: objectAt(draft.inputs, 'spec.template.metadata.labels')
  }
  const meshed = (caller.labels['sidecar.istio.io/inject'] ?? 'true') !== 'false'
  const here = (record: CloudRecord): boolean => record.account === draft.account
  // Only the mesh knows Services of other clusters, and those only whose endpoints it may read.
  const known = (record: CloudRecord): boolean =>
    here(record) || (meshed && found.of(secretSignature).filter(here).some((secret) => {
      const { labels, annotations } = objectAt(inputsOf(secret), 'metadata')
      const cluster = objectAt(inputsOf(record), 'spec.template.metadata.labels')['topology.istio.io/cluster']
      return isObject(labels) && labels['istio/multiCluster'] === 'true' && isObject(annotations) &&
        annotations['networking.istio.io/cluster'] === cluster
    }))
  if (
    !found.of(serviceType).some((record) =>
      record.name === service && record.id === `${namespace}/${service}`
    )
  ) return undefined
  const workload = found.of(deploymentType).find((record) =>
    record.id === `${namespace}/${service}` && known(record)
  )
  if (!workload) return undefined
  const labels = objectAt(inputsOf(workload), 'spec.template.metadata.labels')
  if (here(workload)) {
    if (!admitted(found.of(policyType).filter(here), namespace, labels, caller)) return undefined
    const strict = found.of(authenticationType).filter(here).some((record) =>
      stringAt(inputsOf(record), 'spec.mtls.mode') === 'STRICT'
    )
    if (strict && !meshed && labels['sidecar.istio.io/inject'] !== 'false') return undefined
  }
  const [from, to] = [regionOf(found, draft.account), regionOf(found, workload.account)]
  return from === undefined || to === undefined ? undefined : roundTripMs(from, to)
}

/** The annotation with the results of a measuring Job; none for other Jobs. */
export function probeResults (draft: Draft, found: Found): WireObject {
  const probes = probesOf(draft.inputs)
  return probes.length === 0
    ? {}
    : {
      [results]: probes.map((probe) => `${probe.name}:${ask(draft, found, probe)?.toFixed(2) ?? 'none'}`)
        .join(',')
    }
}
