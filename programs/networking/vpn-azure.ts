/**
 * The Azure end of a VPN: for each tunnel the other end's address as a local network gateway, and a
 * connection to it with BGP.
 */
import { LocalNetworkGateway, VirtualNetworkGatewayConnection } from '@pulumi/azure-native/network/index.js'
import { interpolate } from '@pulumi/pulumi'
import { azureTags } from '../components/naming.ts'
import { azureProvider, upstream } from '../components/upstream.ts'
import { type ClusterInfrastructure, type ClusterNetworking } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { azureGatewayConfiguration } from './azure-gateway.ts'
import { type Tunnel } from './tunnel.ts'

/** Registers the end. */
export function azureSide (
  context: UnitContext,
  cluster: Cluster,
  peer: Cluster,
  tunnels: readonly Tunnel[]
): void {
  const inside = { provider: azureProvider(context, cluster.region) }
  const gateway = upstream<ClusterNetworking>(context, 'networking', cluster.name)('vpnGateway')
  const placed = {
    resourceGroupName: upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)(
      'resourceGroup'
    ),
    location: cluster.region,
    tags: azureTags(context.federation)
  }
  for (const [index, tunnel] of tunnels.entries()) {
    const title = `${peer.name}-${index + 1}`
    const remote = new LocalNetworkGateway(title, {
      ...placed,
      localNetworkGatewayName: title,
      gatewayIpAddress: tunnel.remote,
      // The inside address is how BGP is reached; all other routes come by BGP itself.
      localNetworkAddressSpace: { addressPrefixes: [`${tunnel.other}/32`] },
      bgpSettings: { asn: peer.asn, bgpPeeringAddress: tunnel.other }
    }, inside)
    // Each instance of the gateway has to be given one of its own inside addresses, also the one
    // that this tunnel does not end at.
    const custom = ([0, 1] as const).map((instance) => ({
      ipConfigurationId: interpolate`${gateway}/ipConfigurations/${azureGatewayConfiguration(instance)}`,
      customBgpIpAddress: instance === tunnel.address.instance
        ? tunnel.own
        : tunnels.find(({ address }) => address.instance === instance)?.own ?? tunnel.own
    }))
    new VirtualNetworkGatewayConnection(title, {
      ...placed,
      virtualNetworkGatewayConnectionName: title,
      connectionType: 'IPsec',
      connectionProtocol: 'IKEv2',
      connectionMode: 'Default',
      virtualNetworkGateway1: { id: gateway },
      localNetworkGateway2: { id: remote.id },
      sharedKey: tunnel.key,
      enableBgp: true,
      gatewayCustomBgpIpAddresses: custom,
      ipsecPolicies: [{
        ikeEncryption: 'GCMAES256',
        ikeIntegrity: 'SHA384',
        dhGroup: 'DHGroup14',
        ipsecEncryption: 'GCMAES256',
        ipsecIntegrity: 'GCMAES256',
        pfsGroup: 'PFS2048',
        // An hour is what AWS renews at (Google Cloud: three); 102,400,000 KB is Azure's own
        // default.
        saLifeTimeSeconds: 3600,
        saDataSizeKilobytes: 102400000
      }]
    }, inside)
  }
}
