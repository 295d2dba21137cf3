import { resourcePolicy } from '../../policy.ts'
import { list } from '../../properties.ts'

/** Logs that an investigation needs: who asked for what, and how they proved who they were. */
const needed = ['api', 'audit', 'authenticator']

export const eksControlPlaneLogs = resourcePolicy({
  name: 'aws-eks-control-plane-logs',
  description: "An EKS cluster's control plane logs what is done and by whom.",
  level: 'mandatory',
  types: ['aws:eks/cluster:Cluster'],
  check: ({ props }) => {
    const enabled = list(props, 'enabledClusterLogTypes')
    const missing = needed.filter((kind) => !enabled.includes(kind))
    return missing.length > 0 ? `add ${missing.join(', ')} to enabledClusterLogTypes` : undefined
  }
})
