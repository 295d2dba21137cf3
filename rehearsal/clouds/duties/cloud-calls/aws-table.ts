/** Data table: calls to AWS that workloads make once they run, each with the document it is from. */
import { type CloudRecord } from '../../../store.ts'
import { plain, stringAt, stringsAt } from '../../wire-values.ts'
import { type AwsCall } from './aws-trust.ts'
import { type Claim } from './refused-call.ts'

/** A cluster as its workloads' calls name it. */
export interface ClusterFacts {
  readonly cluster: string
  readonly account: string
  readonly region: string
  readonly vpc: string
  /** Security group of its nodes. */
  readonly nodes: string
}

export interface WorkloadRow extends Claim {
  /** Service account of the pods; what is not a pod is called so in reports. */
  readonly account: string
  /** Add-on of EKS that runs them. */
  readonly addon?: string
  /** Chart that runs them. */
  readonly chart?: string
  /**
   * Place of their service account in the chart's values.
   * @default 'serviceAccount'
   */
  readonly named?: string
  /** They are the control plane, or nodes. */
  readonly control?: true
  readonly node?: true
  readonly calls: (facts: ClusterFacts) => AwsCall[]
}

const everywhere = (actions: string): AwsCall[] =>
  actions.split(' ').map((action) => ({ action, resource: '*' }))

/** Calls of the controller for a balancer of a Service, from the policy that its project publishes. */
function balancerCalls ({ cluster, account, region, vpc, nodes }: ClusterFacts): AwsCall[] {
  const ec2 = (thing: string): string => `arn:aws:ec2:${region}:${account}:${thing}`
  const elb = (thing: string): string => `arn:aws:elasticloadbalancing:${region}:${account}:${thing}`
  const requested = { 'aws:RequestTag/elbv2.k8s.aws/cluster': cluster }
  const owned = { 'aws:ResourceTag/elbv2.k8s.aws/cluster': cluster }
  const balancer = elb('loadbalancer/net/k8s-service-0123456789/0123456789abcdef')
  const targets = elb('targetgroup/k8s-service-0123456789/0123456789abcdef')
  const group = ec2('security-group/sg-00000000000000000')
  return [
    ...['ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups', 'elasticloadbalancing:DescribeLoadBalancers']
      .map(
        (action) => ({ action, resource: '*', keys: { 'aws:RequestedRegion': region } })
      ),
    {
      action: 'iam:CreateServiceLinkedRole',
      resource: `arn:aws:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/` +
        'AWSServiceRoleForElasticLoadBalancing',
      keys: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' }
    },
    { action: 'ec2:CreateSecurityGroup', resource: group, keys: requested },
    { action: 'ec2:CreateSecurityGroup', resource: ec2(`vpc/${vpc}`) },
    {
      action: 'ec2:CreateTags',
      resource: group,
      keys: { ...requested, 'ec2:CreateAction': 'CreateSecurityGroup' }
    },
    { action: 'ec2:AuthorizeSecurityGroupIngress', resource: group, keys: owned },
    { action: 'ec2:DeleteSecurityGroup', resource: group, keys: owned },
    { action: 'ec2:AuthorizeSecurityGroupIngress', resource: ec2(`security-group/${nodes}`) },
    { action: 'elasticloadbalancing:CreateLoadBalancer', resource: balancer, keys: requested },
    { action: 'elasticloadbalancing:CreateTargetGroup', resource: targets, keys: requested },
    { action: 'elasticloadbalancing:AddTags', resource: balancer, keys: requested },
    { action: 'elasticloadbalancing:AddTags', resource: balancer, keys: owned },
    { action: 'elasticloadbalancing:RemoveTags', resource: targets, keys: owned },
    { action: 'elasticloadbalancing:CreateListener', resource: balancer, keys: owned },
    { action: 'elasticloadbalancing:RegisterTargets', resource: targets, keys: owned },
    { action: 'elasticloadbalancing:DeleteLoadBalancer', resource: balancer, keys: owned }
  ]
}

