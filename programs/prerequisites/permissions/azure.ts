/**
 * Permissions of role based access control that deploying each type of Azure resource needs:
 * reading, writing and deleting it, and what it has to be joined to. Pure. Source: Microsoft,
 * "Azure permissions" (resource provider operations). Every type has `read`, `write` and `delete`
 * under its name in Azure Resource Manager.
 */
import { type PhaseName } from '../../../contract/words.ts'
import { type Link } from '../../types/connections.ts'

/**
 * One type: its name in Azure Resource Manager, `more` actions in full; `phases` that register it.
 */
export interface AzurePermission {
  readonly type: string
  readonly resource: string
  readonly more?: readonly string[]
  readonly phases: readonly PhaseName[]
  /** Asked for only in the cloud that serves the federation's names. */
  readonly dns?: true
  /** Asked for only where the federation has links of this kind. */
  readonly link?: Link['kind']
}

const infrastructure: readonly PhaseName[] = ['infrastructure']
const networking: readonly PhaseName[] = ['networking']
const identities: readonly PhaseName[] = ['infrastructure', 'monitoring', 'disaster-recovery']
const dns: readonly PhaseName[] = ['federation', 'disaster-recovery']
const network = (
  name: string,
  resource: string,
  phases: readonly PhaseName[],
  ...joins: string[]
): AzurePermission => ({
  type: `azure-native:network:${name}`,
  resource: `Microsoft.Network/${resource}`,
  phases,
  ...(joins.length > 0 && { more: joins.map((join) => `Microsoft.Network/${join}/action`) })
})

export const azurePermissions: readonly AzurePermission[] = [
  network('NetworkSecurityGroup', 'networkSecurityGroups', infrastructure, 'networkSecurityGroups/join'),
  network('SecurityRule', 'networkSecurityGroups/securityRules', networking),
  network('PublicIPAddress', 'publicIPAddresses', infrastructure, 'publicIPAddresses/join'),
  network('NatGateway', 'natGateways', infrastructure, 'natGateways/join'),
  network('VirtualNetwork', 'virtualNetworks', infrastructure),
  network('Subnet', 'virtualNetworks/subnets', infrastructure, 'virtualNetworks/subnets/join'),
  network(
    'VirtualNetworkPeering',
    'virtualNetworks/virtualNetworkPeerings',
    networking,
    'virtualNetworks/peer'
  ),
  network('VirtualNetworkGateway', 'virtualNetworkGateways', infrastructure, 'virtualNetworks/subnets/join'),
  network('LocalNetworkGateway', 'localNetworkGateways', networking),
  network('VirtualNetworkGatewayConnection', 'connections', networking),
  {
    ...network('ExpressRouteCircuit', 'expressRouteCircuits', networking, 'expressRouteCircuits/join'),
    link: 'interconnect'
  },
  {
    type: 'azure-native:compute:ProximityPlacementGroup',
    resource: 'Microsoft.Compute/proximityPlacementGroups',
    phases: infrastructure
  },
  {
    type: 'azure-native:compute:DiskEncryptionSet',
    resource: 'Microsoft.Compute/diskEncryptionSets',
    more: ['Microsoft.KeyVault/vaults/deploy/action'],
    phases: infrastructure
  },
  {
    type: 'azure-native:containerservice:ManagedCluster',
    resource: 'Microsoft.ContainerService/managedClusters',
    more: [
      'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
      'Microsoft.ContainerService/locations/operations/read'
    ],
    phases: infrastructure
  },
  {
    type: 'azure-native:containerservice:AgentPool',
    resource: 'Microsoft.ContainerService/managedClusters/agentPools',
    phases: infrastructure
  },
  {
    type: 'azure-native:managedidentity:UserAssignedIdentity',
    resource: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    more: ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'],
    phases: identities
  },
  {
    type: 'azure-native:managedidentity:FederatedIdentityCredential',
    resource: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
    phases: ['monitoring', 'disaster-recovery']
  },
  {
    type: 'azure-native:authorization:RoleAssignment',
    resource: 'Microsoft.Authorization/roleAssignments',
    phases: identities
  },
  {
    type: 'azure-native:monitor:DiagnosticSetting',
    resource: 'Microsoft.Insights/diagnosticSettings',
    // Logs go to a workspace by its key.
    more: ['Microsoft.OperationalInsights/workspaces/sharedKeys/action'],
    phases: infrastructure
  },
  {
    type: 'azure-native:dns:RecordSet',
    resource: 'Microsoft.Network/dnszones/A',
    more: [
      'Microsoft.Network/dnszones/read',
      ...['AAAA', 'CNAME', 'TXT'].flatMap((kind) =>
        ['read', 'write', 'delete'].map((verb) => `Microsoft.Network/dnszones/${kind}/${verb}`)
      )
    ],
    phases: dns,
    dns: true
  },
  {
    type: 'azure-native:trafficmanager:Profile',
    resource: 'Microsoft.Network/trafficManagerProfiles',
    phases: dns,
    dns: true
  }
]
