/** Data table: actions on what inputs name, by type and path: "linked" actions of Azure. */
/*
 * Sources: Microsoft, "Manage Azure virtual networks: permissions" and "Plan virtual networks:
 * permissions" (join actions of each networking resource); "Use managed identities in AKS"
 * (assign/action); "Peer virtual networks: permissions".
 */

const join = (resource: string): string => `Microsoft.Network/${resource}/join/action`
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
  'azure-native:containerservice:AgentPool': { vnetSubnetID: subnet }
}
