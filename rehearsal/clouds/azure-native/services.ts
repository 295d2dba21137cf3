/** Models of storage, monitoring and placement. */
import { type ResourceModel } from '../resource-model.ts'
import { numberAt, objectAt, stringAt } from '../wire-values.ts'

const storageType = 'azure-native:storage:StorageAccount'

export const services: Record<string, ResourceModel> = {
  [storageType]: {
    filledIn: ['sku.tier'],
    name: {
      property: 'accountName',
      auto: 'random',
      separator: '',
      max: 24,
      lower: true,
      pattern: /^[a-z0-9]{3,24}$/,
      rule: 'storage account names must be between 3 and 24 characters in length and use numbers and ' +
        'lower-case letters only'
    },
    unique: 'world',
    quota: [{ quota: 'azure:storage:accounts' }],
    immutable: ['isHnsEnabled', 'enableNfsV3', 'kind'],
    taken: (draft) => ({
      status: 409,
      code: 'StorageAccountAlreadyTaken',
      message: `The storage account named ${draft.name} is already taken.`
    }),
    outputs: (draft) => ({
      primaryEndpoints: Object.fromEntries(
        [['blob', 'blob'], ['dfs', 'dfs'], ['file', 'file'], ['queue', 'queue'], ['table', 'table'], [
          'web',
          `z${1 + draft.make.integer(40, 'web')}.web`
        ]].map(([key, host]) => [key, `https://${draft.name}.${host}.core.windows.net/`])
      ),
      primaryLocation: draft.region,
      statusOfPrimary: 'available',
      creationTime: draft.created,
      type: 'Microsoft.Storage/storageAccounts',
      accessTier: draft.inputs.accessTier ?? 'Hot',
      sku: {
        tier: stringAt(draft.inputs, 'sku.name')?.split('_')[0] ?? 'Standard',
        ...objectAt(draft.inputs, 'sku')
      }
    })
  },
  'azure-native:storage:BlobContainer': {
    name: {
      property: 'containerName',
      auto: 'copy',
      max: 63,
      lower: true,
      pattern: /^(\$root|\$web|[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9])$/,
      rule: 'container names are 3 to 63 lower-case letters, digits and single hyphens'
    },
    outputs: (draft) => ({
      publicAccess: draft.inputs.publicAccess ?? 'None',
      lastModifiedTime: draft.created,
      leaseState: 'Available',
      leaseStatus: 'Unlocked',
      type: 'Microsoft.Storage/storageAccounts/blobServices/containers'
    })
  },
  'azure-native:compute:ProximityPlacementGroup': {
    outputs: (draft) => ({
      proximityPlacementGroupType: draft.inputs.proximityPlacementGroupType ?? 'Standard',
      type: 'Microsoft.Compute/proximityPlacementGroups'
    })
  },
  'azure-native:operationalinsights:Workspace': {
    name: {
      property: 'workspaceName',
      auto: 'random',
      separator: '',
      max: 63,
      pattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
      rule: 'letters, digits and hyphens, 4 to 63 of them'
    },
    outputs: (draft) => ({
      customerId: draft.make.uuid('customer'),
      retentionInDays: numberAt(draft.inputs, 'retentionInDays', 30),
      createdDate: draft.created,
      modifiedDate: draft.created
    })
  }
}