/** Calls of whoever keeps objects in a bucket; none where nobody knows the bucket. */
export function bucketCalls (name: string | undefined, records: readonly CloudRecord[]): AwsCall[] {
  if (name === undefined || !bucketsOf(records).includes(name)) return []
  const bucket = `arn:aws:s3:::${name}`
  return [
    { action: 's3:ListBucket', resource: bucket },
    ...['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'].map(
      (call) => ({ action: `s3:${call}`, resource: `${bucket}/object` })
    ),
    ...keysOf(name, records).flatMap((resource) =>
      ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) => ({ action, resource }))
    )
  ]
}

/** Names of the buckets that are there. */
export function bucketsOf (records: readonly CloudRecord[]): string[] {
  return records.filter(({ type }) => type === 'aws:s3/bucket:Bucket').map(({ inputs }) =>
    stringAt(plain(inputs), 'bucket') ?? ''
  )
}

/** Keys that a bucket encrypts with. */
export function keysOf (bucket: string, records: readonly CloudRecord[]): string[] {
  return records.filter(({ type, inputs }) =>
    type === 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration' &&
    stringAt(plain(inputs), 'bucket') === bucket
  ).flatMap(({ inputs }) =>
    stringsAt(plain(inputs), 'rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId')
  )
}

export const workloads: readonly WorkloadRow[] = [
  {
    claim: 'the VPC CNI gives pods addresses of network interfaces that it makes',
    source: 'https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md',
    addon: 'vpc-cni',
    account: 'aws-node',
    calls: ({ account, region }) => [
      ...everywhere('ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface ec2:DescribeInstances'),
      { action: 'ec2:CreateTags', resource: `arn:aws:ec2:${region}:${account}:network-interface/*` }
    ]
  },
  {
    claim: 'the EBS driver makes volumes and attaches them to nodes',
    source: 'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/example-iam-policy.json',
    addon: 'aws-ebs-csi-driver',
    account: 'ebs-csi-controller-sa',
    calls: ({ account, region }) => [
      ...everywhere('ec2:AttachVolume ec2:DescribeVolumes'),
      {
        action: 'ec2:CreateVolume',
        resource: `arn:aws:ec2:${region}:${account}:volume/*`,
        keys: { 'aws:RequestTag/ebs.csi.aws.com/cluster': 'true' }
      }
    ]
  },
  {
    claim: 'the autoscaler finds node groups by their tags and sets their size',
    source:
      'https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md',
    chart: 'cluster-autoscaler',
    named: 'rbac.serviceAccount',
    account: 'cluster-autoscaler',
    calls: ({ cluster, account, region }) => [
      ...everywhere(
        'autoscaling:DescribeAutoScalingGroups autoscaling:DescribeTags ec2:DescribeInstanceTypes'
      ),
      {
        action: 'eks:DescribeNodegroup',
        resource: `arn:aws:eks:${region}:${account}:nodegroup/${cluster}/pool/00000000`
      },
      ...['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'].map((
        action
      ) => ({
        action,
        resource: `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:0:autoScalingGroupName/pool`,
        keys: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: 'owned' }
      }))
    ]
  },
  {
    claim: 'the controller makes a balancer with its group, listeners and targets for a Service',
    source:
      'https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json',
    chart: 'aws-load-balancer-controller',
    account: 'aws-load-balancer-controller',
    calls: balancerCalls
  },
  {
    claim: 'the control plane looks for the instances of its nodes',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html',
    control: true,
    account: 'control plane',
    calls: () => everywhere('ec2:DescribeInstances kms:DescribeKey')
  },
  {
    claim: 'nodes read their cluster, get credentials for pods and pull images from ECR',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html',
    node: true,
    account: 'nodes',
    calls: () =>
      everywhere(
        'eks:DescribeCluster eks-auth:AssumeRoleForPodIdentity ecr:GetAuthorizationToken ecr:BatchGetImage ' +
          'ecr:GetDownloadUrlForLayer'
      )
  }
]
