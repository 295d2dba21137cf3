/**
 * Pods that are not admitted where they belong. What nobody waited for (`pulumi.com/skipAwait`) is
 * made without them, and so is what was there before its namespace's labels changed.
 */
import { ClusterView } from '../kubernetes/cluster-view.ts'
import { podSecurityRefusal } from '../kubernetes/pod-security/admission.ts'
import { objectWorkloads } from '../network/inhabitants.ts'
import { clusterTypes, type Site } from '../network/site.ts'
import { type World } from '../network/world.ts'
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
  return objectWorkloads(world, site).flatMap(({ name, namespace, pod }): Unmet[] => {
    const why = podSecurityRefusal(pod, view.labelsOf(namespace), view.minor)
    return why === undefined
      ? []
      : [{ duty: 'pods-admitted', from: `${namespace}/${name}`, to: `namespace ${namespace}`, why }]
  })
}
