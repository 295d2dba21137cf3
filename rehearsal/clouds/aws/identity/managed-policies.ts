/** Data table: policies of AWS' own that programs attach, with the actions that roles need of them. */
/*
 * Source: AWS Managed Policy Reference, a page a policy. A row has the statements as far as a model
 * asks for their actions; a policy without a row is not known.
 */

const allow = (actions: string, resource: string, condition?: object): object => ({
  Effect: 'Allow',
  Action: actions.split(' '),
  Resource: resource,
  ...(condition && { Condition: condition })
})

const statements: Readonly<Record<string, readonly object[]>> = {
  // Everything is allowed.
  AdministratorAccess: [allow('*', '*')],
  AmazonEKSClusterPolicy: [
    allow(
      'ec2:DescribeInstances ec2:DescribeInstanceTopology ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ' +
        'ec2:DescribeVpcs kms:DescribeKey',
      '*'
    )
  ],
  AmazonEKSWorkerNodePolicy: [
    allow(
      'ec2:DescribeInstances ec2:DescribeInstanceTypes ec2:DescribeRouteTables ec2:DescribeSecurityGroups ' +
        'ec2:DescribeSubnets ec2:DescribeVolumes ec2:DescribeVolumesModifications ec2:DescribeVpcs ' +
        'eks:DescribeCluster eks-auth:AssumeRoleForPodIdentity',
      '*'
    )
  ],
  AmazonEC2ContainerRegistryPullOnly: [
    allow(
      'ecr:GetAuthorizationToken ecr:BatchImportUpstreamImage ecr:BatchGetImage ecr:GetDownloadUrlForLayer',
      '*'
    )
  ],
  AmazonEKS_CNI_Policy: [
    allow(
      'ec2:AssignPrivateIpAddresses ec2:AttachNetworkInterface ec2:CreateNetworkInterface ' +
        'ec2:DeleteNetworkInterface ec2:DescribeInstances ec2:DescribeTags ec2:DescribeNetworkInterfaces ' +
        'ec2:DescribeInstanceTypes ec2:DescribeSubnets ec2:DetachNetworkInterface ' +
        'ec2:ModifyNetworkInterfaceAttribute ec2:UnassignPrivateIpAddresses',
      '*'
    ),
    allow('ec2:CreateTags', 'arn:aws:ec2:*:*:network-interface/*')
  ],
  'service-role/AmazonEBSCSIDriverPolicy': [
    allow(
      'ec2:AttachVolume ec2:CreateSnapshot ec2:DetachVolume ec2:ModifyVolume ec2:DescribeAvailabilityZones ' +
        'ec2:DescribeInstances ec2:DescribeSnapshots ec2:DescribeTags ec2:DescribeVolumes ' +
        'ec2:DescribeVolumesModifications',
      '*'
    ),
    allow('ec2:CreateTags', 'arn:aws:ec2:*:*:volume/*', {
      StringEquals: { 'ec2:CreateAction': ['CreateVolume', 'CreateSnapshot'] }
    }),
    allow('ec2:CreateVolume', 'arn:aws:ec2:*:*:volume/*', {
      StringLike: { 'aws:RequestTag/ebs.csi.aws.com/cluster': 'true' }
    }),
    allow('ec2:DeleteVolume', 'arn:aws:ec2:*:*:volume/*', {
      StringLike: { 'ec2:ResourceTag/ebs.csi.aws.com/cluster': 'true' }
    })
  ]
}

/** The document of one of AWS' own policies; undefined for one whose content is not known. */
export function managedPolicy (arn: string): string | undefined {
  const [, name = ''] = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn) ?? []
  const known = statements[name]
  return known && JSON.stringify({ Version: '2012-10-17', Statement: known })
}
