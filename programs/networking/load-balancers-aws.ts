/**
 * The AWS Load Balancer Controller: makes the network load balancers of Services, which EKS'
 * built-in controller gives no security groups and no way straight to pods. Its rights end at what
 * carries its cluster's tag, or a name that only it gives, in the cluster's region and account.
 */
import * as aws from '@pulumi/aws'
import type * as kubernetes from '@pulumi/kubernetes'
import { all, type Output, type Resource } from '@pulumi/pulumi'
import { upstream } from '../components/upstream.ts'
import { charts } from '../kubernetes/charts.ts'
import { helmRelease } from '../kubernetes/release.ts'
import { type ClusterInfrastructure } from '../outputs.ts'
import { type Cluster, type UnitContext } from '../types.ts'

const namespace = 'kube-system'
const account = 'aws-load-balancer-controller'
/** The tag by which the controller knows what it made. */
const ownTag = 'elbv2.k8s.aws/cluster'

/** What the controller asks about. None of these actions can be narrowed to resources. */
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

/** Where a controller acts. */
export interface ControllerPlace {
  readonly region: string
  readonly accountId: string
  readonly clusterName: string
  readonly vpcId: string
  readonly nodeSecurityGroup: string
}

/**
 * The controller's rights: those of its own policy (docs/install/iam_policy.json of
 * kubernetes-sigs/aws-load-balancer-controller, 3.5) as far as network load balancers of Services
 * need them, without application load balancers, their certificates and firewalls. Pure.
 */
export function controllerPolicy (
  { region, accountId, clusterName, vpcId, nodeSecurityGroup }: ControllerPlace
): object {
  const ec2 = (resource: string): string => `arn:aws:ec2:${region}:${accountId}:${resource}`
  const elb = (resource: string): string => `arn:aws:elasticloadbalancing:${region}:${accountId}:${resource}`
  const groups = ec2('security-group/*')
  // The controller's names start with "k8s-".
  const [balancer, listener, targets] = [
    elb('loadbalancer/net/k8s-*/*'),
    elb('listener/net/k8s-*/*/*'),
    elb('targetgroup/k8s-*/*')
  ]
  const made = { StringEquals: { [`aws:ResourceTag/${ownTag}`]: clusterName } }
  const making = { StringEquals: { [`aws:RequestTag/${ownTag}`]: clusterName } }
  const allow = (Sid: string, Action: string[], Resource: string | string[], Condition?: object): object => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
    ...(Condition ? { Condition } : {})
  })
  return {
    Version: '2012-10-17',
    Statement: [
      allow('Ask', questions, '*', { StringEquals: { 'aws:RequestedRegion': region } }),
      allow(
        'FirstBalancer',
        ['iam:CreateServiceLinkedRole'],
        `arn:aws:iam::${accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`,
        { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } }
      ),
      allow('MakeGroup', ['ec2:CreateSecurityGroup'], groups, making),
      allow('MakeGroupHere', ['ec2:CreateSecurityGroup'], ec2(`vpc/${vpcId}`)),
      allow('TagGroup', ['ec2:CreateTags'], groups, {
        StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', [`aws:RequestTag/${ownTag}`]: clusterName }
      }),
      allow(
        'ChangeGroup',
        [
          'ec2:AuthorizeSecurityGroupIngress',
          'ec2:RevokeSecurityGroupIngress',
          'ec2:DeleteSecurityGroup',
          'ec2:CreateTags',
          'ec2:DeleteTags'
        ],
        groups,
        made
      ),
      allow('LetIntoNodes', ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'], [
        ec2(`security-group/${nodeSecurityGroup}`),
        ec2('security-group-rule/*')
      ]),
      allow(
        'MakeBalancer',
        ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'],
        [balancer, targets],
        making
      ),
      allow('TagNew', ['elasticloadbalancing:AddTags'], [balancer, targets, listener], making),
      allow('Tag', ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'], [
        balancer,
        targets,
        listener
      ], made),
      allow(
        'Listen',
        [
          'elasticloadbalancing:CreateListener',
          'elasticloadbalancing:DeleteListener',
          'elasticloadbalancing:ModifyListener',
          'elasticloadbalancing:ModifyListenerAttributes'
        ],
        [balancer, listener],
        made
      ),
      allow(
        'ChangeBalancer',
        [
          'elasticloadbalancing:ModifyLoadBalancerAttributes',
          'elasticloadbalancing:SetIpAddressType',
          'elasticloadbalancing:SetSecurityGroups',
          'elasticloadbalancing:SetSubnets',
          'elasticloadbalancing:DeleteLoadBalancer',
          'elasticloadbalancing:ModifyTargetGroup',
          'elasticloadbalancing:ModifyTargetGroupAttributes',
          'elasticloadbalancing:DeleteTargetGroup',
          'elasticloadbalancing:RegisterTargets',
          'elasticloadbalancing:DeregisterTargets'
        ],
        [balancer, targets],
        made
      )
    ]
  }
}

/** Installs the controller with an identity of its own. */
export function loadBalancerController (
  context: UnitContext,
  cluster: Cluster,
  inside: { readonly provider: aws.Provider },
  provider: kubernetes.Provider
): Resource {
  const infrastructure = upstream<ClusterInfrastructure>(context, 'infrastructure', cluster.name)
  const [clusterName, vpcId] = [infrastructure('clusterName'), infrastructure('networkId')]
  const role = new aws.iam.Role('load-balancers', {
    description: `${context.federation.name}: load balancers of ${cluster.name}`,
    assumeRolePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession']
      }]
    })
  }, inside)
  const policy: Output<string> = all([clusterName, vpcId, infrastructure('nodeSecurityGroup')]).apply((
    [name, vpc, group]
  ) =>
    JSON.stringify(controllerPolicy({
      region: cluster.region,
      accountId: context.federation.accounts.aws.accountId,
      clusterName: name,
      vpcId: vpc,
      nodeSecurityGroup: group
    }))
  )
  const rights = new aws.iam.RolePolicy('load-balancers', { role: role.name, policy }, inside)
  const identity = new aws.eks.PodIdentityAssociation('load-balancers', {
    clusterName,
    namespace,
    serviceAccount: account,
    roleArn: role.arn
  }, {
    ...inside,
    // It went with the cluster when that was made anew under its name: the issuer tells the two
    // apart.
    replacementTrigger: infrastructure('oidcIssuer'),
    deleteBeforeReplace: true
  })
  return helmRelease(account, {
    chart: charts.loadBalancerController,
    namespace,
    values: {
      clusterName,
      // Given here, since pods cannot ask their node's metadata service.
      region: cluster.region,
      vpcId,
      serviceAccount: { create: true, name: account },
      // Services name their controller themselves: without this one, making any other must still
      // work.
      enableServiceMutatorWebhook: false,
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } }
    }
  }, { provider, dependsOn: [rights, identity] })
}
