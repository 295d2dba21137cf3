import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const gkeWorkloadIdentity = resourcePolicy({
  name: 'gcp-container-workload-identity',
  description: 'Pods of a GKE cluster have identities of their own, on shielded nodes.',
  level: 'mandatory',
  types: ['gcp:container/cluster:Cluster'],
  check: ({ props }) => [
    ...(at(props, 'workloadIdentityConfig.workloadPool') === undefined
      ? ['set workloadIdentityConfig.workloadPool to {project}.svc.id.goog']
      : []),
    ...(props['enableShieldedNodes'] === false ? ['set enableShieldedNodes to true'] : [])
  ]
})
