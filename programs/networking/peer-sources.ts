/** Addresses from which a cluster's peers call its east-west gateway. */
import { type Input, type Output } from '@pulumi/pulumi'
import { upstream } from '../components/upstream.ts'
import { type ClusterEgress } from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { egressAddressCount, gatewayPeers, hasPublicGateway } from './gateway-peers.ts'
import { networksOf } from './topology.ts'

/** A range from which a peer calls. */
export interface PeerSource {
  readonly name: string
  readonly cidr: Input<string>
}

/**
 * The ranges of a cluster's peers: those of their networks, or, where its gateway is on the
 * internet, the addresses by which they go out.
 */
export function peerSources (context: UnitContext, cluster: Cluster): PeerSource[] {
  const { federation } = context
  const peers = gatewayPeers(federation, cluster)
  if (!hasPublicGateway(federation, cluster)) return peers.flatMap(networksOf)
  return peers.flatMap((peer) => {
    const addresses = upstream<ClusterEgress>(context, 'infrastructure', peer.name)('egressAddresses')
    return Array.from({ length: egressAddressCount(peer) }, (_, index): PeerSource => ({
      name: `${peer.name}-out-${index + 1}`,
      cidr: addressAt(addresses, index, peer)
    }))
  })
}

function addressAt (addresses: Output<string[]>, index: number, { name }: Cluster): Output<string> {
  return addresses.apply((known) => {
    const address = known[index]
    if (!address) {
      throw new RangeError(
        `cluster ${name} has no egress address ${index + 1}; deploy its infrastructure again`
      )
    }
    return `${address}/32`
  })
}
