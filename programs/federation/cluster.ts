/**
 * A cluster's part of the federation: it discovers its peers, and its services are routed, isolated
 * and known by the same names as everywhere.
 */
import { kubernetesProvider } from '../components/upstream.ts'
import { namespace } from '../kubernetes/objects.ts'
import { type ClusterFederation, type Resolved } from '../outputs.ts'
import { clusterOf } from '../scopes.ts'
import { type PhaseProgram } from '../types.ts'
import { networkPolicies } from './network-policies.ts'
import { remoteSecret } from './remote-secrets.ts'
import { destinationRule, ingressRoutes, virtualService } from './routing.ts'
import { meshService, serviceAccounts } from './services.ts'
import { peersOf, serviceNamespaces } from './topology.ts'

export const program: PhaseProgram = (context): Resolved<ClusterFederation> => {
  const { federation, scope } = context
  const cluster = clusterOf(federation, scope.name)
  const provider = kubernetesProvider(context, cluster)
  const peers = peersOf(federation, cluster.name)

  for (const peer of peers) remoteSecret(context, peer, { provider })
  const namespaces = serviceNamespaces(federation).map((name) =>
    namespace(context, name, 'restricted', { 'istio-injection': 'enabled' }, { provider })
  )
  const inside = { provider, dependsOn: namespaces }
  serviceAccounts(context, cluster, inside)
  const virtualServices = federation.mesh.services.map((service) => {
    const known = meshService(context, service, inside)
    destinationRule(context, service, { provider, dependsOn: [known] })
    return virtualService(context, service, { provider, dependsOn: [known] })
  })
  return {
    remoteClusters: peers.map((peer) => peer.name),
    defaultDeny: networkPolicies(context, cluster, inside),
    virtualServices: [...virtualServices, ingressRoutes(context, cluster, { provider })]
  }
}
