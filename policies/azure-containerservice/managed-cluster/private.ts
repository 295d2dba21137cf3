import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const aksPrivate = resourcePolicy({
  name: 'azure-containerservice-private',
  description: "An AKS cluster's API is reached from inside its network only.",
  level: 'mandatory',
  types: ['azure-native:containerservice:ManagedCluster'],
  check: ({ props }) => [
    ...(at(props, 'apiServerAccessProfile.enablePrivateCluster') === true
      ? []
      : ['set apiServerAccessProfile.enablePrivateCluster to true']),
    ...(at(props, 'apiServerAccessProfile.enablePrivateClusterPublicFQDN') === true
      ? ['set apiServerAccessProfile.enablePrivateClusterPublicFQDN to false']
      : []),
    ...(at(props, 'enableRBAC') === false ? ['set enableRBAC to true'] : [])
  ]
})
