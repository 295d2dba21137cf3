import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const gkeHardenedNodes = resourcePolicy({
  name: 'gcp-container-hardened-nodes',
  description:
    'GKE nodes boot securely, hide their metadata from pods and do not run as the default account.',
  level: 'mandatory',
  types: ['gcp:container/nodePool:NodePool'],
  check: ({ props }) => [
    ...(at(props, 'nodeConfig.shieldedInstanceConfig.enableSecureBoot') === true
      ? []
      : ['set nodeConfig.shieldedInstanceConfig.enableSecureBoot to true']),
    ...(at(props, 'nodeConfig.workloadMetadataConfig.mode') === 'GKE_METADATA'
      ? []
      : ['set nodeConfig.workloadMetadataConfig.mode to GKE_METADATA']),
    ...(at(props, 'nodeConfig.metadata.disable-legacy-endpoints') === 'true'
      ? []
      : ['set nodeConfig.metadata.disable-legacy-endpoints to "true"']),
    ...(at(props, 'nodeConfig.serviceAccount') === undefined
      ? ['set nodeConfig.serviceAccount to an account of its own']
      : [])
  ]
})
