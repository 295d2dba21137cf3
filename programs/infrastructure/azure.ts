/** A cluster on Azure: virtual network, AKS, agent pools. */
import { all, interpolate, type Output } from '@pulumi/pulumi'
import { DiskEncryption } from '../components/azure/disk-encryption.ts'
import { KubernetesCluster } from '../components/azure/kubernetes-cluster.ts'
import { Network } from '../components/azure/network.ts'
import { hostAddress } from '../components/cidr.ts'
import { takesEffect } from '../components/grants.ts'
import { defaultNodeTuning } from '../components/kubelet-tuning.ts'
import { azureTags, boundedName, qualifiedName } from '../components/naming.ts'
import { nodeGroupPlans } from '../components/node-group-plan.ts'
import { operatorRanges } from '../components/operators.ts'
import { azureProvider, upstream } from '../components/upstream.ts'
import { ProgramError } from '../errors.ts'
import {
  type ClusterAudit,
  type ClusterPrerequisites,
  type InfrastructureOutputs,
  type Resolved
} from '../outputs.ts'
import { type Cluster } from '../types/cluster.ts'
import { type UnitContext } from '../types.ts'
import { networkGateways } from './gateways-azure.ts'

/** AKS takes 54 characters in a DNS prefix and 63 in a name. */
const maxClusterName = 54
/**
 * The address of the cluster's DNS inside its service range: the tenth, as everywhere in
 * Kubernetes.
 */
const dnsAddress = 10

/** Registers the cluster's infrastructure. */
export function azureInfrastructure (
  context: UnitContext,
  cluster: Cluster
): Resolved<InfrastructureOutputs> {
  const { federation } = context
  const provider = azureProvider(context, cluster.region)
  const foundation = upstream<ClusterPrerequisites & ClusterAudit>(context, 'prerequisites', cluster.name)
  const resourceGroup = foundation('resourceGroup')
  const name = qualifiedName(federation, cluster)
  const tags = azureTags(federation)
  const network = new Network(name, {
    cidr: cluster.cidr,
    location: cluster.region,
    resourceGroup,
    subnets: cluster.subnets,
    tags
  }, { provider })
  const placed = { location: cluster.region, resourceGroup, tags }
  const { subscriptionId, tenantId, clientId } = federation.accounts.azure
  const kmsKey = foundation('kmsKey')
  const vaultId = interpolate`${vaults(subscriptionId, resourceGroup)}/${kmsKey.apply(vaultName)}`
  const granted = takesEffect(context, 'azure')
  const disks = new DiskEncryption(name, { ...placed, granted, subscriptionId, kmsKey, vaultId }, {
    provider
  })
  const kubernetes = new KubernetesCluster(name, {
    clusterName: boundedName(maxClusterName, name),
    ...placed,
    granted,
    subscriptionId,
    tenantId,
    clientId,
    version: cluster.kubernetesVersion,
    networkId: network.networkId,
    podCidr: cluster.podCidr,
    serviceCidr: cluster.serviceCidr,
    operators: operatorRanges(federation).internet,
    waysOut: network.waysOut,
    dnsServiceIp: hostAddress(cluster.serviceCidr, dnsAddress),
    subnets: zonalSubnets(cluster, network),
    groups: nodeGroupPlans(cluster),
    tuning: cluster.tuning,
    nodeTuning: federation.nodeTuning ?? defaultNodeTuning,
    kmsKey,
    vaultId,
    diskEncryptionSet: disks.setId,
    auditWorkspace: foundation('auditWorkspace')
  }, { provider })
  return {
    ...networkGateways(federation, cluster, { resourceGroup, subnets: network.publicSubnets }, { provider }),
    networkId: network.networkId,
    egressAddresses: all(network.waysOut),
    networkName: network.networkName,
    resourceGroup,
    privateSubnets: all(network.privateSubnets),
    publicSubnets: all(network.publicSubnets),
    intraSubnets: all(network.intraSubnets),
    routeTables: [],
    clusterName: kubernetes.clusterName,
    clusterId: kubernetes.clusterId,
    endpoint: kubernetes.endpoint,
    kubeconfig: kubernetes.kubeconfig,
    oidcIssuer: kubernetes.issuer,
    nodeSecurityGroup: network.securityGroup,
    nodeGroups: all(kubernetes.poolNames),
    storageKey: disks.setId
  }
}

/** Ids of the subnets that nodes are in, by zone. */
function zonalSubnets (cluster: Cluster, { privateSubnets }: Network): Map<string, Output<string>> {
  return new Map(cluster.subnets.flatMap(({ zone }, index) => {
    const id = privateSubnets[index]
    return id ? [[zone, id] as const] : []
  }))
}

/** The path of a resource group's key vaults. */
function vaults (subscriptionId: string, resourceGroup: Output<string>): Output<string> {
  const group = interpolate`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`
  return interpolate`${group}/providers/Microsoft.KeyVault/vaults`
}

/**
 * The vault's name in a key identifier: `https://{vault}.vault.azure.net/keys/{name}/{version}`.
 */
function vaultName (keyIdentifier: string): string {
  const found = /^https:\/\/([^./]+)\.vault\./.exec(keyIdentifier)?.[1]
  if (!found) {
    throw new ProgramError('INFRASTRUCTURE_KEY', { identifier: keyIdentifier })
  }
  return found
}
