import { edgePort, isAnywhere } from '../../network.ts'
import { resourcePolicy } from '../../policy.ts'
import { isObject, list, type Properties } from '../../properties.ts'

const say = (path: string): string =>
  `${path} lets the whole internet in: name the networks that may reach it (only ${edgePort} of an edge ` +
  'may be open)'
const onlyEdge = (from: unknown, to: unknown): boolean => from === edgePort && to === edgePort

function rule (props: Properties, path: string): string[] {
  const sources = [
    props['cidrIpv4'],
    props['cidrIpv6'],
    ...list(props, 'cidrBlocks'),
    ...list(props, 'ipv6CidrBlocks')
  ]
  return sources.some(isAnywhere) && !onlyEdge(props['fromPort'], props['toPort']) ? [say(path)] : []
}

export const awsNoOpenIngress = resourcePolicy({
  name: 'aws-vpc-no-open-ingress',
  description: 'Nothing but port 443 of an edge is open to the whole internet (AWS).',
  level: 'mandatory',
  types: [
    'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
    'aws:ec2/securityGroup:SecurityGroup',
    'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup',
    'aws:ec2/securityGroupRule:SecurityGroupRule'
  ],
  check: ({ type, props }) => {
    if (type.endsWith('SecurityGroupIngressRule')) return rule(props, 'the rule')
    if (type.endsWith('SecurityGroupRule')) {
      return props['type'] === 'ingress'
        ? rule(props, 'the rule')
        : undefined
    }
    return list(props, 'ingress').flatMap((entry, index) =>
      isObject(entry) ? rule(entry, `ingress[${index}]`) : []
    )
  }
})
