/** Requests of control planes of a mesh to the API servers of its other clusters. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { accessRefusal } from '../../kubernetes/access-review.ts'
import { ClusterView } from '../../kubernetes/cluster-view.ts'
import { objectAt, plain, stringAt } from '../../wire-values.ts'
import { type Claim, type RefusedCloudCall } from './refused-call.ts'

const secretType = 'kubernetes:core/v1:Secret'
const tokenOf = 'kubernetes.io/service-account.name'

const claim: Claim = {
  claim: 'istiod watches services, their endpoints and the mesh configuration of every other cluster',
  source:
    'https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/templates/' +
    'reader-clusterrole.yaml, ' +
    'https://github.com/istio/istio/blob/master/pilot/pkg/serviceregistry/kube/controller/multicluster.go'
}

/** Resources by API group that a control plane watches; a name where it is one object. */
const watched: readonly { group: string, resource: string, name?: string }[] = [
  ...['services', 'pods', 'nodes', 'namespaces'].map((resource) => ({ group: '', resource })),
  { group: 'discovery.k8s.io', resource: 'endpointslices' },
  { group: 'networking.istio.io', resource: 'workloadentries' },
  { group: 'gateway.networking.k8s.io', resource: 'gateways' },
  { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' },
  { group: '', resource: 'configmaps', name: 'istio' }
]

/** Accounts whose tokens are handed to other clusters: those of the mesh's own namespace. */
function readersOf (records: readonly CloudRecord[]): CloudRecord[] {
  return records.filter(({ type, inputs }) => {
    const secret = plain(inputs)
    return type === secretType && stringAt(secret, 'type') === 'kubernetes.io/service-account-token' &&
      stringAt(secret, 'metadata.namespace') === 'istio-system'
  })
}

/** Lists requests of other clusters' control planes that an API server refuses. */
export function refusedToReaders (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return readersOf(records).flatMap((record) => {
    const account = `istio-system:${
      String(objectAt(plain(record.inputs), 'metadata.annotations')[tokenOf] ?? '')
    }`
    const view = new ClusterView(records, record.account)
    return watched.flatMap(({ group, resource, name = '' }) =>
      ['get', 'list', 'watch'].flatMap((verb) => {
        const namespace = 'istio-system'
        const why = accessRefusal({ account, verb, group, resource, namespace, name }, view)
        return why === undefined ? [] : [{ ...claim, from: account, to: record.account, of: record, why }]
      })
    )
  })
}
