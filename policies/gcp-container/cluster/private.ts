import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const gkePrivate = resourcePolicy({
  name: 'gcp-container-private',
  description: 'A GKE cluster has no public API endpoint and no public nodes.',
  level: 'mandatory',
  types: ['gcp:container/cluster:Cluster'],
  check: ({ props }) => {
    const findings: string[] = []
    // Newer clusters say it in controlPlaneEndpointsConfig, older ones in privateClusterConfig.
    const endpoint =
      at(props, 'controlPlaneEndpointsConfig.ipEndpointsConfig.enablePublicEndpoint') === false ||
      at(props, 'privateClusterConfig.enablePrivateEndpoint') === true
    if (!endpoint) findings.push('set privateClusterConfig.enablePrivateEndpoint to true')
    if (
      at(props, 'privateClusterConfig.enablePrivateNodes') !== true &&
      at(props, 'networkConfig.defaultEnablePrivateNodes') !== true
    ) findings.push('set privateClusterConfig.enablePrivateNodes to true')
    return findings
  }
})
