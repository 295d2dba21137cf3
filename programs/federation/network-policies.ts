/** Nothing may talk to anything but for these openings. */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { type Cluster, type UnitContext } from '../contract.ts'
import { customResource, objectLabels } from '../kubernetes/objects.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { monitoringNamespace } from '../monitoring/hub.ts'
import { peersOf, serviceNamespaces } from './topology.ts'

type PolicySpec = kubernetes.types.input.networking.v1.NetworkPolicySpec

const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: 'TCP' }))
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })

/**
 * The openings of a namespace of mesh services, by name. Ports: DNS 53; 15012 and 15017 of istiod; 15443 of peers' east-west gateways, which are in their
 * networks; 15020 and 15090 of sidecars' metrics; 4317 of the trace collector.
 */
export function openings (context: UnitContext, cluster: Cluster, namespace: string): Record<string, PolicySpec> {
  const { federation } = context
  const ports = federation.mesh.services.filter((service) => service.namespace === namespace).map((service) => service.port)
  const everyPod = { podSelector: {} }
  const siblings = serviceNamespaces(federation).map(inNamespace)
  const peers = peersOf(federation, cluster.name).map((peer) => ({ ipBlock: { cidr: peer.cidr } }))
  return {
    'default-deny': { ...everyPod, policyTypes: ['Ingress', 'Egress'] },
    'allow-dns': { ...everyPod, policyTypes: ['Egress'], egress: [{ to: [inNamespace('kube-system')], ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }] },
    'allow-mesh': {
      ...everyPod,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [inNamespace(meshNamespace), ...siblings], ports: tcp(...new Set(ports)) }],
      egress: [
        { to: [inNamespace(meshNamespace)], ports: tcp(15012, 15017, 15443) },
        { to: siblings },
        ...(peers.length > 0 ? [{ to: peers, ports: tcp(15443) }] : [])
      ]
    },
    'allow-telemetry': {
      ...everyPod,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [inNamespace(monitoringNamespace)], ports: tcp(15020, 15090) }],
      egress: [{ to: [inNamespace(monitoringNamespace)], ports: tcp(4317) }]
    }
  }
}

/** Registers the policies of all service namespaces, and whom sidecars let in. Returns the default-deny policies' full names. */
export function networkPolicies (context: UnitContext, cluster: Cluster, options: CustomResourceOptions): string[] {
  const { trustDomain } = context.federation.mesh
  return serviceNamespaces(context.federation).map((namespace) => {
    for (const [name, spec] of Object.entries(openings(context, cluster, namespace))) {
      new kubernetes.networking.v1.NetworkPolicy(`${namespace}-${name}`, { metadata: { name, namespace, labels: objectLabels(context, 'network-policy') }, spec }, options)
    }
    // Network policies see addresses; this one sees who it is: services of this federation and its gateways.
    customResource(context, { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', name: 'federation-only', namespace, resourceName: `${namespace}-federation-only` }, {
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: [meshNamespace, ...serviceNamespaces(context.federation)].map((name) => `${trustDomain}/ns/${name}/sa/*`) } }] }]
    }, options)
    return `${namespace}/default-deny`
  })
}
