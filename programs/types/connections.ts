/** Connections between clusters. */

/** A connection between two clusters. */
export interface Link {
  /** Name of one cluster. */
  readonly from: string
  /** Name of the other cluster. */
  readonly to: string
  /**
   * Kind of connection. `mesh`: the mesh's own gateways, over the internet, between all clusters
   * of the two clouds; `vpn`: site-to-site between clouds; `peering`: inside one cloud;
   * `interconnect`: dedicated circuit.
   */
  readonly kind: 'mesh' | 'vpn' | 'peering' | 'interconnect'
  readonly bandwidthGbps: number
  /** Circuit of an interconnect; absent for the other kinds. */
  readonly circuit?: Circuit
}

/** A dedicated circuit over an exchange, which joins two clouds. */
export interface Circuit {
  /** Name of the exchange, as Azure lists it. */
  readonly exchange: string
  /** Autonomous system number of the exchange's router. */
  readonly asn: number
  /** `ordered` until the exchange has confirmed both ends. */
  readonly state: 'ordered' | 'joined'
  /** Hosted connections that the exchange made for the AWS end, once it has. */
  readonly connections: readonly { readonly id: string, readonly vlan: number }[]
  /** Place where the circuit of the Azure end begins. */
  readonly peeringLocation?: string
}
