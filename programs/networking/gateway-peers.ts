/**
 * Ways between the east-west gateways of a mesh. A gateway has one load balancer: in the cluster's
 * network, which its cloud's peerings and links lead into; or, where links of kind `mesh` join its
 * cloud to another, on the internet, for the addresses by which its peers go out and nobody else.
 * Pure.
 *
 * Istio, "Install Multi-Primary on different networks": the gateway in each cluster must be
 * reachable from the other clusters, and a public one needs access restrictions. Discovery rides on
 * it too: it passes TLS on to the API server (`mesh/discovery.ts`), so that needs no address there.
 */
import { type CloudName } from '../../contract/words.ts'
import { natAddresses } from '../components/nat-addresses.ts'
import { clusterOf, unitRef } from '../scopes.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation, type UnitRef } from '../types.ts'
import { peersOf } from './topology.ts'

/** The clouds that links of kind `mesh` join to one. */
function joinedClouds (federation: Federation, cloud: CloudName): ReadonlySet<CloudName> {
  return new Set(
    federation.links.filter(({ kind }) => kind === 'mesh').flatMap(({ from, to }) => {
      const ends = [clusterOf(federation, from).cloud, clusterOf(federation, to).cloud]
      return ends.includes(cloud) ? ends.filter((end) => end !== cloud) : []
    })
  )
}

/** Tells if a cluster's east-west gateway is on the internet. */
export function hasPublicGateway (federation: Federation, { cloud }: Cluster): boolean {
  return joinedClouds(federation, cloud).size > 0
}

/** The clusters that may call a cluster's east-west gateway. */
export function gatewayPeers (federation: Federation, cluster: Cluster): Cluster[] {
  const peers = peersOf(federation, cluster)
  const joined = joinedClouds(federation, cluster.cloud)
  return joined.size === 0
    ? peers
    : peers.filter(({ cloud }) => cloud === cluster.cloud || joined.has(cloud))
}

/** Number of addresses by which a cluster's nodes and pods go out: those of its NAT gateways. */
export function egressAddressCount ({ cloud, subnets }: Cluster): number {
  return cloud === 'aws' ? subnets.length : natAddresses.length
}

/** Ranges that are routed in private networks only: RFC 1918 and RFC 6598. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']

/**
 * Address blocks in which a cluster finds the gateways of `peers`, as network policies name them.
 * Load balancers of the internet have addresses that nobody knows before, and that AWS changes.
 */
export function gatewayBlocks (
  federation: Federation,
  cluster: Cluster,
  peers: readonly Cluster[] = gatewayPeers(federation, cluster)
): { ipBlock: { cidr: string, except?: string[] } }[] {
  if (peers.length === 0) return []
  return hasPublicGateway(federation, cluster)
    ? [{ ipBlock: { cidr: '0.0.0.0/0', except: [...privateRanges] } }]
    // Of their clusters' own networks, never of pods'.
    : peers.map(({ cidr }) => ({ ipBlock: { cidr } }))
}

/** Units that tell by which addresses a cluster's peers go out; none where ranges are planned. */
export function peerAddressUnits (federation: Federation, cluster: Cluster): UnitRef[] {
  return hasPublicGateway(federation, cluster)
    ? gatewayPeers(federation, cluster).map(({ name }) => unitRef('infrastructure', name))
    : []
}
