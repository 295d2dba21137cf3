/** Names of an Azure gateway and its parts, which two units have to agree on. Pure. */
import { interpolate, type Input, type Output } from '@pulumi/pulumi'
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'

/**
 * The VPN gateway of a cluster. A gateway stays in the network in which it was made: another
 * network's has another name, so that it can be made while the links still end at the old one.
 */
export function azureGatewayName (cluster: Cluster): string {
  return `${cluster.name}-vpn-${networkSuffix(cluster)}`
}

function networkSuffix ({ cidr }: Cluster): string {
  return cidr.replace(/[./]/g, '-')
}

/** One of the VPN gateway's two address configurations. */
export function azureGatewayConfiguration (instance: 0 | 1): string {
  return `instance-${instance}`
}

/** The gateway of a cluster at which circuits end. */
export function expressRouteGatewayName (cluster: Cluster): string {
  return `${cluster.name}-express-${networkSuffix(cluster)}`
}

/** The resource id of a cluster's gateway of that name. */
export function gatewayId (
  federation: Federation,
  resourceGroup: Input<string>,
  name: string
): Output<string> {
  const subscription = `/subscriptions/${federation.accounts.azure.subscriptionId}`
  const gateways = 'providers/Microsoft.Network/virtualNetworkGateways'
  return interpolate`${subscription}/resourceGroups/${resourceGroup}/${gateways}/${name}`
}

/** The resource id of the gateway at which a cluster's circuits end. */
export function expressRouteGatewayId (
  federation: Federation,
  cluster: Cluster,
  resourceGroup: Input<string>
): Output<string> {
  return gatewayId(federation, resourceGroup, expressRouteGatewayName(cluster))
}
