/** A gateway of the mesh: Istio's chart for its pods, and a load balancer whose address the program gets to know. */
import * as kubernetes from '@pulumi/kubernetes'
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'
import { type Cluster, type CloudName } from '../contract.ts'
import { istioChart } from '../kubernetes/charts.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { meshNamespace } from './settings.ts'

/** What makes a Service's load balancer reachable from the federation's networks only. */
const privateAnnotations: Readonly<Record<CloudName, Readonly<Record<string, string>>>> = {
  aws: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb', 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true', 'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled': 'true' },
  gcp: { 'networking.gke.io/load-balancer-type': 'Internal', 'networking.gke.io/internal-load-balancer-allow-global-access': 'true' },
  azure: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }
}
const publicAnnotations: Readonly<Record<CloudName, Readonly<Record<string, string>>>> = {
  aws: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb', 'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled': 'true' },
  gcp: {},
  azure: {}
}

/** `network`: set on an east-west gateway, the Istio network it leads into. `reach`: whether the load balancer is private or on the internet. */
export interface GatewayArgs {
  readonly cluster: Cluster
  readonly istioVersion: string
  readonly reach: 'private' | 'public'
  readonly ports: readonly { readonly name: string, readonly port: number }[]
  readonly network?: string
}

/** The Service is ours, not the chart's: its status holds the address (`address`: an IP, on AWS a host name). */
export class MeshGateway extends ComponentResource {
  readonly address: Output<string>
  readonly release: kubernetes.helm.v3.Release

  constructor (name: string, { cluster, istioVersion, reach, ports, network }: GatewayArgs, options: ComponentResourceOptions) {
    super('windlass:mesh:Gateway', name, {}, options)
    const label = name.replace(/^istio-/, '')
    const serving = cluster.role === 'primary' || cluster.role === 'hub'
    this.release = helmRelease(name, {
      chart: istioChart('gateway', istioVersion),
      namespace: meshNamespace,
      values: {
        name,
        labels: { istio: label, app: name },
        service: { type: 'None' },
        ...(network === undefined ? {} : { networkGateway: network }),
        autoscaling: { enabled: true, minReplicas: serving ? 3 : 2, maxReplicas: 10, targetCPUUtilizationPercentage: 60 },
        podDisruptionBudget: { minAvailable: 1 },
        resources: { requests: { cpu: '500m', memory: '256Mi' }, limits: { memory: '1Gi' } },
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { istio: label } } }]
      }
    }, { parent: this })
    const service = new kubernetes.core.v1.Service(name, {
      metadata: {
        name,
        namespace: meshNamespace,
        annotations: { ...(reach === 'private' ? privateAnnotations : publicAnnotations)[cluster.cloud] },
        labels: { istio: label, app: name, ...(network === undefined ? {} : { 'topology.istio.io/network': network }) }
      },
      spec: {
        type: 'LoadBalancer',
        // Clients' addresses are kept for audit and rate limits where they come from the internet.
        externalTrafficPolicy: reach === 'public' ? 'Local' : 'Cluster',
        selector: { istio: label, app: name },
        ports: ports.map((port) => ({ name: port.name, port: port.port, targetPort: port.port, protocol: 'TCP' }))
      }
    }, { parent: this, dependsOn: [this.release] })
    this.address = service.status.apply((status) => {
      const point = status?.loadBalancer?.ingress?.[0]
      const address = point?.hostname ?? point?.ip
      if (!address) throw new Error(`MESH_NO_ADDRESS: Service ${meshNamespace}/${name} of ${cluster.name} has no load balancer address; it should by now: refresh the unit, then try again`)
      return address
    })
    this.registerOutputs({ address: this.address })
  }
}
