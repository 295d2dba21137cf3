/**
 * Ports that clusters open to each other: the mesh and nothing else. All of them end at east-west
 * gateways. Control planes are not among them (15012, 15017 of Istio's guide): every cluster has
 * one of its own, so that no proxy and no webhook ever calls another cluster's.
 */

/** A port that peers may call. */
export interface MeshPort {
  readonly name: string
  readonly port: number
  readonly description: string
}

/**
 * TCP ports that a cluster's east-west gateway offers to the networks of the others, by the names
 * that Istio's guides give them.
 */
export const meshPorts: readonly MeshPort[] = [
  { name: 'tls', port: 15443, description: 'Istio east-west gateway: mutual TLS between clusters' },
  {
    name: 'tls-api',
    port: 443,
    description: 'Kubernetes API through the gateway, for the other clusters to discover endpoints'
  },
  {
    name: 'status-port',
    port: 15021,
    description: 'Istio gateway health, for probes from the other clusters'
  }
]
