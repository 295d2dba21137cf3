/**
 * A private AKS cluster: Azure CNI overlay with Cilium, workload identity, callers known by Entra
 * ID alone, secrets and disks encrypted with the cluster's own key, audit logs, Defender and Azure
 * Policy, agent pools in their zones.
 */
import { getClientConfigOutput, RoleAssignment } from '@pulumi/azure-native/authorization/index.js'
import { ProximityPlacementGroup } from '@pulumi/azure-native/compute/index.js'
import {
  AgentPool,
  listManagedClusterUserCredentialsOutput,
  ManagedCluster
} from '@pulumi/azure-native/containerservice/index.js'
import { UserAssignedIdentity } from '@pulumi/azure-native/managedidentity/index.js'
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  interpolate,
  type Input,
  type Output,
  type Resource,
  secret
} from '@pulumi/pulumi'
import { type NodeTuning, type Tuning } from '../../types.ts'
import { kernelTuning } from '../kernel-tuning.ts'
import { certificateAuthorityIn, execKubeconfig } from '../kubeconfig.ts'
import { kubeletTuning } from '../kubelet-tuning.ts'
import { type NodeGroupPlan } from '../node-group-plan.ts'
import { agentPool, agentPoolName, systemGroup } from './agent-pool.ts'
import { auditCategories, auditLogs } from './audit.ts'
import { azureRole } from './roles.ts'

export interface KubernetesClusterArgs {
  readonly clusterName: string
  readonly subscriptionId: string
  readonly tenantId: string
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
  /** Resource id of the key's vault. */
  readonly vaultId: Output<string>
  /** Resource id of the disk encryption set. */
  readonly diskEncryptionSet: Input<string>
  /** Resource id of the workspace for its logs and Defender's findings. */
  readonly auditWorkspace: Input<string>
  readonly tags: Record<string, string>
}

/**
 * The application that AKS' API servers are to Entra ID, in every tenant. Source: Microsoft, "Use
 * kubelogin with AKS".
 */
const apiServerApplication = '6dae42f8-4368-4678-94ff-3960e28e3630'

/** Outputs of the cluster and its agent pools. `pools` are what needs to exist before pods run. */
export class KubernetesCluster extends ComponentResource {
  readonly clusterName: Output<string>
  readonly clusterId: Output<string>
  readonly endpoint: Output<string>
  readonly kubeconfig: Output<string>
  readonly issuer: Output<string>
  readonly poolNames: Output<string>[]
  readonly pools: Resource[]

