import { resourcePolicy } from '../../policy.ts'
import { at } from '../../properties.ts'

export const eksPrivateEndpoint = resourcePolicy({
  name: 'aws-eks-private-endpoint',
  description: "An EKS cluster's API is reached from inside its network only.",
  level: 'mandatory',
  types: ['aws:eks/cluster:Cluster'],
  check: ({ props }) => {
    const findings: string[] = []
    // EKS opens the public endpoint unless it is told not to.
    if (at(props, 'vpcConfig.endpointPublicAccess') !== false) {
      findings.push('set vpcConfig.endpointPublicAccess to false')
    }
    if (at(props, 'vpcConfig.endpointPrivateAccess') !== true) {
      findings.push('set vpcConfig.endpointPrivateAccess to true')
    }
    return findings
  }
})
