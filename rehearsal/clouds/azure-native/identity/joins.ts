/** Data table: actions on what inputs name, by type and path: "linked" actions of Azure. */
/*
 * Sources: Microsoft, "Manage Azure virtual networks: permissions" and "Plan virtual networks:
 * permissions" (join actions of each networking resource); "Use managed identities in AKS"
 * (assign/action); "Peer virtual networks: permissions". The keys of a workspace that diagnostic
 * settings send to: the refusal in github.com/JimGBritt/AzurePolicy/issues/17. A vault that a
 * resource of Compute names: github.com/Azure/azure-powershell/issues/2939 (Key Vault's own team on
 * why naming a vault needs deploy/action).
 */

const join = (resource: string): string => `Microsoft.Network/${resource}/join/action`
/** Actions that a type's changes are followed by until they are done, on the subscription. */
export const polls: Readonly<Record<string, string>> = {
  // Source: the built-in role "Azure Kubernetes Service Contributor Role", which has locations/*.
  'azure-native:containerservice:ManagedCluster': 'Microsoft.ContainerService/locations/operations/read',
  'azure-native:containerservice:AgentPool': 'Microsoft.ContainerService/locations/operations/read'
}

const subnet = join('virtualNetworks/subnets')
const identity = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'

export const joins: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'azure-native:network:Subnet': {
    'networkSecurityGroup.id': join('networkSecurityGroups'),
    'natGateway.id': join('natGateways')
  },
  'azure-native:network:NatGateway': { 'publicIpAddresses[].id': join('publicIPAddresses') },
  'azure-native:network:VirtualNetworkPeering': {
    'remoteVirtualNetwork.id': 'Microsoft.Network/virtualNetworks/peer/action'
  },
  'azure-native:network:VirtualNetworkGateway': {
    'ipConfigurations[].subnet.id': subnet,
    'ipConfigurations[].publicIPAddress.id': join('publicIPAddresses')
  },
  'azure-native:containerservice:ManagedCluster': {
    'agentPoolProfiles[].vnetSubnetID': subnet,
    'identity.userAssignedIdentities[]': identity,
    'identityProfile.kubeletidentity.resourceId': identity
  },
  'azure-native:containerservice:AgentPool': { vnetSubnetID: subnet },
  'azure-native:monitor:DiagnosticSetting': {
    workspaceId: 'Microsoft.OperationalInsights/workspaces/sharedKeys/action'
  },
  'azure-native:compute:DiskEncryptionSet': {
    'activeKey.sourceVault.id': 'Microsoft.KeyVault/vaults/deploy/action'
  }
}
