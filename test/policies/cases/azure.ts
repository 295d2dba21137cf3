/** Data table: cases of the policies about Azure. */
import { resourceOf, aks, agentPool, storage, type Cases } from '../case.ts'

export const azureCases: Cases = {
  'azure-containerservice-private': [{
    right: aks({ apiServerAccessProfile: { enablePrivateCluster: true } }),
    wrong: aks({ apiServerAccessProfile: {} }),
    says: 'enablePrivateCluster'
  }],
  'azure-containerservice-encrypted-secrets': [{
    right: aks({
      securityProfile: { azureKeyVaultKms: { enabled: true, keyId: 'https://v.vault.azure.net/keys/k/1' } }
    }),
    wrong: aks({ securityProfile: {} }),
    says: 'azureKeyVaultKms'
  }],
  'azure-containerservice-workload-identity': [{
    right: aks({
      securityProfile: { workloadIdentity: { enabled: true } },
      oidcIssuerProfile: { enabled: true }
    }),
    wrong: aks({ oidcIssuerProfile: { enabled: true } }),
    says: 'workloadIdentity'
  }],
  'azure-containerservice-private-nodes': [{
    right: agentPool({ enableNodePublicIP: false }),
    wrong: agentPool({ enableNodePublicIP: true }),
    says: 'enableNodePublicIP'
  }],
  'azure-containerservice-encrypted-disks': [
    {
      right: agentPool({ enableEncryptionAtHost: true }),
      wrong: agentPool({}),
      says: 'enableEncryptionAtHost'
    },
    {
      right: aks({ agentPoolProfiles: [{ enableEncryptionAtHost: true }] }),
      wrong: aks({ agentPoolProfiles: [{ enableEncryptionAtHost: true }, {}] }),
      says: 'agentPoolProfiles[1]'
    }
  ],
  'azure-storage-no-public-access': [
    {
      right: storage({ allowBlobPublicAccess: false, allowSharedKeyAccess: false }),
      wrong: storage({ allowSharedKeyAccess: false }),
      says: 'allowBlobPublicAccess'
    },
    {
      right: resourceOf('azure-native:storage:BlobContainer')({ publicAccess: 'None' }),
      wrong: resourceOf('azure-native:storage:BlobContainer')({ publicAccess: 'Blob' }),
      says: 'publicAccess'
    }
  ],
  'azure-storage-encrypted-with-own-key': [{
    right: storage({ encryption: { keySource: 'Microsoft.Keyvault' } }),
    wrong: storage({ encryption: { keySource: 'Microsoft.Storage' } }),
    says: 'keySource'
  }],
  'azure-storage-versioning': [{
    right: resourceOf('azure-native:storage:BlobServiceProperties')({
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true }
    }),
    wrong: resourceOf('azure-native:storage:BlobServiceProperties')({
      deleteRetentionPolicy: { enabled: true }
    }),
    says: 'isVersioningEnabled'
  }],
  'azure-keyvault-protected': [{
    right: resourceOf('azure-native:keyvault:Vault')({
      properties: { enablePurgeProtection: true, enableRbacAuthorization: true }
    }),
    wrong: resourceOf('azure-native:keyvault:Vault')({ properties: { enableRbacAuthorization: true } }),
    says: 'enablePurgeProtection'
  }],
  'azure-keyvault-rotation': [{
    right: resourceOf('azure-native:keyvault:Key')({
      properties: { rotationPolicy: { lifetimeActions: [{ action: { type: 'rotate' } }] } }
    }),
    wrong: resourceOf('azure-native:keyvault:Key')({ properties: {} }),
    says: 'lifetimeAction'
  }],
  'azure-network-no-open-ingress': [{
    right: resourceOf('azure-native:network:SecurityRule')({
      access: 'Allow',
      direction: 'Inbound',
      sourceAddressPrefix: 'Internet',
      destinationPortRange: '443'
    }),
    wrong: resourceOf('azure-native:network:SecurityRule')({
      access: 'Allow',
      direction: 'Inbound',
      sourceAddressPrefix: '*',
      destinationPortRanges: ['443', '22']
    }),
    says: 'whole internet'
  }],
  'azure-authorization-narrow-roles': [{
    right: resourceOf('azure-native:authorization:RoleAssignment')({
      roleDefinitionId: '/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c',
      scope: '/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/proximityPlacementGroups/p'
    }),
    wrong: resourceOf('azure-native:authorization:RoleAssignment')({
      roleDefinitionId: '/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
      scope: '/subscriptions/1'
    }),
    says: 'Owner'
  }],
  'azure-containerregistry-no-admin': [{
    right: resourceOf('azure-native:containerregistry:Registry')({ adminUserEnabled: false }),
    wrong: resourceOf('azure-native:containerregistry:Registry')({ adminUserEnabled: true }),
    says: 'adminUserEnabled'
  }]
}
