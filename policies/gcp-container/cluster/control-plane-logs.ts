import { resourcePolicy } from '../../policy.ts'
import { list } from '../../properties.ts'

export const gkeControlPlaneLogs = resourcePolicy({
  name: 'gcp-container-control-plane-logs',
  description: "A GKE cluster's control plane writes logs.",
  level: 'mandatory',
  types: ['gcp:container/cluster:Cluster'],
  check: ({ props }) => {
    const enabled = list(props, 'loggingConfig.enableComponents')
    const missing = ['SYSTEM_COMPONENTS', 'APISERVER'].filter((kind) => !enabled.includes(kind))
    return missing.length > 0 ? `add ${missing.join(', ')} to loggingConfig.enableComponents` : undefined
  }
})
