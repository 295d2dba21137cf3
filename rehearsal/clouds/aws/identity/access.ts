/** Data table: what operations on each type ask IAM for. */
/*
 * Sources: the `handlers` of CloudFormation's
 * resource schemas (aws-cloudformation-schema in github.com/pulumi/pulumi-aws-native, August 2026),
 * which AWS publishes for each type with the permissions that its operations need, less what only
 * properties need that rows do not name; for what EKS asks of its caller, EKS User Guide, "Identity
 * and access management" and "Using service-linked roles"; for flow logs, VPC User Guide, "Publish
 * flow logs to Amazon S3"; for types without a schema, the calls of terraform-provider-aws 6. ARNs:
 * Service Authorization Reference, "Resource types defined by" each service.
 */
import { type AccessRow } from './needs.ts'

const tagging = { ec2: 'ec2:CreateTags?tags', ec2Update: 'ec2:CreateTags ec2:DeleteTags' }

/** A type of EC2: `things` is what its ARN says, and what its calls name. */
const ec2 = (thing: string, make: string, read: string, update: string, remove: string): AccessRow => ({
  create: `${make} ${tagging.ec2}`,
  read,
  update: `${update} ${tagging.ec2Update}`,
  delete: remove,
  arn: `ec2:${thing}`
})
/** A type of EC2 without tags. */
const untagged = (thing: string, make: string, read: string, update: string, remove: string): AccessRow => ({
  create: make,
  read,
  update,
  delete: remove,
  arn: `ec2:${thing}`
})
const groupRule = (direction: 'Ingress' | 'Egress'): AccessRow =>
  ec2(
    'security-group/{securityGroupId}',
    `ec2:AuthorizeSecurityGroup${direction}`,
    'ec2:DescribeSecurityGroupRules',
    'ec2:ModifySecurityGroupRules',
    `ec2:RevokeSecurityGroup${direction}`
  )
const transit = (thing: string, name: string, update = ''): AccessRow =>
  ec2(
    `${thing}/{id}`,
    `ec2:Create${name}`,
    `ec2:Describe${name}s`,
    update,
    `ec2:Delete${name}`
  )
/** Part of a bucket that a type of its own sets. */
const ofBucket = (read: string, write: string, remove = write): AccessRow => ({
  create: write,
  read,
  update: write,
  delete: remove,
  arn: 's3::{bucket}'
})

