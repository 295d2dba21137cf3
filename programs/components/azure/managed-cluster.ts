/**
 * The AKS cluster itself: private, Azure CNI overlay with Cilium, callers known by Entra ID alone,
 * secrets encrypted with the cluster's own key, Defender and Azure Policy.
 */
import { ManagedCluster } from '@pulumi/azure-native/containerservice/index.js'
import { all, type ComponentResource, type Input, type Output } from '@pulumi/pulumi'
import { type AgentPoolProfile } from './agent-pool.ts'
import { type Identities } from './cluster-identities.ts'

export interface ManagedClusterSettings {
  readonly clusterName: string
  readonly tenantId: string
  readonly location: string
  readonly resourceGroup: Input<string>
  readonly version: string
  /** Resource id of the virtual network. */
  readonly networkId: Input<string>
  readonly podCidr: string
  readonly serviceCidr: string
  readonly dnsServiceIp: string
  /** Identifier of the key, with its version. */
  readonly kmsKey: Output<string>
  /** Resource id of the disk encryption set. */
  readonly diskEncryptionSet: Input<string>
  /** Resource id of the workspace for its logs and Defender's findings. */
  readonly auditWorkspace: Input<string>
  /** Operators' ranges of the internet: where there are some, the API server is there too. */
  readonly operators: readonly string[]
  /** Addresses by which nodes and pods go out, and so call an API server on the internet. */
  readonly waysOut: Output<string>[]
  readonly tags: Record<string, string>
}

/** Registers the cluster with the pool of its system pods as a child of `parent`. */
export function managedCluster (
  parent: ComponentResource,
  name: string,
  settings: ManagedClusterSettings,
  { controlPlane, kubelet, grants }: Identities,
  systemPool: AgentPoolProfile & { readonly name: string, readonly mode: string }
): ManagedCluster {
  return new ManagedCluster(name, {
    resourceGroupName: settings.resourceGroup,
    location: settings.location,
    tags: settings.tags,
    resourceName: settings.clusterName,
    kubernetesVersion: settings.version,
    dnsPrefix: settings.clusterName,
    nodeResourceGroup: `${settings.clusterName}-nodes`,
    sku: { name: 'Base', tier: 'Standard' },
    identity: { type: 'UserAssigned', userAssignedIdentities: [controlPlane.id] },
    identityProfile: {
      kubeletidentity: { resourceId: kubelet.id, clientId: kubelet.clientId, objectId: kubelet.principalId }
    },
    apiServerAccessProfile: accessOf(settings),
    agentPoolProfiles: [systemPool],
    networkProfile: networkOf(settings),
    // No certificate of the cluster's own lets anybody in: Entra ID knows the callers, and Azure's
    // roles say what they may do.
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: settings.tenantId },
    disableLocalAccounts: true,
    diskEncryptionSetID: settings.diskEncryptionSet,
    addonProfiles: { azurepolicy: { enabled: true } },
    oidcIssuerProfile: { enabled: true },
    securityProfile: securityOf(settings),
    autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' },
    autoScalerProfile: { balanceSimilarNodeGroups: 'true', expander: 'least-waste' },
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: true },
      snapshotController: { enabled: true }
    },
    enableRBAC: true
  }, {
    parent,
    dependsOn: grants,
    // How many nodes run is the autoscaler's decision once the pool exists.
    ignoreChanges: ['agentPoolProfiles[0].count'],
    // A cluster cannot move to another network, and its name is taken until it is gone.
    replacementTrigger: settings.networkId,
    deleteBeforeReplace: true
  })
}

/**
 * The API server in the network alone; or on the internet for operators there, and for the
 * cluster's own NAT. Source: Microsoft, "Secure access to the API server using authorized IP
 * address ranges in AKS".
 */
function accessOf ({ operators, waysOut }: ManagedClusterSettings) {
  return operators.length > 0
    ? {
      enablePrivateCluster: false,
      authorizedIPRanges: all(waysOut).apply((addresses) => [
        ...operators,
        ...addresses.map((address) => `${address}/32`)
      ]),
      disableRunCommand: true
    }
    : {
      enablePrivateCluster: true,
      enablePrivateClusterPublicFQDN: false,
      privateDNSZone: 'system',
      disableRunCommand: true
    }
}

function networkOf ({ podCidr, serviceCidr, dnsServiceIp }: ManagedClusterSettings) {
  return {
    networkPlugin: 'azure',
    networkPluginMode: 'overlay',
    networkDataplane: 'cilium',
    networkPolicy: 'cilium',
    podCidr,
    serviceCidr,
    dnsServiceIP: dnsServiceIp,
    loadBalancerSku: 'standard',
    outboundType: 'userAssignedNATGateway'
  }
}

function securityOf ({ auditWorkspace, kmsKey }: ManagedClusterSettings) {
  return {
    defender: {
      logAnalyticsWorkspaceResourceId: auditWorkspace,
      securityMonitoring: { enabled: true }
    },
    workloadIdentity: { enabled: true },
    azureKeyVaultKms: { enabled: true, keyId: kmsKey, keyVaultNetworkAccess: 'Public' },
    imageCleaner: { enabled: true, intervalHours: 168 }
  }
}
