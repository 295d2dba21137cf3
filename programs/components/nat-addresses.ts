/** Addresses of a NAT gateway that serves all zones of a network. Pure. */

/** Two addresses: each adds 64,512 ports for connections to one destination. */
export const natAddresses = [1, 2] as const
