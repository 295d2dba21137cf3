import { stackPolicy } from '../../policy.ts'
import { text } from '../../properties.ts'

export const vpcFlowLogs = stackPolicy({
  name: 'aws-ec2-flow-logs',
  description: 'Every VPC has a flow log of all its traffic.',
  level: 'mandatory',
  check: (resources) => {
    const logged = resources.filter(({ type, props }) =>
      type === 'aws:ec2/flowLog:FlowLog' && text(props, 'trafficType') === 'ALL'
    ).map(({ props }) => text(props, 'vpcId') ?? '')
    return resources.filter(({ type, props }) =>
      type === 'aws:ec2/vpc:Vpc' && !logged.some((id) => text(props, 'arn')?.endsWith(`/${id}`))
    )
      .map(({ urn, name }) => ({
        urn,
        message: `add an aws.ec2.FlowLog with trafficType ALL for the VPC ${name}`
      }))
  }
})
