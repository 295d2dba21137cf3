/** A cluster in a world, with objects made as programs make them. */
import { readyEndpoints } from '../../../../rehearsal/clouds/kubernetes/endpoints.ts'
import { type Served } from '../../../../rehearsal/clouds/kubernetes/selected-pods.ts'
import { type Provider } from '../../../../rehearsal/provider.ts'
import { type WireObject, type WireValue } from '../../../../rehearsal/wire.ts'
import { eksCluster, kubeconfig, type Made, make, provider, world } from '../world.ts'

/** The API of an EKS or GKE cluster, and ways to make objects in it. */
export interface Cluster {
  readonly on: Provider
  /** Makes an object of a kind such as `apps/v1:Deployment`. */
  make(kind: string, name: string, rest: WireObject, metadata?: WireObject): Promise<Made>
  /** What is behind a Service of the namespace `there`. */
  served(service: string): Promise<Served>
}

/** A cluster of either cloud with a namespace `there`, of the restricted level. */
export async function cluster (cloud: 'aws' | 'gcp', level = 'restricted'): Promise<Cluster> {
  const { clouds, store } = world()
  const endpoint = cloud === 'aws'
    ? (await eksCluster(await provider(clouds, 'aws', { region: 'us-east-1' }))).cluster.properties.endpoint
    : (await make(
      await provider(clouds, 'gcp', { project: 'p', region: 'europe-west1' }),
      'gcp:container/cluster:Cluster',
      'c',
      { location: 'europe-west1', initialNodeCount: 1, minMasterVersion: '1.35' }
    )).properties.endpoint
  const on = await provider(clouds, 'kubernetes', {
    kubeconfig: kubeconfig(cloud === 'gcp' ? `https://${text(endpoint)}` : endpoint)
  })
  const made = (kind: string, name: string, rest: WireObject, metadata: WireObject = {}): Promise<Made> => {
    const [group = '', title = ''] = kind.split(':')
    return make(on, `kubernetes:${kind}`, name, {
      apiVersion: group.replace(/^core\//, ''),
      kind: title,
      metadata: { name, namespace: 'there', ...metadata },
      ...rest
    })
  }
  await make(on, 'kubernetes:core/v1:Namespace', 'there', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'there', labels: { 'pod-security.kubernetes.io/enforce': level } }
  })
  return {
    on,
    make: made,
    async served (service) {
      const records = await store.find({})
      const found = records.find(({ type, name }) =>
        type === 'kubernetes:core/v1:Service' && name === service
      )
      if (!found) throw new Error(`no Service ${service}`)
      return readyEndpoints(found, records)
    }
  }
}

const text = (value: WireValue | undefined): string => typeof value === 'string' ? value : ''

/** A container that the restricted level takes. */
export const container: WireObject = {
  name: 'it',
  image: 'it:1',
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }
}

/** `spec` of a workload whose pods the restricted level takes. */
export function workload (pod: WireObject = {}, one: WireObject = container): WireObject {
  return {
    replicas: 2,
    selector: { matchLabels: { app: 'it' } },
    template: {
      metadata: { labels: { app: 'it' } },
      spec: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        ...pod,
        containers: [one]
      }
    }
  }
}
