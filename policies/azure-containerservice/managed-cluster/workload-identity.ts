import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const aksWorkloadIdentity = resourcePolicy({
  name: 'azure-containerservice-workload-identity',
  description: 'Pods of an AKS cluster have identities of their own.',
  level: 'mandatory',
  types: ['azure-native:containerservice:ManagedCluster'],
  check: ({ props }) => [
    ...(at(props, 'securityProfile.workloadIdentity.enabled') === true
      ? []
      : ['set securityProfile.workloadIdentity.enabled to true']),
    ...(at(props, 'oidcIssuerProfile.enabled') === true ? [] : ['set oidcIssuerProfile.enabled to true'])
  ]
})
