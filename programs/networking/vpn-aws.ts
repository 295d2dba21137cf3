/**
 * The AWS end of a VPN: a customer gateway and a connection of two tunnels for each address of the
 * other end, on the region's transit gateway.
 */
import * as aws from '@pulumi/aws'
import { type Output } from '@pulumi/pulumi'
import { awsProvider, upstream } from '../components/upstream.ts'
import { type ClusterNetworking } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { type TunnelDraft } from './tunnel.ts'

/**
 * Both phases of all tunnels: AES-256 in Galois counter mode, groups of 2048 bits and elliptic
 * curves, which all three clouds offer.
 */
const encryption = ['AES256-GCM-16']
const integrity = ['SHA2-256', 'SHA2-384']
const groups = [14, 19, 20]

/** Registers the end and gives the public address of each tunnel, in the drafts' order. */
export function awsSide (
  context: UnitContext,
  cluster: Cluster,
  peer: Cluster,
  tunnels: readonly TunnelDraft[],
  peerAddresses: readonly Output<string>[]
): Output<string>[] {
  const inside = { provider: awsProvider(context, cluster.region) }
  const transitGatewayId = upstream<ClusterNetworking>(context, 'networking', cluster.name)('transitGateway')
  return peerAddresses.flatMap((ipAddress, instance) => {
    const [first, second] = tunnels.filter(({ address }) => address.instance === instance)
    if (!first || !second) throw new RangeError(`unit ${context.unit}: an AWS connection has two tunnels`)
    const tags = { Name: `${cluster.name}-${peer.name}-${instance + 1}` }
    const gateway = new aws.ec2.CustomerGateway(`customer-gateway-${instance + 1}`, {
      type: 'ipsec.1',
      bgpAsn: String(peer.asn),
      ipAddress,
      deviceName: peer.name,
      tags
    }, inside)
    const connection = new aws.ec2.VpnConnection(`connection-${instance + 1}`, {
      type: 'ipsec.1',
      transitGatewayId,
      customerGatewayId: gateway.id,
      staticRoutesOnly: false,
      tunnelInsideIpVersion: 'ipv4',
      tunnel1InsideCidr: first.address.cidr,
      tunnel1PresharedKey: first.key,
      tunnel1IkeVersions: ['ikev2'],
      tunnel1Phase1EncryptionAlgorithms: encryption,
      tunnel1Phase2EncryptionAlgorithms: encryption,
      tunnel1Phase1IntegrityAlgorithms: integrity,
      tunnel1Phase2IntegrityAlgorithms: integrity,
      tunnel1Phase1DhGroupNumbers: groups,
      tunnel1Phase2DhGroupNumbers: groups,
      tunnel1StartupAction: 'start',
      tunnel1DpdTimeoutAction: 'restart',
      tunnel2InsideCidr: second.address.cidr,
      tunnel2PresharedKey: second.key,
      tunnel2IkeVersions: ['ikev2'],
      tunnel2Phase1EncryptionAlgorithms: encryption,
      tunnel2Phase2EncryptionAlgorithms: encryption,
      tunnel2Phase1IntegrityAlgorithms: integrity,
      tunnel2Phase2IntegrityAlgorithms: integrity,
      tunnel2Phase1DhGroupNumbers: groups,
      tunnel2Phase2DhGroupNumbers: groups,
      tunnel2StartupAction: 'start',
      tunnel2DpdTimeoutAction: 'restart',
      tags
    }, inside)
    return [connection.tunnel1Address, connection.tunnel2Address]
  })
}
