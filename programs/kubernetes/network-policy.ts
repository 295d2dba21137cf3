/** Parts that network policies are made of. Pure. */
import { type types } from '@pulumi/kubernetes'
import { hostAddress } from '../components/cidr.ts'
import { type Cluster } from '../types/cluster.ts'

export type NetworkPolicySpec = types.input.networking.v1.NetworkPolicySpec
type Peer = types.input.networking.v1.NetworkPolicyPeer
type Port = types.input.networking.v1.NetworkPolicyPort

/** TCP ports. */
export function tcp (...ports: number[]): Port[] {
  return ports.map((port) => ({ port, protocol: 'TCP' }))
}

/** All pods of a namespace. */
export function inNamespace (name: string): Peer & { namespaceSelector: object } {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }
}

/**
 * Address of a node's own DNS cache, where there is one: link-local, by the NodeLocal DNSCache
 * design; GKE has it switched on.
 */
const nodeLocalDns = '169.254.20.10/32'

/**
 * The way to the cluster's DNS: its pods have these labels in all three clouds, cached on the node
 * or not.
 */
export function dnsEgress (cluster: Cluster): types.input.networking.v1.NetworkPolicyEgressRule {
  const servers = {
    ...inNamespace('kube-system'),
    podSelector: {
      matchExpressions: [{ key: 'k8s-app', operator: 'In', values: ['kube-dns', 'node-local-dns'] }]
    }
  }
  return {
    to: [servers, ...(cluster.cloud === 'gcp' ? [{ ipBlock: { cidr: nodeLocalDns } }] : [])],
    ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }]
  }
}

/**
 * The way of pods to their API server. Its Service has the first address of the cluster's range of
 * services, which EKS' network plugin judges as it is; the others judge what it is translated to.
 */
export function apiEgress (cluster: Cluster): Peer[] {
  return cluster.cloud === 'aws'
    ? [...apiServers(cluster), { ipBlock: { cidr: `${hostAddress(cluster.serviceCidr, 1)}/32` } }]
    : apiServers(cluster)
}

/** The ranges of a cluster's API server: in its network, on GKE in a range beside it. */
export function apiServers (cluster: Cluster): Peer[] {
  return [cluster.cidr, ...(cluster.cloud === 'gcp' ? [cluster.controlPlaneCidr] : [])].map((cidr) => ({
    ipBlock: { cidr }
  }))
}
