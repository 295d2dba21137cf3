/** Names of an Azure VPN gateway and its parts, which two units have to agree on. Pure. */
import { type Cluster } from '../contract.ts'

/** The gateway of a cluster. */
export function azureGatewayName (cluster: Cluster): string {
  return `${cluster.name}-vpn`
}

/** One of the gateway's two address configurations. */
export function azureGatewayConfiguration (instance: 0 | 1): string {
  return `instance-${instance}`
}
