import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const gkeEncryptedDisks = resourcePolicy({
  name: 'gcp-container-encrypted-disks',
  description: "GKE nodes' disks are encrypted with the cluster's own key.",
  level: 'mandatory',
  types: ['gcp:container/nodePool:NodePool'],
  check: ({ props }) =>
    at(props, 'nodeConfig.bootDiskKmsKey') === undefined ? 'set nodeConfig.bootDiskKmsKey' : undefined
})
