/** Virtual networks peered with each other; those without a gateway use a peer's. */
import { VirtualNetworkPeering } from '@pulumi/azure-native/network/index.js'
import { azureProvider, upstream } from '../components/upstream.ts'
import { type ClusterInfrastructure, type CloudNetworking, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { hasCircuit } from './circuits.ts'
import { hasVpn, peeringName, peeringPairs } from './topology.ts'

/**
 * Registers two peerings per pair of clusters, one each way. A network takes one change at a time,
 * so each peering waits for the one before it.
 */
export function azurePeerings (context: UnitContext): Resolved<CloudNetworking> {
  const { federation, scope } = context
  const clusters = scope.clusters.map((name) => clusterOf(federation, name))
  const pairs = peeringPairs(federation, scope)
  const [home] = clusters
  if (!home || pairs.length === 0) return { peerings: [] }
  const provider = azureProvider(context, home.region)
  // A network may use one remote gateway only: the first cluster's that has one.
  const hasGateway = (cluster: Cluster): boolean =>
    hasVpn(federation, cluster) || hasCircuit(federation, cluster)
  const transit = clusters.find(hasGateway)
  const usesTransit = (cluster: Cluster): boolean => transit !== undefined && !hasGateway(cluster)
  let previous: VirtualNetworkPeering | undefined
  const peer = (from: Cluster, to: Cluster): void => {
    const local = upstream<ClusterInfrastructure>(context, 'infrastructure', from.name)
    const name = peeringName(from, to)
    previous = new VirtualNetworkPeering(name, {
      resourceGroupName: local('resourceGroup'),
      virtualNetworkName: local('networkName'),
      virtualNetworkPeeringName: name,
      remoteVirtualNetwork: {
        id: upstream<ClusterInfrastructure>(context, 'infrastructure', to.name)('networkId')
      },
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: true,
      allowGatewayTransit: from === transit && usesTransit(to),
      useRemoteGateways: to === transit && usesTransit(from)
    }, { provider, dependsOn: previous ? [previous] : [] })
  }
  for (const [first, second] of pairs) {
    // The side that lends its gateway comes first: the other may use it only then.
    const [lender, borrower] = second === transit ? [second, first] : [first, second]
    peer(lender, borrower)
    peer(borrower, lender)
  }
  return { peerings: pairs.map(([first, second]) => peeringName(first, second)) }
}
