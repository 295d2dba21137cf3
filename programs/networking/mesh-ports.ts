/** What clusters open to each other: the mesh and nothing else. */

/** A port that peers may call. */
export interface MeshPort { readonly name: string, readonly port: number, readonly description: string }

/** TCP ports that the nodes of one cluster open to the networks of the others. */
export const meshPorts: readonly MeshPort[] = [
  { name: 'east-west', port: 15443, description: 'Istio east-west gateway: mutual TLS between clusters' },
  { name: 'discovery', port: 15012, description: 'Istio discovery and certificate signing' },
  { name: 'webhook', port: 15017, description: 'Istio webhooks of remote control planes' },
  { name: 'probes', port: 15021, description: 'Istio gateway health, for probes from the other clusters' }
]

/** The Kubernetes API: control planes of the mesh read each other's endpoints over it. */
export const apiPort: MeshPort = { name: 'api', port: 443, description: 'Kubernetes API, for the other clusters to discover endpoints' }
