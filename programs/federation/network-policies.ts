/** Nothing may talk to anything but for these openings. */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions } from '@pulumi/pulumi'
import { ledgerNamespaces } from '../disaster-recovery/names.ts'
import { dnsEgress, inNamespace, type NetworkPolicySpec, tcp } from '../kubernetes/network-policy.ts'
import { customResource, objectLabels } from '../kubernetes/objects.ts'
import { meshNamespace } from '../mesh/settings.ts'
import { monitoringNamespace } from '../monitoring/hub.ts'
import { gatewayBlocks } from '../networking/gateway-peers.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { serviceNamespaces, servicesIn } from './topology.ts'

/** The ports of a namespace's services, each once. */
function portsIn (context: UnitContext, namespace: string): number[] {
  return [
    ...new Set(
      context.federation.mesh.services.filter((service) => service.namespace === namespace).map((service) =>
        service.port
      )
    )
  ]
}

/**
 * The openings of a namespace of mesh services, by name. Ports: DNS 53; 15012 of istiod; those of
 * the services themselves; 15443 of peers' east-west gateways; 5432 of the ledgers that the cluster
 * has a side of; 15090 of sidecars' metrics; 4317 of the trace collector.
 */
export function openings (
  context: UnitContext,
  cluster: Cluster,
  namespace: string
): Record<string, NetworkPolicySpec> {
  const { federation } = context
  const everyPod = { podSelector: {} }
  const namespaces = serviceNamespaces(federation)
  const gateways = gatewayBlocks(federation, cluster)
  const ledgers = servicesIn(federation, cluster).some((service) => service.namespace === namespace)
    ? ledgerNamespaces(federation, cluster.name)
    : []
  return {
    'default-deny': { ...everyPod, policyTypes: ['Ingress', 'Egress'] },
    'allow-dns': { ...everyPod, policyTypes: ['Egress'], egress: [dnsEgress(cluster)] },
    'allow-mesh': {
      ...everyPod,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{
        from: [inNamespace(meshNamespace), ...namespaces.map(inNamespace)],
        ports: tcp(...portsIn(context, namespace))
      }],
      egress: [
        {
          to: [{ ...inNamespace(meshNamespace), podSelector: { matchLabels: { app: 'istiod' } } }],
          ports: tcp(15012)
        },
        ...namespaces.map((other) => ({ to: [inNamespace(other)], ports: tcp(...portsIn(context, other)) })),
        ...(ledgers.length > 0 ? [{ to: ledgers.map(inNamespace), ports: tcp(5432) }] : []),
        ...(gateways.length > 0 ? [{ to: gateways, ports: tcp(15443) }] : [])
      ]
    },
    'allow-telemetry': {
      ...everyPod,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [inNamespace(monitoringNamespace)], ports: tcp(15090) }],
      egress: [{ to: [inNamespace(monitoringNamespace)], ports: tcp(4317) }]
    }
  }
}

/**
 * Registers what a sidecar of a namespace lets in: the namespace's services, called by services of
 * this federation and its gateways. Network policies see addresses, this one sees identities.
 */
export function callers (context: UnitContext, namespace: string): Record<string, unknown> {
  const { mesh } = context.federation
  return {
    action: 'ALLOW',
    rules: [{
      from: [{
        source: {
          principals: [meshNamespace, ...serviceNamespaces(context.federation)].map((name) =>
            `${mesh.trustDomain}/ns/${name}/sa/*`
          )
        }
      }],
      to: [{ operation: { ports: portsIn(context, namespace).map(String) } }]
    }]
  }
}

/**
 * Registers the policies of all service namespaces, and whom sidecars let in. Returns the
 * default-deny policies' full names.
 */
export function networkPolicies (
  context: UnitContext,
  cluster: Cluster,
  options: CustomResourceOptions
): string[] {
  return serviceNamespaces(context.federation).map((namespace) => {
    for (const [name, spec] of Object.entries(openings(context, cluster, namespace))) {
      new kubernetes.networking.v1.NetworkPolicy(`${namespace}-${name}`, {
        metadata: { name, namespace, labels: objectLabels(context, 'network-policy') },
        spec
      }, options)
    }
    customResource(
      context,
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        name: 'federation-only',
        namespace,
        resourceName: `${namespace}-federation-only`
      },
      callers(context, namespace),
      options
    )
    return `${namespace}/default-deny`
  })
}
