/** A private AKS cluster: Azure CNI overlay with Cilium, workload identity, secrets encrypted with the cluster's own key, agent pools in their zones. */
import { RoleAssignment } from '@pulumi/azure-native/authorization/index.js'
import { ProximityPlacementGroup } from '@pulumi/azure-native/compute/index.js'
import { AgentPool, listManagedClusterUserCredentialsOutput, ManagedCluster } from '@pulumi/azure-native/containerservice/index.js'
import { UserAssignedIdentity } from '@pulumi/azure-native/managedidentity/index.js'
import { ComponentResource, type ComponentResourceOptions, interpolate, type Input, type Output, secret } from '@pulumi/pulumi'
import { type NodeTuning, type Tuning } from '../../contract.ts'
import { kubeletTuning } from '../kubelet-tuning.ts'
import { type NodeGroupPlan } from '../node-group-plan.ts'
import { agentPool, agentPoolName, systemGroup } from './agent-pool.ts'
import { azureRole } from './roles.ts'

export interface KubernetesClusterArgs {
  readonly clusterName: string
  readonly subscriptionId: string
  readonly location: string
  readonly resourceGroup: Input<string>
  readonly version: string
  readonly networkId: Input<string>
  readonly podCidr: string
  readonly serviceCidr: string
  readonly dnsServiceIp: string
  /** Zone -> id of its private subnet. */
  readonly subnets: ReadonlyMap<string, Input<string>>
  readonly groups: readonly NodeGroupPlan[]
  readonly tuning: readonly Tuning[]
  readonly nodeTuning: NodeTuning
  /** Identifier of the key, with its version. */
  readonly kmsKey: Output<string>
  readonly tags: Record<string, string>
}

/** Outputs of the cluster and its agent pools. */
export class KubernetesCluster extends ComponentResource {
  readonly clusterName: Output<string>
  readonly clusterId: Output<string>
  readonly endpoint: Output<string>
  readonly kubeconfig: Output<string>
  readonly issuer: Output<string>
  readonly poolNames: Output<string>[]

