/** Gateways of a cluster, which phase 2 makes, as links and peerings find them. */
import { upstream } from '../components/upstream.ts'
import { type ClusterGateways, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'

/** The gateways of a cluster. What its cloud does not have is empty. */
export function gatewaysOf (context: UnitContext, { name }: Cluster): Resolved<ClusterGateways> {
  const gateways = upstream<ClusterGateways>(context, 'infrastructure', name)
  return {
    transitGateway: gateways('transitGateway'),
    transitRouteTable: gateways('transitRouteTable'),
    vpnGateway: gateways('vpnGateway'),
    vpnAddresses: gateways('vpnAddresses')
  }
}
