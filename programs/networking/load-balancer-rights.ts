/**
 * Rights of the AWS Load Balancer Controller. They end at what carries its cluster's tag, or a name
 * that only it gives, in the cluster's region and account. Pure.
 */

/** The tag by which the controller knows what it made. */
const ownTag = 'elbv2.k8s.aws/cluster'

/** Actions by which the controller asks. None of them can be narrowed to resources. */
const questions = [
  'ec2:DescribeAccountAttributes',
  'ec2:DescribeAddresses',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeInstances',
  'ec2:DescribeInternetGateways',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeTags',
  'ec2:DescribeVpcs',
  'ec2:GetSecurityGroupsForVpc',
  'elasticloadbalancing:DescribeListenerAttributes',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancerAttributes',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeTags',
  'elasticloadbalancing:DescribeTargetGroupAttributes',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth'
]

/** The place in which a controller acts. */
export interface ControllerPlace {
  readonly region: string
  readonly accountId: string
  readonly clusterName: string
  readonly vpcId: string
  readonly nodeSecurityGroup: string
}

/**
 * The controller's rights: those of its own policy
 * (kubernetes-sigs/aws-load-balancer-controller/docs/install/iam_policy.json, 3.5) as far as
 * network load balancers of Services need them, without application load balancers, their
 * certificates and firewalls.
 */
export function controllerPolicy (place: ControllerPlace): object {
  return {
    Version: '2012-10-17',
    Statement: [
      allow('Ask', questions, '*', { StringEquals: { 'aws:RequestedRegion': place.region } }),
      allow(
        'FirstBalancer',
        ['iam:CreateServiceLinkedRole'],
        `arn:aws:iam::${place.accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`,
        { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } }
      ),
      ...securityGroupRights(place),
      ...balancerRights(place)
    ]
  }
}

function allow (Sid: string, Action: string[], Resource: string | string[], Condition?: object): object {
  return { Sid, Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) }
}

/** The condition that a resource is the controller's. */
const made = ({ clusterName }: ControllerPlace) => ({
  StringEquals: { [`aws:ResourceTag/${ownTag}`]: clusterName }
})
/** The condition that a resource becomes the controller's. */
const making = ({ clusterName }: ControllerPlace) => ({
  StringEquals: { [`aws:RequestTag/${ownTag}`]: clusterName }
})

function securityGroupRights (place: ControllerPlace): object[] {
  const arn = (resource: string): string => `arn:aws:ec2:${place.region}:${place.accountId}:${resource}`
  const groups = arn('security-group/*')
  const change = ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress']
  return [
    allow('MakeGroup', ['ec2:CreateSecurityGroup'], groups, making(place)),
    allow('MakeGroupHere', ['ec2:CreateSecurityGroup'], arn(`vpc/${place.vpcId}`)),
    allow('TagGroup', ['ec2:CreateTags'], groups, {
      StringEquals: {
        'ec2:CreateAction': 'CreateSecurityGroup',
        [`aws:RequestTag/${ownTag}`]: place.clusterName
      }
    }),
    allow(
      'ChangeGroup',
      [...change, 'ec2:DeleteSecurityGroup', 'ec2:CreateTags', 'ec2:DeleteTags'],
      groups,
      made(place)
    ),
    allow('LetIntoNodes', change, [
      arn(`security-group/${place.nodeSecurityGroup}`),
      arn('security-group-rule/*')
    ])
  ]
}

function balancerRights (place: ControllerPlace): object[] {
  const elb = 'elasticloadbalancing'
  const arn = (resource: string): string => `arn:aws:${elb}:${place.region}:${place.accountId}:${resource}`
  const actions = (...names: string[]): string[] => names.map((name) => `${elb}:${name}`)
  // The controller's names start with "k8s-".
  const [balancer, listener, targets] = [
    arn('loadbalancer/net/k8s-*/*'),
    arn('listener/net/k8s-*/*/*'),
    arn('targetgroup/k8s-*/*')
  ]
  const all = [balancer, targets, listener]
  return [
    allow(
      'MakeBalancer',
      actions('CreateLoadBalancer', 'CreateTargetGroup'),
      [balancer, targets],
      making(place)
    ),
    allow('TagNew', actions('AddTags'), all, making(place)),
    allow('Tag', actions('AddTags', 'RemoveTags'), all, made(place)),
    allow(
      'Listen',
      actions('CreateListener', 'DeleteListener', 'ModifyListener', 'ModifyListenerAttributes'),
      [balancer, listener],
      made(place)
    ),
    allow(
      'ChangeBalancer',
      actions(
        'ModifyLoadBalancerAttributes',
        'SetIpAddressType',
        'SetSecurityGroups',
        'SetSubnets',
        'DeleteLoadBalancer',
        'ModifyTargetGroup',
        'ModifyTargetGroupAttributes',
        'DeleteTargetGroup',
        'RegisterTargets',
        'DeregisterTargets'
      ),
      [balancer, targets],
      made(place)
    )
  ]
}
