/** Dedicated circuits between clouds, their speeds and numbers. Pure. */
import { type Cluster } from '../types/cluster.ts'
import { type Link } from '../types/connections.ts'
import { type Federation } from '../types.ts'

/** The links of a federation that are dedicated circuits, in the file's order. */
export function circuitLinks (federation: Federation): Link[] {
  return federation.links.filter((link) => link.kind === 'interconnect')
}

/**
 * Tells whether the cluster ends a circuit that the exchange has joined, and so needs a gateway for
 * it.
 */
export function hasCircuit (federation: Federation, cluster: Cluster): boolean {
  return circuitLinks(federation).some((link) =>
    link.circuit?.state === 'joined' && (link.from === cluster.name || link.to === cluster.name)
  )
}

/** A circuit's speed in Mbit/s. */
export function circuitMegabits (link: Link): number {
  return Math.round(link.bandwidthGbps * 1000)
}

/**
 * The number of a Direct Connect gateway's autonomous system: it must differ from its transit
 * gateway's. It is as far from the first private number of four bytes as the cluster's is from the
 * first of two; a cluster with a number of four bytes has the next one.
 */
export function directConnectAsn ({ asn }: Cluster): number {
  return asn < 65536 ? 4_200_000_000 + asn - 64512 : asn + 1
}
