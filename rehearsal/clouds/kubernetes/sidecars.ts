/** Sidecars that Istio's webhook puts into pods, by the values of its release. Pure. */
import { type WireObject } from '../../wire.ts'
import { objectAt, stringAt, stringsAt } from '../wire-values.ts'
import { injects } from './charts/istio.ts'
import { type ClusterView } from './cluster-view.ts'
import { releaseType } from './object-names.ts'
import { podLabels, type Workload } from './workloads.ts'

/** Requests of proxies where values name none (`global.proxy.resources` of the chart istiod). */
const usual: WireObject = { cpu: '100m', memory: '128Mi' }

/** The proxy beside a workload's containers; undefined where nobody puts one there. */
export function sidecarOf (workload: Workload, view: ClusterView): WireObject | undefined {
  const mesh = view.of(releaseType).find(({ object }) => object.chart === 'istiod')
  const labels = podLabels(workload)
  // A gateway is the proxy itself.
  const own = stringsAt(workload.pod, 'spec.containers[].name').includes('istio-proxy')
  if (!mesh || own) return undefined
  if (!injects({ labels, namespaceLabels: view.labelsOf(workload.namespace) })) return undefined
  const notes = objectAt(workload.pod, 'metadata.annotations')
  const [cpu, memory] = [notes['sidecar.istio.io/proxyCPU'], notes['sidecar.istio.io/proxyMemory']]
  const requests = {
    ...usual,
    ...objectAt(mesh.object, 'values.global.proxy.resources.requests'),
    ...(typeof cpu === 'string' && { cpu }),
    ...(typeof memory === 'string' && { memory })
  }
  return { name: 'istio-proxy', image: stringAt(mesh.object, 'version') ?? '', resources: { requests } }
}
