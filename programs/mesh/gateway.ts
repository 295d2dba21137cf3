/**
 * A gateway of the mesh: Istio's chart for its pods, and a load balancer whose address the program
 * gets to know.
 */
import * as kubernetes from '@pulumi/kubernetes'
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from '@pulumi/pulumi'
import { type CloudName } from '../../contract/words.ts'
import { ProgramError } from '../errors.ts'
import { istioChart } from '../kubernetes/charts.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type Cluster } from '../types/cluster.ts'
import { meshNamespace } from './settings.ts'

/** Reach of a gateway's load balancer: the federation's networks only, or the internet. */
export type Reach = 'private' | 'public'

const aws = (name: string): string => `service.beta.kubernetes.io/aws-load-balancer-${name}`
/**
 * Made by the AWS Load Balancer Controller, straight to the gateway's pods, of whose health Istio
 * itself is asked.
 */
const awsBalancer: Readonly<Record<string, string>> = {
  [aws('type')]: 'external',
  [aws('nlb-target-type')]: 'ip',
  [aws('attributes')]: 'load_balancing.cross_zone.enabled=true',
  [aws('healthcheck-protocol')]: 'http',
  [aws('healthcheck-port')]: '15021',
  [aws('healthcheck-path')]: '/healthz/ready'
}
/**
 * Annotations by which each cloud makes a load balancer of that reach. Google Cloud's and Azure's
 * are public unless told otherwise.
 */
const annotations: Readonly<Record<Reach, Readonly<Record<CloudName, Readonly<Record<string, string>>>>>> = {
  private: {
    aws: { ...awsBalancer, [aws('scheme')]: 'internal' },
    gcp: {
      'networking.gke.io/load-balancer-type': 'Internal',
      'networking.gke.io/internal-load-balancer-allow-global-access': 'true'
    },
    azure: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }
  },
  public: {
    aws: {
      ...awsBalancer,
      [aws('scheme')]: 'internet-facing'
    },
    gcp: {},
    azure: {}
  }
}

/** A port of a gateway. */
export interface GatewayPort {
  readonly name: string
  readonly port: number
}

export interface GatewayArgs {
  readonly cluster: Cluster
  readonly istioVersion: string
  readonly reach: Reach
  readonly ports: readonly GatewayPort[]
  /** Istio network that an east-west gateway leads into; absent for others. */
  readonly network?: string
  /** Ranges that may call it; any when absent. */
  readonly sources?: readonly Input<string>[]
  /** Security group, on AWS, that holds it to `sources`. */
  readonly securityGroup?: Input<string>
}

/**
 * The load balancer's part of the Service: annotations, and the ranges that it lets in where no
 * security group does.
 */
function balancer (
  { cluster, reach, sources, securityGroup }: GatewayArgs
): { annotations: Record<string, Input<string>>, loadBalancerSourceRanges?: Input<string>[] } {
  const told = annotations[reach][cluster.cloud]
  if (cluster.cloud === 'aws' && securityGroup !== undefined) {
    return {
      annotations: {
        ...told,
        [aws('manage-backend-security-group-rules')]: 'true',
        [aws('security-groups')]: securityGroup
      }
    }
  }
  return {
    annotations: {
      ...told,
      // Whoever comes from the internet is known by the address that the pods see.
      ...(cluster.cloud === 'aws' && reach === 'public' &&
        { [aws('target-group-attributes')]: 'preserve_client_ip.enabled=true' })
    },
    ...(sources !== undefined && { loadBalancerSourceRanges: [...sources] })
  }
}

/**
 * The Service is ours, not the chart's: its status holds the address (`address`: an IP, on AWS a
 * host name).
 */
export class MeshGateway extends ComponentResource {
  readonly address: Output<string>
  readonly release: kubernetes.helm.v3.Release

  constructor (name: string, args: GatewayArgs, options: ComponentResourceOptions) {
    super('windlass:mesh:Gateway', name, {}, options)
    const { cluster, istioVersion, network } = args
    const label = name.replace(/^istio-/, '')
    const serving = cluster.role === 'primary' || cluster.role === 'hub'
    this.release = helmRelease(name, {
      chart: istioChart('gateway', istioVersion),
      namespace: meshNamespace,
      values: {
        name,
        labels: { istio: label, app: name },
        service: { type: 'None' },
        ...(network !== undefined && { networkGateway: network }),
        autoscaling: {
          enabled: true,
          minReplicas: serving ? 3 : 2,
          maxReplicas: 10,
          targetCPUUtilizationPercentage: 60
        },
        podDisruptionBudget: { minAvailable: 1 },
        resources: { requests: { cpu: '500m', memory: '256Mi' }, limits: { memory: '1Gi' } },
        topologySpreadConstraints: [{
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { istio: label } }
        }]
      }
    }, { parent: this })
    const service = gatewayService(this, name, args)
    this.address = service.status.apply((status) => {
      const point = status?.loadBalancer?.ingress?.[0]
      const address = point?.hostname ?? point?.ip
      if (!address) {
        throw new ProgramError('MESH_NO_ADDRESS', {
          service: `${meshNamespace}/${name}`,
          cluster: cluster.name
        })
      }
      return address
    })
    this.registerOutputs({ address: this.address })
  }
}

/** Registers a gateway's Service, after its pods. */
function gatewayService (gateway: MeshGateway, name: string, args: GatewayArgs): kubernetes.core.v1.Service {
  const { cluster, ports, network } = args
  const label = name.replace(/^istio-/, '')
  const { annotations, loadBalancerSourceRanges } = balancer(args)
  return new kubernetes.core.v1.Service(name, {
    metadata: {
      name,
      namespace: meshNamespace,
      annotations,
      labels: {
        istio: label,
        app: name,
        ...(network !== undefined && { 'topology.istio.io/network': network })
      }
    },
    spec: {
      type: 'LoadBalancer',
      // Callers' addresses are kept: for audit and rate limits where they come from the internet,
      // and because policies go by them. Forwarded from another node, a packet has that node's
      // address, which Cilium (GKE, AKS) matches by no range. AWS' load balancer of the east-west
      // gateway calls pods itself.
      externalTrafficPolicy: network !== undefined && cluster.cloud === 'aws' ? 'Cluster' : 'Local',
      selector: { istio: label, app: name },
      ports: ports.map((port) => ({
        name: port.name,
        port: port.port,
        targetPort: port.port,
        protocol: 'TCP'
      })),
      ...(loadBalancerSourceRanges && { loadBalancerSourceRanges })
    }
  }, { parent: gateway, dependsOn: [gateway.release] })
}
