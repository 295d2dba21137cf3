/**
 * The Google Cloud end of a VPN: the other end as an external gateway, a tunnel for each of its
 * addresses, and a BGP session in each on the Cloud Router.
 */
import * as gcp from '@pulumi/gcp'
import { boundedName } from '../components/naming.ts'
import { gcpProvider, upstream } from '../components/upstream.ts'
import { type ClusterNetworking } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { announced } from './topology.ts'
import { type Tunnel } from './tunnel.ts'

/**
 * Leaves room for a tunnel's number and the end that makes a name unique: 63 characters are the
 * limit.
 */
const maxName = 48

/** Registers the end. */
export function gcpSide (
  context: UnitContext,
  cluster: Cluster,
  peer: Cluster,
  tunnels: readonly Tunnel[]
): void {
  const { federation } = context
  const inside = { provider: gcpProvider(context, cluster.region) }
  const networking = upstream<ClusterNetworking>(context, 'networking', cluster.name)
  const name = boundedName(maxName, 'to', peer.name)
  const external = new gcp.compute.ExternalVpnGateway(name, {
    description: `${peer.name}, seen from ${cluster.name}`,
    redundancyType: tunnels.length === 4 ? 'FOUR_IPS_REDUNDANCY' : 'TWO_IPS_REDUNDANCY',
    interfaces: tunnels.map(({ remote }, id) => ({ id, ipAddress: remote }))
  }, inside)
  for (const [index, tunnel] of tunnels.entries()) {
    const title = `${name}-${index + 1}`
    const vpn = new gcp.compute.VPNTunnel(title, {
      region: cluster.region,
      vpnGateway: networking('vpnGateway'),
      vpnGatewayInterface: tunnel.address.instance,
      peerExternalGateway: external.selfLink,
      peerExternalGatewayInterface: index,
      router: networking('router'),
      ikeVersion: 2,
      sharedSecret: tunnel.key
    }, inside)
    const end = new gcp.compute.RouterInterface(title, {
      router: networking('router'),
      region: cluster.region,
      vpnTunnel: vpn.name,
      ipRange: `${tunnel.own}/30`
    }, inside)
    new gcp.compute.RouterPeer(title, {
      router: networking('router'),
      region: cluster.region,
      interface: end.name,
      ipAddress: tunnel.own,
      peerIpAddress: tunnel.other,
      peerAsn: peer.asn,
      advertiseMode: 'CUSTOM',
      advertisedIpRanges: announced(federation, 'gcp').map((range) => ({ range })),
      // All tunnels are used at once: equal priority.
      advertisedRoutePriority: 100
    }, inside)
  }
}
