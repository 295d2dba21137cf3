/** Openings to and from the mesh's own pods; all else is denied. */
import * as kubernetes from '@pulumi/kubernetes'
import { type CustomResourceOptions, type Input, type Resource } from '@pulumi/pulumi'
import {
  apiEgress,
  apiServers,
  dnsEgress,
  inNamespace,
  type NetworkPolicySpec,
  tcp
} from '../kubernetes/network-policy.ts'
import { objectLabels } from '../kubernetes/objects.ts'
import { monitoringNamespace } from '../monitoring/hub.ts'
import { gatewayBlocks } from '../networking/gateway-peers.ts'
import { meshPorts } from '../networking/mesh-ports.ts'
import { peerSources } from '../networking/peer-sources.ts'
import { networksOf } from '../networking/topology.ts'
import { type Cluster } from '../types/cluster.ts'
import { type Federation, type UnitContext } from '../types.ts'
import { ingressPorts, meshNamespace } from './settings.ts'

const everyPod = { podSelector: {} }
const pods = (label: string) => ({ podSelector: { matchLabels: { istio: label } } })
const blocks = (cidrs: readonly Input<string>[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }))

/**
 * The policies of the mesh's namespace, by name. Ports: 15012 discovery, 15014 its metrics, 15017
 * webhooks, which the API server calls through the network or through a tunnel that ends in
 * kube-system; 15090 metrics of proxies; 15021 their health.
 */
export function meshOpenings (
  federation: Federation,
  cluster: Cluster,
  sources: readonly Input<string>[]
): Record<string, NetworkPolicySpec> {
  const gateways = gatewayBlocks(federation, cluster)
  const own = networksOf(cluster).map(({ cidr }) => cidr)
  const anyPod = { namespaceSelector: {} }
  return {
    'default-deny': { ...everyPod, policyTypes: ['Ingress', 'Egress'] },
    'allow-istiod': {
      podSelector: { matchLabels: { app: 'istiod' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [anyPod], ports: tcp(15012) },
        { from: [...apiServers(cluster), inNamespace('kube-system')], ports: tcp(15017) },
        { from: [inNamespace(monitoringNamespace)], ports: tcp(15014) }
      ],
      // Its own API server, and those of the peers through their gateways.
      egress: [
        { to: apiEgress(cluster), ports: tcp(443) },
        ...(gateways.length > 0 ? [{ to: gateways, ports: tcp(443) }] : [])
      ]
    },
    'allow-east-west': {
      ...pods('eastwestgateway'),
      policyTypes: ['Ingress', 'Egress'],
      // From the peers, whose addresses load balancers keep but for that of AWS, which calls from
      // this network and lets in peers alone; and from monitoring, which asks it as it asks the
      // peers'.
      ingress: [{
        from: [
          ...blocks(cluster.cloud === 'aws' ? own : sources),
          inNamespace(monitoringNamespace)
        ],
        ports: tcp(...meshPorts.map(({ port }) => port))
      }],
      egress: [{ to: apiEgress(cluster), ports: tcp(443) }]
    },
    // Clients are anywhere, and their addresses are kept. AWS' load balancer asks pods for their
    // health, from this network; those of the other clouds ask nodes.
    'allow-ingress': {
      ...pods('ingressgateway'),
      policyTypes: ['Ingress'],
      ingress: [
        { ports: tcp(...ingressPorts.map(({ port }) => port)) },
        ...(cluster.cloud === 'aws' ? [{ from: blocks(own), ports: tcp(15021) }] : [])
      ]
    },
    'allow-gateways': {
      podSelector: {
        matchExpressions: [{ key: 'istio', operator: 'In', values: ['eastwestgateway', 'ingressgateway'] }]
      },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [inNamespace(monitoringNamespace)], ports: tcp(15090) }],
      // To whatever the mesh serves here, whose own policies decide; and, when it fails here, to
      // the peers'.
      egress: [{ to: [anyPod] }, ...(gateways.length > 0 ? [{ to: gateways, ports: tcp(15443) }] : [])]
    },
    'allow-dns': { ...everyPod, policyTypes: ['Egress'], egress: [dnsEgress(cluster)] }
  }
}

/** Registers them. `options` carry the cluster's provider and come after the namespace. */
export function meshIsolation (
  context: UnitContext,
  cluster: Cluster,
  options: CustomResourceOptions
): Resource[] {
  // Of a load balancer on AWS the pods see its own addresses.
  const sources = cluster.cloud === 'aws' ? [] : peerSources(context, cluster).map(({ cidr }) => cidr)
  return Object.entries(meshOpenings(context.federation, cluster, sources)).map(([name, spec]) =>
    new kubernetes.networking.v1.NetworkPolicy(`mesh-${name}`, {
      metadata: { name, namespace: meshNamespace, labels: objectLabels(context, 'network-policy') },
      spec
    }, options)
  )
}
