/** A Cloud Router, and firewall rules for the mesh. */
import * as gcp from '@pulumi/gcp'
import { gcpProvider, upstream } from '../components/upstream.ts'
import { type ClusterInfrastructure, type ClusterNetworking, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { hasPublicGateway } from './gateway-peers.ts'
import { gatewaysOf } from './gateways.ts'
import { meshPorts } from './mesh-ports.ts'
import { announced, peersOf, rangesOf } from './topology.ts'

/**
 * Ports of pods that GKE's control plane calls: Istio's webhooks and CloudNativePG's, and the
 * kubelet. To nodes of a private cluster it gets through on 443 and 10250 only by itself
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/private-clusters#add_firewall_rules).
 */
const controlPlanePorts = ['15017', '9443', '10250']

/** Registers the cluster's attachments. */
export function gcpNetworking (
  context: UnitContext,
  cluster: Cluster
): Omit<Resolved<ClusterNetworking>, 'tuning' | 'gatewaySecurityGroup'> {
  const { federation } = context
  const inside = { provider: gcpProvider(context, cluster.region) }
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)
  const network = infrastructure('networkId')
  const name = cluster.name

  const router = new gcp.compute.Router(`${name}-peers`, {
    network,
    region: cluster.region,
    bgp: {
      asn: cluster.asn,
      advertiseMode: 'CUSTOM',
      // Of all clusters in this cloud, not only its own network: the others are reached through
      // this one, over their peering.
      advertisedIpRanges: announced(federation, 'gcp').map((range) => ({ range })),
      // The shortest there is: a dead peer is noticed after three.
      keepaliveInterval: 20
    }
  }, inside)

  const logConfig = { metadata: 'INCLUDE_ALL_METADATA' }
  const targetTags = [infrastructure('nodeSecurityGroup')]
  const peers = peersOf(federation, cluster)
  // A load balancer of the internet has a rule of its own, which GKE makes of its Service.
  if (peers.length > 0 && !hasPublicGateway(federation, cluster)) {
    new gcp.compute.Firewall(`${name}-mesh`, {
      network,
      description: meshPorts.map(({ port, description }) => `${port}: ${description}`).join('; '),
      direction: 'INGRESS',
      sourceRanges: rangesOf(peers),
      targetTags,
      allows: [{ protocol: 'tcp', ports: meshPorts.map(({ port }) => String(port)) }],
      logConfig
    }, inside)
  }
  new gcp.compute.Firewall(`${name}-control-plane`, {
    network,
    description: 'Webhooks and kubelets, from the control plane',
    direction: 'INGRESS',
    sourceRanges: [cluster.controlPlaneCidr],
    targetTags,
    allows: [{ protocol: 'tcp', ports: controlPlanePorts }],
    logConfig
  }, inside)
  return {
    ...gatewaysOf(context, cluster),
    router: router.name
  }
}