export const access: Readonly<Record<string, AccessRow>> = {
  'aws:ec2/vpc:Vpc': ec2(
    'vpc/{id}',
    'ec2:CreateVpc ec2:ModifyVpcAttribute',
    'ec2:DescribeVpcs ec2:DescribeVpcAttribute ec2:DescribeNetworkAcls ec2:DescribeSecurityGroups ' +
      'ec2:DescribeRouteTables',
    'ec2:ModifyVpcAttribute',
    'ec2:DeleteVpc'
  ),
  // Adopted, not made: its rules are taken out.
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': ec2(
    'security-group/{id}',
    'ec2:RevokeSecurityGroupIngress ec2:RevokeSecurityGroupEgress',
    'ec2:DescribeSecurityGroups',
    'ec2:RevokeSecurityGroupIngress ec2:RevokeSecurityGroupEgress',
    ''
  ),
  'aws:ec2/internetGateway:InternetGateway': ec2(
    'internet-gateway/{id}',
    'ec2:CreateInternetGateway ec2:AttachInternetGateway?vpcId',
    'ec2:DescribeInternetGateways',
    '',
    'ec2:DetachInternetGateway?vpcId ec2:DeleteInternetGateway'
  ),
  'aws:ec2/routeTable:RouteTable': ec2(
    'route-table/{id}',
    'ec2:CreateRouteTable',
    'ec2:DescribeRouteTables',
    '',
    'ec2:DeleteRouteTable'
  ),
  'aws:ec2/routeTableAssociation:RouteTableAssociation': untagged(
    'route-table/{routeTableId}',
    'ec2:AssociateRouteTable',
    'ec2:DescribeRouteTables',
    'ec2:ReplaceRouteTableAssociation',
    'ec2:DisassociateRouteTable'
  ),
  'aws:ec2/route:Route': untagged(
    'route-table/{routeTableId}',
    'ec2:CreateRoute',
    'ec2:DescribeRouteTables',
    'ec2:ReplaceRoute',
    'ec2:DeleteRoute'
  ),
  'aws:ec2/subnet:Subnet': ec2(
    'subnet/{id}',
    'ec2:CreateSubnet ec2:ModifySubnetAttribute?mapPublicIpOnLaunch',
    'ec2:DescribeSubnets',
    'ec2:ModifySubnetAttribute',
    'ec2:DeleteSubnet'
  ),
  'aws:ec2/eip:Eip': ec2(
    'elastic-ip/{id}',
    'ec2:AllocateAddress',
    'ec2:DescribeAddresses',
    'ec2:DisassociateAddress',
    'ec2:ReleaseAddress'
  ),
  'aws:ec2/natGateway:NatGateway': ec2(
    'natgateway/{id}',
    'ec2:CreateNatGateway',
    'ec2:DescribeNatGateways',
    '',
    'ec2:DeleteNatGateway'
  ),
  'aws:ec2/vpcEndpoint:VpcEndpoint': ec2(
    'vpc-endpoint/{id}',
    'ec2:CreateVpcEndpoint',
    'ec2:DescribeVpcEndpoints ec2:DescribePrefixLists',
    'ec2:ModifyVpcEndpoint',
    'ec2:DeleteVpcEndpoints'
  ),
  'aws:ec2/flowLog:FlowLog': ec2(
    'vpc-flow-log/{id}',
    'ec2:CreateFlowLogs logs:CreateLogDelivery ' +
      'iam:PassRole@iamRoleArn>vpc-flow-logs.amazonaws.com?iamRoleArn',
    'ec2:DescribeFlowLogs',
    '',
    'ec2:DeleteFlowLogs logs:DeleteLogDelivery'
  ),
  'aws:ec2/securityGroup:SecurityGroup': ec2(
    'security-group/{id}',
    'ec2:CreateSecurityGroup ec2:RevokeSecurityGroupEgress ec2:AuthorizeSecurityGroupIngress?ingress ' +
      'ec2:AuthorizeSecurityGroupEgress?egress',
    'ec2:DescribeSecurityGroups',
    'ec2:AuthorizeSecurityGroupIngress?ingress ec2:AuthorizeSecurityGroupEgress?egress ' +
      'ec2:RevokeSecurityGroupIngress?ingress ec2:RevokeSecurityGroupEgress?egress',
    'ec2:DeleteSecurityGroup'
  ),
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': groupRule('Ingress'),
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': groupRule('Egress'),
  'aws:ec2/placementGroup:PlacementGroup': ec2(
    'placement-group/{id}',
    'ec2:CreatePlacementGroup',
    'ec2:DescribePlacementGroups',
    '',
    'ec2:DeletePlacementGroup'
  ),
  'aws:ec2/launchTemplate:LaunchTemplate': ec2(
    'launch-template/{id}',
    'ec2:CreateLaunchTemplate',
    'ec2:DescribeLaunchTemplates ec2:DescribeLaunchTemplateVersions',
    'ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate',
    'ec2:DeleteLaunchTemplate'
  ),
  'aws:ec2/managedPrefixList:ManagedPrefixList': ec2(
    'prefix-list/{id}',
    'ec2:CreateManagedPrefixList',
    'ec2:DescribeManagedPrefixLists ec2:GetManagedPrefixListEntries',
    'ec2:ModifyManagedPrefixList',
    'ec2:DeleteManagedPrefixList'
  ),
  'aws:ec2/customerGateway:CustomerGateway': ec2(
    'customer-gateway/{id}',
    'ec2:CreateCustomerGateway',
    'ec2:DescribeCustomerGateways',
    '',
    'ec2:DeleteCustomerGateway'
  ),
  'aws:ec2/vpnConnection:VpnConnection': ec2(
    'vpn-connection/{id}',
    'ec2:CreateVpnConnection',
    'ec2:DescribeVpnConnections ec2:DescribeTransitGatewayAttachments?transitGatewayId',
    'ec2:ModifyVpnConnection ec2:ModifyVpnTunnelOptions',
    'ec2:DeleteVpnConnection'
  ),
  'aws:ec2transitgateway/transitGateway:TransitGateway': transit(
    'transit-gateway',
    'TransitGateway',
    'ec2:ModifyTransitGateway'
  ),
  'aws:ec2transitgateway/vpcAttachment:VpcAttachment': transit(
    'transit-gateway-attachment',
    'TransitGatewayVpcAttachment',
    'ec2:ModifyTransitGatewayVpcAttachment'
  ),
  'aws:ec2transitgateway/peeringAttachment:PeeringAttachment': transit(
    'transit-gateway-attachment',
    'TransitGatewayPeeringAttachment'
  ),
  'aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter': ec2(
    'transit-gateway-attachment/{transitGatewayAttachmentId}',
    'ec2:AcceptTransitGatewayPeeringAttachment',
    'ec2:DescribeTransitGatewayPeeringAttachments',
    '',
    'ec2:DeleteTransitGatewayPeeringAttachment'
  ),
  'aws:ec2transitgateway/route:Route': untagged(
    'transit-gateway-route-table/{transitGatewayRouteTableId}',
    'ec2:CreateTransitGatewayRoute',
    'ec2:SearchTransitGatewayRoutes',
    '',
    'ec2:DeleteTransitGatewayRoute'
  ),
  'aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults': untagged(
    '*',
    'ec2:ModifyInstanceMetadataDefaults',
    'ec2:GetInstanceMetadataDefaults',
    'ec2:ModifyInstanceMetadataDefaults',
    'ec2:ModifyInstanceMetadataDefaults'
  ),
  'aws:ebs/encryptionByDefault:EncryptionByDefault': untagged(
    '*',
    'ec2:EnableEbsEncryptionByDefault',
    'ec2:GetEbsEncryptionByDefault',
    'ec2:EnableEbsEncryptionByDefault',
    'ec2:DisableEbsEncryptionByDefault'
  ),
  'aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess': untagged(
    '*',
    'ec2:EnableSnapshotBlockPublicAccess',
    'ec2:GetSnapshotBlockPublicAccessState',
    'ec2:EnableSnapshotBlockPublicAccess',
    'ec2:DisableSnapshotBlockPublicAccess'
  ),

  'aws:directconnect/gateway:Gateway': {
    create: 'directconnect:CreateDirectConnectGateway directconnect:TagResource?tags',
    read: 'directconnect:DescribeDirectConnectGateways',
    update: 'directconnect:UpdateDirectConnectGateway directconnect:TagResource directconnect:UntagResource',
    delete: 'directconnect:DeleteDirectConnectGateway',
    arn: 'directconnect:dx-gateway/{id}'
  },
  'aws:directconnect/gatewayAssociation:GatewayAssociation': {
    create: 'directconnect:CreateDirectConnectGatewayAssociation',
    read: 'directconnect:DescribeDirectConnectGatewayAssociations',
    update: 'directconnect:UpdateDirectConnectGatewayAssociation',
    delete: 'directconnect:DeleteDirectConnectGatewayAssociation',
    arn: 'directconnect:dx-gateway/{dxGatewayId}'
  },
  'aws:directconnect/connectionConfirmation:ConnectionConfirmation': {
    create: 'directconnect:ConfirmConnection',
    read: 'directconnect:DescribeConnections',
    update: '',
    delete: '',
    arn: 'directconnect:dxcon/{connectionId}'
  },
  'aws:directconnect/transitVirtualInterface:TransitVirtualInterface': {
    create: 'directconnect:CreateTransitVirtualInterface directconnect:TagResource?tags',
    read: 'directconnect:DescribeVirtualInterfaces',
    update:
      'directconnect:UpdateVirtualInterfaceAttributes directconnect:TagResource directconnect:UntagResource',
    delete: 'directconnect:DeleteVirtualInterface',
    arn: 'directconnect:dxvif/{id}'
  },

  'aws:eks/cluster:Cluster': {
    create: 'eks:CreateCluster iam:PassRole@roleArn>eks.amazonaws.com ' +
      'iam:CreateServiceLinkedRole=eks.amazonaws.com eks:TagResource?tags ' +
      'kms:DescribeKey@encryptionConfig.provider.keyArn?encryptionConfig ' +
      'kms:CreateGrant@encryptionConfig.provider.keyArn?encryptionConfig ' +
      'ec2:DescribeSubnets ec2:DescribeVpcs',
    read: 'eks:DescribeCluster',
    update: 'eks:UpdateClusterConfig eks:UpdateClusterVersion eks:DescribeUpdate eks:TagResource ' +
      'eks:UntagResource',
    delete: 'eks:DeleteCluster',
    arn: 'eks:cluster/{name}'
  },
  'aws:eks/nodeGroup:NodeGroup': {
    create: 'eks:CreateNodegroup iam:PassRole@nodeRoleArn>eks.amazonaws.com ' +
      'iam:CreateServiceLinkedRole=eks-nodegroup.amazonaws.com eks:TagResource?tags ' +
      'ec2:DescribeLaunchTemplateVersions?launchTemplate ec2:RunInstances?launchTemplate ec2:DescribeSubnets',
    read: 'eks:DescribeNodegroup',
    update: 'eks:UpdateNodegroupConfig eks:UpdateNodegroupVersion eks:DescribeUpdate eks:TagResource ' +
      'eks:UntagResource',
    delete: 'eks:DeleteNodegroup',
    arn: 'eks:nodegroup/{clusterName}/{nodeGroupName}/*'
  },
  'aws:eks/addon:Addon': {
    create: 'eks:CreateAddon iam:PassRole@serviceAccountRoleArn>eks.amazonaws.com?serviceAccountRoleArn ' +
      'eks:CreatePodIdentityAssociation?podIdentityAssociations ' +
      'iam:PassRole@podIdentityAssociations[].roleArn>pods.eks.amazonaws.com?podIdentityAssociations ' +
      'eks:TagResource?tags',
    read: 'eks:DescribeAddon',
    update: 'eks:UpdateAddon eks:DescribeUpdate eks:TagResource eks:UntagResource',
    delete: 'eks:DeleteAddon eks:DeletePodIdentityAssociation?podIdentityAssociations',
    arn: 'eks:addon/{clusterName}/{addonName}/*'
  },
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': {
    create: 'eks:CreatePodIdentityAssociation iam:PassRole@roleArn>pods.eks.amazonaws.com ' +
      'iam:GetRole@roleArn eks:TagResource?tags',
    read: 'eks:DescribePodIdentityAssociation',
    update: 'eks:UpdatePodIdentityAssociation iam:PassRole@roleArn>pods.eks.amazonaws.com ' +
      'iam:GetRole@roleArn eks:TagResource eks:UntagResource',
    delete: 'eks:DeletePodIdentityAssociation',
    arn: 'eks:podidentityassociation/{clusterName}/{id}'
  },
  'aws:eks/accessEntry:AccessEntry': {
    create: 'eks:CreateAccessEntry eks:TagResource?tags',
    read: 'eks:DescribeAccessEntry',
    update: 'eks:UpdateAccessEntry eks:TagResource eks:UntagResource',
    delete: 'eks:DeleteAccessEntry',
    arn: 'eks:access-entry/{clusterName}/*'
  },
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': {
    create: 'eks:AssociateAccessPolicy',
    read: 'eks:ListAssociatedAccessPolicies',
    update: '',
    delete: 'eks:DisassociateAccessPolicy',
    arn: 'eks:access-entry/{clusterName}/*'
  },
  'aws:eks/getNodeGroups:getNodeGroups': {
    create: '',
    read: 'eks:ListNodegroups',
    update: '',
    delete: '',
    arn: 'eks:cluster/{clusterName}'
  },
  'aws:eks/getNodeGroup:getNodeGroup': {
    create: '',
    read: 'eks:DescribeNodegroup',
    update: '',
    delete: '',
    arn: 'eks:nodegroup/{clusterName}/{nodeGroupName}/*'
  },
  'aws:cloudwatch/logGroup:LogGroup': {
    create: 'logs:CreateLogGroup logs:PutRetentionPolicy?retentionInDays logs:TagResource?tags',
    read: 'logs:DescribeLogGroups logs:ListTagsForResource',
    update: 'logs:PutRetentionPolicy logs:AssociateKmsKey?kmsKeyId logs:TagResource logs:UntagResource',
    delete: 'logs:DeleteLogGroup',
    arn: 'logs:log-group:{name}'
  },

  'aws:iam/role:Role': {
    create: 'iam:CreateRole iam:TagRole?tags',
    read: 'iam:GetRole iam:ListRolePolicies iam:ListAttachedRolePolicies',
    update: 'iam:UpdateRole iam:UpdateAssumeRolePolicy iam:TagRole iam:UntagRole',
    delete: 'iam:ListInstanceProfilesForRole iam:DeleteRole',
    arn: 'iam::role{path}{name}'
  },
  'aws:iam/rolePolicy:RolePolicy': {
    create: 'iam:PutRolePolicy',
    read: 'iam:GetRolePolicy',
    update: 'iam:PutRolePolicy',
    delete: 'iam:DeleteRolePolicy',
    arn: 'iam::role/{role}'
  },
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': {
    create: 'iam:AttachRolePolicy',
    read: 'iam:ListAttachedRolePolicies',
    update: '',
    delete: 'iam:DetachRolePolicy',
    arn: 'iam::role/{role}'
  },
  'aws:iam/policy:Policy': {
    create: 'iam:CreatePolicy iam:TagPolicy?tags',
    read: 'iam:GetPolicy iam:GetPolicyVersion',
    update: 'iam:ListPolicyVersions iam:CreatePolicyVersion iam:DeletePolicyVersion iam:TagPolicy ' +
      'iam:UntagPolicy',
    delete: 'iam:ListPolicyVersions iam:DeletePolicy',
    arn: 'iam::policy{path}{name}'
  },
  'aws:iam/openIdConnectProvider:OpenIdConnectProvider': {
    create: 'iam:CreateOpenIDConnectProvider iam:TagOpenIDConnectProvider?tags',
    read: 'iam:GetOpenIDConnectProvider',
    update: 'iam:UpdateOpenIDConnectProviderThumbprint iam:AddClientIDToOpenIDConnectProvider ' +
      'iam:RemoveClientIDFromOpenIDConnectProvider iam:TagOpenIDConnectProvider ' +
      'iam:UntagOpenIDConnectProvider',
    delete: 'iam:DeleteOpenIDConnectProvider',
    arn: 'iam::oidc-provider/{url}'
  },

  'aws:route53/zone:Zone': {
    create: 'route53:CreateHostedZone route53:ChangeTagsForResource?tags route53:GetChange',
    read: 'route53:GetHostedZone route53:ListTagsForResource',
    update: 'route53:UpdateHostedZoneComment route53:ChangeTagsForResource',
    delete: 'route53:ListResourceRecordSets?forceDestroy route53:ChangeResourceRecordSets?forceDestroy ' +
      'route53:DeleteHostedZone',
    arn: 'route53::hostedzone/{id}'
  },
  'aws:route53/record:Record': {
    create: 'route53:GetHostedZone route53:ChangeResourceRecordSets route53:GetChange',
    read: 'route53:ListResourceRecordSets',
    update: 'route53:ChangeResourceRecordSets route53:GetChange',
    delete: 'route53:ChangeResourceRecordSets route53:GetChange',
    arn: 'route53::hostedzone/{zoneId}'
  },
  'aws:route53/healthCheck:HealthCheck': {
    create: 'route53:CreateHealthCheck route53:ChangeTagsForResource?tags',
    read: 'route53:GetHealthCheck route53:ListTagsForResource',
    update: 'route53:UpdateHealthCheck route53:ChangeTagsForResource',
    delete: 'route53:DeleteHealthCheck',
    arn: 'route53::healthcheck/{id}'
  },

  'aws:kms/key:Key': {
    create: 'kms:CreateKey kms:EnableKeyRotation?enableKeyRotation kms:TagResource?tags',
    read: 'kms:DescribeKey kms:GetKeyPolicy kms:GetKeyRotationStatus kms:ListResourceTags',
    update: 'kms:UpdateKeyDescription kms:PutKeyPolicy kms:EnableKeyRotation?enableKeyRotation ' +
      'kms:TagResource kms:UntagResource',
    delete: 'kms:ScheduleKeyDeletion',
    arn: 'kms:key/{id}'
  },
  'aws:kms/alias:Alias': {
    create: 'kms:CreateAlias',
    read: 'kms:ListAliases',
    update: 'kms:UpdateAlias',
    delete: 'kms:DeleteAlias',
    arn: 'kms:{name}'
  },
  'aws:s3/bucket:Bucket': {
    create: 's3:CreateBucket s3:PutBucketTagging?tags',
    read: 's3:ListBucket s3:GetBucketPolicy s3:GetBucketAcl s3:GetBucketCORS s3:GetBucketWebsite ' +
      's3:GetBucketVersioning s3:GetAccelerateConfiguration s3:GetBucketRequestPayment s3:GetBucketLogging ' +
      's3:GetLifecycleConfiguration s3:GetReplicationConfiguration s3:GetEncryptionConfiguration ' +
      's3:GetBucketObjectLockConfiguration s3:GetBucketTagging',
    update: 's3:PutBucketTagging',
    delete: 's3:DeleteBucket',
    arn: 's3::{bucket}'
  },
  'aws:s3/bucketPolicy:BucketPolicy': ofBucket(
    's3:GetBucketPolicy',
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy'
  ),
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': ofBucket(
    's3:GetBucketPublicAccessBlock',
    's3:PutBucketPublicAccessBlock'
  ),
  'aws:s3/bucketVersioning:BucketVersioning': ofBucket('s3:GetBucketVersioning', 's3:PutBucketVersioning'),
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': ofBucket(
    's3:GetBucketOwnershipControls',
    's3:PutBucketOwnershipControls'
  ),
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': ofBucket(
    's3:GetEncryptionConfiguration',
    's3:PutEncryptionConfiguration'
  ),
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': ofBucket(
    's3:GetLifecycleConfiguration',
    's3:PutLifecycleConfiguration'
  ),
  'aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock': {
    create: 's3:PutAccountPublicAccessBlock',
    read: 's3:GetAccountPublicAccessBlock',
    update: 's3:PutAccountPublicAccessBlock',
    delete: 's3:PutAccountPublicAccessBlock',
    arn: 's3::*'
  },
  'aws:ecr/repository:Repository': {
    create: 'ecr:CreateRepository ecr:TagResource?tags kms:DescribeKey@encryptionConfigurations[].kmsKey' +
      '?encryptionConfigurations kms:CreateGrant@encryptionConfigurations[].kmsKey?encryptionConfigurations',
    read: 'ecr:DescribeRepositories ecr:ListTagsForResource',
    update: 'ecr:PutImageScanningConfiguration ecr:PutImageTagMutability ecr:TagResource ecr:UntagResource',
    delete: 'ecr:DeleteRepository',
    arn: 'ecr:repository/{name}'
  },
  'aws:ecr/lifecyclePolicy:LifecyclePolicy': {
    create: 'ecr:PutLifecyclePolicy',
    read: 'ecr:GetLifecyclePolicy',
    update: 'ecr:PutLifecyclePolicy',
    delete: 'ecr:DeleteLifecyclePolicy',
    arn: 'ecr:repository/{repository}'
  },
  'aws:cloudtrail/trail:Trail': {
    create: 'cloudtrail:CreateTrail cloudtrail:StartLogging cloudtrail:AddTags?tags ' +
      'cloudtrail:PutEventSelectors?advancedEventSelectors',
    read: 'cloudtrail:DescribeTrails cloudtrail:GetTrailStatus cloudtrail:ListTags ' +
      'cloudtrail:GetEventSelectors cloudtrail:GetInsightSelectors',
    update: 'cloudtrail:UpdateTrail cloudtrail:PutEventSelectors cloudtrail:AddTags cloudtrail:RemoveTags',
    delete: 'cloudtrail:DeleteTrail',
    arn: 'cloudtrail:trail/{name}'
  },
  'aws:servicequotas/getServiceQuota:getServiceQuota': {
    create: '',
    read: 'servicequotas:GetServiceQuota',
    update: '',
    delete: '',
    arn: 'servicequotas:*'
  }
}

/** Functions that ask nobody for leave: STS answers everybody (Service Authorization Reference). */
export const open: ReadonlySet<string> = new Set([
  'aws:index/getCallerIdentity:getCallerIdentity',
  'aws:index/getPartition:getPartition',
  'aws:index/getRegion:getRegion',
  'aws:iam/getPolicyDocument:getPolicyDocument',
  // A token is signed, not asked for.
  'aws:eks/getClusterAuth:getClusterAuth'
])
