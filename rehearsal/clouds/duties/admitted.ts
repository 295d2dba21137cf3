/**
 * Pods that are not admitted where they belong. What nobody waited for (`pulumi.com/skipAwait`) is
 * made without them, and so is what was there before its namespace's labels changed.
 */
import { ClusterView } from '../kubernetes/cluster-view.ts'
import { podSecurityRefusal } from '../kubernetes/pod-security/admission.ts'
import { workloadOf } from '../kubernetes/workloads.ts'
import { settingsOf } from '../network/records.ts'
import { clusterTypes, type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
import { isObject, stringAt } from '../wire-values.ts'
import { workloadTypes } from './actors.ts'
import { type Unmet } from './table.ts'

/** Workloads of a cluster whose pods its namespaces' Pod Security refuses. */
export function notAdmitted (world: World, site: Site): Unmet[] {
  const view = new ClusterView(
    [
      ...clusterTypes.flatMap((type) => world.of(type)),
      ...world.inside(site, 'kubernetes:core/v1:Namespace')
    ],
    site.endpoint
  )
  return workloadTypes.flatMap((type) =>
    world.inside(site, type).flatMap((record): Unmet[] => {
      const settings = settingsOf(record)
      const namespace = stringAt(settings, 'metadata.namespace') ?? 'default'
      const kind = type.slice(type.lastIndexOf(':') + 1)
      const workload = isObject(settings) ? workloadOf(kind, record.name, namespace, settings) : undefined
      const why = workload && podSecurityRefusal(workload.pod, view.labelsOf(namespace), view.minor)
      return why === undefined
        ? []
        : [{ duty: 'pods-admitted', from: `${namespace}/${record.name}`, to: `namespace ${namespace}`, why }]
    })
  )
}