  constructor (name: string, args: KubernetesClusterArgs, options?: ComponentResourceOptions) {
    super('windlass:azure:KubernetesCluster', name, {}, options)
    const inside = { parent: this }
    const placed = { resourceGroupName: args.resourceGroup, location: args.location, tags: args.tags }
    const groupId = interpolate`/subscriptions/${args.subscriptionId}/resourceGroups/${args.resourceGroup}`
    const controlPlane = new UserAssignedIdentity(`${name}-control-plane`, { ...placed, resourceName: `${name}-control-plane` }, inside)
    const kubelet = new UserAssignedIdentity(`${name}-kubelet`, { ...placed, resourceName: `${name}-kubelet` }, inside)
    const vaultId = interpolate`${groupId}/providers/Microsoft.KeyVault/vaults/${args.kmsKey.apply(vaultName)}`
    const assign = (title: string, identity: UserAssignedIdentity, role: Parameters<typeof azureRole>[1], scope: Input<string>): RoleAssignment => new RoleAssignment(`${name}-${title}`, {
      scope, principalId: identity.principalId, principalType: 'ServicePrincipal', roleDefinitionId: azureRole(args.subscriptionId, role)
    }, inside)
    const placements = new Map(args.groups.filter((group) => group.placement).map((group) => [group.name, new ProximityPlacementGroup(`${name}-${group.name}`, {
      ...placed,
      proximityPlacementGroupName: `${name}-${group.name}`,
      proximityPlacementGroupType: 'Standard',
      intent: { vmSizes: [group.pool.instanceType] }
    }, inside)] as const))
    const grants = [
      assign('network', controlPlane, 'Network Contributor', args.networkId),
      assign('kubelet-operator', controlPlane, 'Managed Identity Operator', kubelet.id),
      assign('key', controlPlane, 'Key Vault Crypto User', vaultId),
      assign('images', kubelet, 'AcrPull', groupId),
      ...[...placements].map(([group, placement]) => assign(`placement-${group}`, controlPlane, 'Contributor', placement.id))
    ]
    const system = systemGroup(args.groups)
    const settings = { version: args.version, kubelet: kubeletTuning(args.tuning, args.nodeTuning), subnets: args.subnets, placements, tags: args.tags }
    const cluster = new ManagedCluster(name, {
      ...placed,
      resourceName: args.clusterName,
      kubernetesVersion: args.version,
      dnsPrefix: args.clusterName,
      nodeResourceGroup: `${args.clusterName}-nodes`,
      sku: { name: 'Base', tier: 'Standard' },
      identity: { type: 'UserAssigned', userAssignedIdentities: [controlPlane.id] },
      identityProfile: { kubeletidentity: { resourceId: kubelet.id, clientId: kubelet.clientId, objectId: kubelet.principalId } },
      apiServerAccessProfile: { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: false, privateDNSZone: 'system', disableRunCommand: true },
      agentPoolProfiles: [{ ...agentPool(system, settings), name: agentPoolName(system.name), mode: 'System' }],
      networkProfile: {
        networkPlugin: 'azure',
        networkPluginMode: 'overlay',
        networkDataplane: 'cilium',
        networkPolicy: 'cilium',
        podCidr: args.podCidr,
        serviceCidr: args.serviceCidr,
        dnsServiceIP: args.dnsServiceIp,
        loadBalancerSku: 'standard',
        outboundType: 'userAssignedNATGateway'
      },
      oidcIssuerProfile: { enabled: true },
      securityProfile: {
        workloadIdentity: { enabled: true },
        azureKeyVaultKms: { enabled: true, keyId: args.kmsKey, keyVaultNetworkAccess: 'Public' },
        imageCleaner: { enabled: true, intervalHours: 168 }
      },
      autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' },
      autoScalerProfile: { balanceSimilarNodeGroups: 'true', expander: 'least-waste' },
      storageProfile: { diskCSIDriver: { enabled: true }, fileCSIDriver: { enabled: true }, snapshotController: { enabled: true } },
      enableRBAC: true
    }, { ...inside, dependsOn: grants })
    const pools = args.groups.filter((group) => group !== system).map((group) => new AgentPool(`${name}-${group.name}`, {
      resourceGroupName: args.resourceGroup,
      resourceName: cluster.name,
      agentPoolName: agentPoolName(group.name),
      ...agentPool(group, settings),
      mode: 'User'
    }, inside))
    const credentials = listManagedClusterUserCredentialsOutput({ resourceGroupName: args.resourceGroup, resourceName: cluster.name }, inside)
    this.clusterName = cluster.name
    this.clusterId = cluster.id
    this.endpoint = interpolate`https://${cluster.privateFQDN}`
    this.kubeconfig = secret(credentials.kubeconfigs.apply((kubeconfigs) => decoded(kubeconfigs[0]?.value, args.clusterName)))
    this.issuer = cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? '')
    this.poolNames = [cluster.name.apply(() => agentPoolName(system.name)), ...pools.map((pool) => pool.name.apply((poolName) => poolName ?? ''))]
    this.registerOutputs({ clusterName: this.clusterName, clusterId: this.clusterId, endpoint: this.endpoint, kubeconfig: this.kubeconfig, issuer: this.issuer, poolNames: this.poolNames })
  }
}

/** The vault's name in a key identifier: `https://{vault}.vault.azure.net/keys/{name}/{version}`. */
function vaultName (keyIdentifier: string): string {
  const found = /^https:\/\/([^./]+)\.vault\./.exec(keyIdentifier)?.[1]
  if (!found) throw new Error(`INFRASTRUCTURE_KEY: ${keyIdentifier} is not the identifier of a Key Vault key; deploy the cluster's prerequisites again`)
  return found
}

function decoded (value: string | undefined, clusterName: string): string {
  if (!value) throw new Error(`INFRASTRUCTURE_NO_KUBECONFIG: Azure gave no user credentials for ${clusterName}; try again`)
  return Buffer.from(value, 'base64').toString('utf8')
}