  constructor (name: string, args: KubernetesClusterArgs, options?: ComponentResourceOptions) {
    super('windlass:azure:KubernetesCluster', name, {}, options)
    const inside = { parent: this }
    const placed = { resourceGroupName: args.resourceGroup, location: args.location, tags: args.tags }
    const groupId = interpolate`/subscriptions/${args.subscriptionId}/resourceGroups/${args.resourceGroup}`
    const controlPlane = new UserAssignedIdentity(`${name}-control-plane`, {
      ...placed,
      resourceName: `${name}-control-plane`
    }, inside)
    const kubelet = new UserAssignedIdentity(`${name}-kubelet`, {
      ...placed,
      resourceName: `${name}-kubelet`
    }, inside)
    const assign = (
      title: string,
      identity: UserAssignedIdentity,
      role: Parameters<typeof azureRole>[1],
      scope: Input<string>
    ): RoleAssignment =>
      new RoleAssignment(`${name}-${title}`, {
        scope,
        principalId: identity.principalId,
        principalType: 'ServicePrincipal',
        roleDefinitionId: azureRole(args.subscriptionId, role)
      }, inside)
    const placements = new Map(
      args.groups.filter((group) => group.placement).map((group) =>
        [
          group.name,
          new ProximityPlacementGroup(`${name}-${group.name}`, {
            ...placed,
            proximityPlacementGroupName: `${name}-${group.name}`,
            proximityPlacementGroupType: 'Standard',
            intent: { vmSizes: [group.pool.instanceType] }
          }, inside)
        ] as const
      )
    )
    const grants = [
      assign('network', controlPlane, 'Network Contributor', args.networkId),
      assign('kubelet-operator', controlPlane, 'Managed Identity Operator', kubelet.id),
      assign('key', controlPlane, 'Key Vault Crypto User', args.vaultId),
      assign('disks', controlPlane, 'Reader', args.diskEncryptionSet),
      assign('images', kubelet, 'AcrPull', groupId),
      ...[...placements].map(([group, placement]) =>
        assign(`placement-${group}`, controlPlane, 'Contributor', placement.id)
      )
    ]
    const system = systemGroup(args.groups)
    const settings = {
      version: args.version,
      kubelet: kubeletTuning(args.tuning, args.nodeTuning),
      kernel: kernelTuning(args.tuning, args.nodeTuning),
      subnets: args.subnets,
      placements,
      tags: args.tags
    }
    const cluster = new ManagedCluster(name, {
      ...placed,
      resourceName: args.clusterName,
      kubernetesVersion: args.version,
      dnsPrefix: args.clusterName,
      nodeResourceGroup: `${args.clusterName}-nodes`,
      sku: { name: 'Base', tier: 'Standard' },
      identity: { type: 'UserAssigned', userAssignedIdentities: [controlPlane.id] },
      identityProfile: {
        kubeletidentity: { resourceId: kubelet.id, clientId: kubelet.clientId, objectId: kubelet.principalId }
      },
      apiServerAccessProfile: {
        enablePrivateCluster: true,
        enablePrivateClusterPublicFQDN: false,
        privateDNSZone: 'system',
        disableRunCommand: true
      },
      agentPoolProfiles: [{
        ...agentPool(system, settings),
        name: agentPoolName(system.name),
        mode: 'System'
      }],
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
      // No certificate of the cluster's own lets anybody in: callers are Entra ID's, and Azure's
      // roles say what they may do.
      aadProfile: { managed: true, enableAzureRBAC: true, tenantID: args.tenantId },
      disableLocalAccounts: true,
      diskEncryptionSetID: args.diskEncryptionSet,
      addonProfiles: { azurepolicy: { enabled: true } },
      oidcIssuerProfile: { enabled: true },
      securityProfile: {
        defender: {
          logAnalyticsWorkspaceResourceId: args.auditWorkspace,
          securityMonitoring: { enabled: true }
        },
        workloadIdentity: { enabled: true },
        azureKeyVaultKms: { enabled: true, keyId: args.kmsKey, keyVaultNetworkAccess: 'Public' },
        imageCleaner: { enabled: true, intervalHours: 168 }
      },
      autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' },
      autoScalerProfile: { balanceSimilarNodeGroups: 'true', expander: 'least-waste' },
      storageProfile: {
        diskCSIDriver: { enabled: true },
        fileCSIDriver: { enabled: true },
        snapshotController: { enabled: true }
      },
      enableRBAC: true
      // How many nodes run is the autoscaler's decision once the pool exists.
      // A cluster can't move to another network, and its name is taken until it is gone.
    }, {
      ...inside,
      dependsOn: grants,
      ignoreChanges: ['agentPoolProfiles[0].count'],
      replacementTrigger: args.networkId,
      deleteBeforeReplace: true
    })
    auditLogs(`${name}-audit`, cluster.id, args.auditWorkspace, auditCategories.cluster, inside)
    const pools = args.groups.filter((group) => group !== system).map((group) =>
      new AgentPool(`${name}-${group.name}`, {
        resourceGroupName: args.resourceGroup,
        resourceName: cluster.name,
        agentPoolName: agentPoolName(group.name),
        ...agentPool(group, settings),
        mode: 'User'
      }, { ...inside, ignoreChanges: ['count'] })
    )
    // Whoever makes the cluster deploys into it. Another caller does not take that from it: it gets
    // a role of its own.
    const deployer = new RoleAssignment(`${name}-deployer`, {
      scope: cluster.id,
      principalId: getClientConfigOutput(inside).objectId,
      roleDefinitionId: azureRole(args.subscriptionId, 'Azure Kubernetes Service RBAC Cluster Admin')
    }, { ...inside, ignoreChanges: ['principalId'] })
    const credentials = listManagedClusterUserCredentialsOutput({
      resourceGroupName: args.resourceGroup,
      resourceName: cluster.name
    }, inside)
    this.clusterName = cluster.name
    this.clusterId = cluster.id
    this.endpoint = interpolate`https://${cluster.privateFQDN}`
    // Azure's kubeconfig asks a person to log in. Ours leaves the way to kubelogin's environment
    // (AAD_LOGIN_METHOD: azurecli, workloadidentity, msi, spn).
    this.kubeconfig = secret(
      all([this.endpoint, credentials.kubeconfigs]).apply(([endpoint, kubeconfigs]) =>
        execKubeconfig(
          args.clusterName,
          `${endpoint}:443`,
          authorityOf(kubeconfigs[0]?.value, args.clusterName),
          {
            command: 'kubelogin',
            args: [
              'get-token',
              '--environment',
              'AzurePublicCloud',
              '--server-id',
              apiServerApplication,
              '--tenant-id',
              args.tenantId
            ]
          }
        )
      )
    )
    this.pools = [cluster, ...pools, deployer]
    this.issuer = cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? '')
    this.poolNames = [
      cluster.name.apply(() => agentPoolName(system.name)),
      ...pools.map((pool) => pool.name.apply((poolName) => poolName ?? ''))
    ]
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterId: this.clusterId,
      endpoint: this.endpoint,
      kubeconfig: this.kubeconfig,
      issuer: this.issuer,
      poolNames: this.poolNames
    })
  }
}

/** The certificate authority in the kubeconfig that Azure gives, which is base64. */
function authorityOf (value: string | undefined, clusterName: string): string {
  const authority = value && certificateAuthorityIn(Buffer.from(value, 'base64').toString('utf8'))
  if (!authority) {
    throw new Error(
      `INFRASTRUCTURE_NO_KUBECONFIG: Azure gave no user credentials for ${clusterName}; try again`
    )
  }
  return authority
}
