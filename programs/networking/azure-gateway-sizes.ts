/** Sizes of Azure's gateways, which their prices depend on. Pure. */

/** VPN: 1.25 Gbit/s over all tunnels, in several zones. */
export const vpnGatewaySize = 'VpnGw2AZ'

/** Circuits: 10 Gbit/s, in several zones: as much as a circuit of an exchange carries. */
export const circuitGatewaySize = 'ErGw3AZ'
