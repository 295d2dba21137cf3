/** VPC networks peered with each other, with the routes that their VPNs learn. */
import * as gcp from '@pulumi/gcp'
import { boundedName } from '../components/naming.ts'
import { gcpProvider, upstream } from '../components/upstream.ts'
import { type ClusterInfrastructure, type CloudNetworking, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { peeringName, peeringPairs } from './topology.ts'

/**
 * Registers two peerings per pair of clusters, one each way. A network takes one peering operation
 * at a time, so each waits for the one before it.
 */
export function gcpPeerings (context: UnitContext): Resolved<CloudNetworking> {
  const pairs = peeringPairs(context.federation, context.scope)
  const [anyPair] = pairs
  if (!anyPair) return { peerings: [] }
  // Peerings are global: the region of the provider plays no part.
  const provider = gcpProvider(context, anyPair[0].region)
  const network = (cluster: Cluster) =>
    upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)('networkId')
  let previous: gcp.compute.NetworkPeering | undefined
  const peer = (from: Cluster, to: Cluster): void => {
    previous = new gcp.compute.NetworkPeering(peeringName(from, to), {
      name: boundedName(63, peeringName(from, to)),
      network: network(from),
      peerNetwork: network(to),
      exportCustomRoutes: true,
      importCustomRoutes: true,
      exportSubnetRoutesWithPublicIp: false,
      importSubnetRoutesWithPublicIp: false
    }, { provider, dependsOn: previous ? [previous] : [] })
  }
  for (const [first, second] of pairs) {
    peer(first, second)
    peer(second, first)
  }
  return { peerings: pairs.map(([first, second]) => peeringName(first, second)) }
}
