/** An HA VPN gateway for a cluster that ends a VPN. */
import * as gcp from '@pulumi/gcp'
import { type CustomResourceOptions, type Input } from '@pulumi/pulumi'
import { hasVpn } from '../networking/topology.ts'
import { type ClusterGateways, type Resolved } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'

/** Registers the gateway of a cluster that needs one. */
export function vpnGateway (
  federation: Federation,
  cluster: Cluster,
  network: Input<string>,
  inside: CustomResourceOptions
): Resolved<ClusterGateways> {
  const none = { transitGateway: '', transitRouteTable: '', vpnGateway: '', vpnAddresses: [] }
  if (!hasVpn(federation, cluster)) return none
  const gateway = new gcp.compute.HaVpnGateway(
    `${cluster.name}-vpn`,
    { network, region: cluster.region, stackType: 'IPV4_ONLY' },
    inside
  )
  return {
    ...none,
    vpnGateway: gateway.selfLink,
    vpnAddresses: gateway.vpnInterfaces.apply((interfaces) =>
      interfaces.map(({ ipAddress }) => ipAddress ?? '')
    )
  }
}
