/** Pods that operators make of custom resources. Pure. */
import { type WireObject } from '../../wire.ts'
import { numberAt, objectAt, stringAt } from '../wire-values.ts'
import { type ClusterView } from './cluster-view.ts'
import { type Workload } from './workloads.ts'

const postgres = 'kubernetes:postgresql.cnpg.io/v1:Cluster'

/** Types of custom resources of which operators make pods. */
export const operatedTypes = [postgres]

/**
 * Instances of a CloudNativePG cluster, each a pod with volumes of its own
 * (cloudnative-pg/cloudnative-pg, pkg/specs/pods.go).
 */
function postgresCluster (name: string, namespace: string, object: WireObject): Workload {
  const spec = objectAt(object, 'spec')
  return {
    kind: 'Cluster',
    name,
    namespace,
    replicas: numberAt(spec, 'instances', 1),
    claims: [{
      name,
      storageClass: stringAt(spec, 'storage.storageClass'),
      accessModes: ['ReadWriteOnce']
    }],
    pod: {
      metadata: {
        labels: { 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' },
        annotations: objectAt(spec, 'inheritedMetadata.annotations')
      },
      spec: {
        serviceAccountName: name,
        nodeSelector: objectAt(spec, 'affinity.nodeSelector'),
        priorityClassName: stringAt(spec, 'priorityClassName') ?? '',
        containers: [{ name: 'postgres', resources: objectAt(spec, 'resources') }]
      }
    }
  }
}

/** Workloads of all custom resources of a cluster whose operators are described. */
export function operatedResources (view: ClusterView): Workload[] {
  return view.of(postgres).map(({ record, object }) =>
    postgresCluster(record.name, record.id.split('/')[0] ?? 'default', object)
  )
}
