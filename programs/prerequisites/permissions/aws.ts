/**
 * Permissions of IAM that deploying each type of AWS resource needs: create, read, update and
 * delete, with what the provider reads beside them. Pure. Source: AWS Service Authorization
 * Reference, and the calls that the resources of pulumi-aws 7 (terraform-provider-aws 6) make.
 */
import { type PhaseName } from '../../../contract/words.ts'
import { type Link } from '../../types/connections.ts'

type LinkKind = Link['kind']

/**
 * One type: `actions` of one service, without its prefix; `phases` that register it. `scope`: what
 * the actions are limited to: the federation's `regions`, or by name the federation's own `roles`
 * of the account; DNS has neither.
 */
export interface AwsPermission {
  readonly type: string
  readonly service: string
  readonly actions: string
  readonly scope: 'regions' | 'roles' | 'global'
  readonly phases: readonly PhaseName[]
  /** Asked for only in the cloud that serves the federation's names. */
  readonly dns?: true
  /** Asked for only where the federation has links of this kind. */
  readonly link?: LinkKind
}

const infrastructure: readonly PhaseName[] = ['infrastructure']
const networking: readonly PhaseName[] = ['networking']
const both: readonly PhaseName[] = ['infrastructure', 'networking']
const identities: readonly PhaseName[] = ['infrastructure', 'networking', 'monitoring', 'disaster-recovery']
const dns: readonly PhaseName[] = ['federation', 'disaster-recovery']

const ec2 = (type: string, phases: readonly PhaseName[], actions: string): AwsPermission => ({
  type: `aws:ec2/${type}`,
  service: 'ec2',
  actions: `${actions} CreateTags DeleteTags`,
  scope: 'regions',
  phases
})
const transit = (
  type: string,
  actions: string,
  phases: readonly PhaseName[] = networking
): AwsPermission => ({
  type: `aws:ec2transitgateway/${type}`,
  service: 'ec2',
  actions: `${actions} CreateTags DeleteTags`,
  scope: 'regions',
  phases
})
const eks = (type: string, phases: readonly PhaseName[], actions: string): AwsPermission => ({
  type: `aws:eks/${type}`,
  service: 'eks',
  actions: `${actions} TagResource UntagResource`,
  scope: 'regions',
  phases
})
const iam = (type: string, phases: readonly PhaseName[], actions: string): AwsPermission => ({
  type: `aws:iam/${type}`,
  service: 'iam',
  actions,
  scope: 'roles',
  phases
})

export const awsPermissions: readonly AwsPermission[] = [
  ec2(
    'vpc:Vpc',
    infrastructure,
    'CreateVpc DeleteVpc DescribeVpcs DescribeVpcAttribute ModifyVpcAttribute DescribeNetworkAcls ' +
      'DescribeRouteTables DescribeSecurityGroups'
  ),
  ec2(
    'defaultSecurityGroup:DefaultSecurityGroup',
    infrastructure,
    'DescribeSecurityGroups DescribeSecurityGroupRules RevokeSecurityGroupIngress RevokeSecurityGroupEgress'
  ),
  ec2(
    'internetGateway:InternetGateway',
    infrastructure,
    'CreateInternetGateway DeleteInternetGateway DescribeInternetGateways AttachInternetGateway ' +
      'DetachInternetGateway'
  ),
  ec2('routeTable:RouteTable', infrastructure, 'CreateRouteTable DeleteRouteTable DescribeRouteTables'),
  ec2(
    'routeTableAssociation:RouteTableAssociation',
    infrastructure,
    'AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation DescribeRouteTables'
  ),
  ec2('route:Route', both, 'CreateRoute DeleteRoute ReplaceRoute DescribeRouteTables'),
  ec2(
    'subnet:Subnet',
    infrastructure,
    'CreateSubnet DeleteSubnet DescribeSubnets ModifySubnetAttribute DescribeNetworkInterfaces'
  ),
  ec2(
    'eip:Eip',
    infrastructure,
    'AllocateAddress ReleaseAddress DescribeAddresses DescribeAddressesAttribute DisassociateAddress'
  ),
  ec2('natGateway:NatGateway', infrastructure, 'CreateNatGateway DeleteNatGateway DescribeNatGateways'),
  ec2(
    'vpcEndpoint:VpcEndpoint',
    infrastructure,
    'CreateVpcEndpoint DeleteVpcEndpoints DescribeVpcEndpoints ModifyVpcEndpoint DescribePrefixLists'
  ),
  ec2('flowLog:FlowLog', infrastructure, 'CreateFlowLogs DeleteFlowLogs DescribeFlowLogs'),
  {
    type: 'aws:ec2/flowLog:FlowLog',
    service: 'logs',
    actions: 'CreateLogDelivery DeleteLogDelivery',
    scope: 'regions',
    phases: infrastructure
  },
  ec2(
    'securityGroup:SecurityGroup',
    both,
    'CreateSecurityGroup DeleteSecurityGroup DescribeSecurityGroups DescribeNetworkInterfaces ' +
      'RevokeSecurityGroupIngress RevokeSecurityGroupEgress'
  ),
  {
    ...ec2(
      '',
      both,
      'AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress ModifySecurityGroupRules ' +
        'DescribeSecurityGroupRules'
    ),
    type: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'
  },
  {
    ...ec2(
      '',
      both,
      'AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress ModifySecurityGroupRules ' +
        'DescribeSecurityGroupRules'
    ),
    type: 'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule'
  },
  ec2(
    'placementGroup:PlacementGroup',
    infrastructure,
    'CreatePlacementGroup DeletePlacementGroup DescribePlacementGroups'
  ),
  ec2(
    'launchTemplate:LaunchTemplate',
    infrastructure,
    'CreateLaunchTemplate CreateLaunchTemplateVersion DeleteLaunchTemplate DescribeLaunchTemplates ' +
      'DescribeLaunchTemplateVersions ModifyLaunchTemplate RunInstances'
  ),
  ec2(
    'managedPrefixList:ManagedPrefixList',
    networking,
    'CreateManagedPrefixList DeleteManagedPrefixList DescribeManagedPrefixLists ' +
      'GetManagedPrefixListEntries ModifyManagedPrefixList'
  ),
  ec2(
    'customerGateway:CustomerGateway',
    networking,
    'CreateCustomerGateway DeleteCustomerGateway DescribeCustomerGateways'
  ),
  ec2(
    'vpnConnection:VpnConnection',
    networking,
    'CreateVpnConnection DeleteVpnConnection DescribeVpnConnections ModifyVpnConnection ' +
      'ModifyVpnTunnelOptions DescribeTransitGatewayAttachments'
  ),
  transit(
    'transitGateway:TransitGateway',
    'CreateTransitGateway DeleteTransitGateway DescribeTransitGateways ModifyTransitGateway',
    infrastructure
  ),
  transit(
    'vpcAttachment:VpcAttachment',
    'CreateTransitGatewayVpcAttachment DeleteTransitGatewayVpcAttachment ' +
      'DescribeTransitGatewayVpcAttachments ModifyTransitGatewayVpcAttachment ' +
      'GetTransitGatewayRouteTableAssociations GetTransitGatewayRouteTablePropagations',
    infrastructure
  ),
  transit(
    'peeringAttachment:PeeringAttachment',
    'CreateTransitGatewayPeeringAttachment DeleteTransitGatewayPeeringAttachment ' +
      'DescribeTransitGatewayPeeringAttachments'
  ),
  transit(
    'peeringAttachmentAccepter:PeeringAttachmentAccepter',
    'AcceptTransitGatewayPeeringAttachment DeleteTransitGatewayPeeringAttachment ' +
      'DescribeTransitGatewayPeeringAttachments'
  ),
  transit(
    'route:Route',
    'CreateTransitGatewayRoute DeleteTransitGatewayRoute SearchTransitGatewayRoutes ' +
      'DescribeTransitGatewayRouteTables'
  ),

  // Links of kind interconnect.
  {
    type: 'aws:directconnect/gateway:Gateway',
    service: 'directconnect',
    actions: 'CreateDirectConnectGateway DeleteDirectConnectGateway DescribeDirectConnectGateways ' +
      'UpdateDirectConnectGateway TagResource UntagResource',
    scope: 'regions',
    phases: networking,
    link: 'interconnect'
  },
  {
    type: 'aws:directconnect/gatewayAssociation:GatewayAssociation',
    service: 'directconnect',
    actions: 'CreateDirectConnectGatewayAssociation DeleteDirectConnectGatewayAssociation ' +
      'DescribeDirectConnectGatewayAssociations UpdateDirectConnectGatewayAssociation',
    scope: 'regions',
    phases: networking,
    link: 'interconnect'
  },
  {
    type: 'aws:directconnect/connectionConfirmation:ConnectionConfirmation',
    service: 'directconnect',
    actions: 'ConfirmConnection DescribeConnections',
    scope: 'regions',
    phases: networking,
    link: 'interconnect'
  },
  {
    type: 'aws:directconnect/transitVirtualInterface:TransitVirtualInterface',
    service: 'directconnect',
    actions: 'CreateTransitVirtualInterface DeleteVirtualInterface DescribeVirtualInterfaces ' +
      'UpdateVirtualInterfaceAttributes TagResource UntagResource',
    scope: 'regions',
    phases: networking,
    link: 'interconnect'
  },

  eks(
    'cluster:Cluster',
    infrastructure,
    'CreateCluster DeleteCluster DescribeCluster DescribeUpdate UpdateClusterConfig UpdateClusterVersion ' +
      'AssociateEncryptionConfig'
  ),
  // Secrets are encrypted, and nodes' and pods' disks made, by grants on the cluster's key.
  {
    type: 'aws:eks/cluster:Cluster',
    service: 'kms',
    actions: 'DescribeKey CreateGrant',
    scope: 'regions',
    phases: infrastructure
  },
  eks(
    'nodeGroup:NodeGroup',
    infrastructure,
    'CreateNodegroup DeleteNodegroup DescribeNodegroup ListNodegroups DescribeUpdate ' +
      'UpdateNodegroupConfig UpdateNodegroupVersion'
  ),
  eks(
    'addon:Addon',
    infrastructure,
    'CreateAddon DeleteAddon DescribeAddon DescribeUpdate UpdateAddon DescribePodIdentityAssociation'
  ),
  eks(
    'podIdentityAssociation:PodIdentityAssociation',
    identities,
    'CreatePodIdentityAssociation DeletePodIdentityAssociation DescribePodIdentityAssociation ' +
      'UpdatePodIdentityAssociation'
  ),
  {
    type: 'aws:cloudwatch/logGroup:LogGroup',
    service: 'logs',
    actions: 'CreateLogGroup DeleteLogGroup DescribeLogGroups PutRetentionPolicy AssociateKmsKey ' +
      'ListTagsForResource TagResource UntagResource',
    scope: 'regions',
    phases: infrastructure
  },

  iam(
    'role:Role',
    identities,
    'CreateRole DeleteRole GetRole UpdateRole UpdateAssumeRolePolicy ListRolePolicies ' +
      'ListAttachedRolePolicies ListInstanceProfilesForRole TagRole UntagRole PassRole'
  ),
  iam('rolePolicy:RolePolicy', identities, 'PutRolePolicy DeleteRolePolicy GetRolePolicy'),
  iam(
    'rolePolicyAttachment:RolePolicyAttachment',
    infrastructure,
    'AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies'
  ),
  iam(
    'openIdConnectProvider:OpenIdConnectProvider',
    ['infrastructure', 'disaster-recovery'],
    'CreateOpenIDConnectProvider DeleteOpenIDConnectProvider GetOpenIDConnectProvider ' +
      'TagOpenIDConnectProvider UntagOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint ' +
      'AddClientIDToOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider'
  ),

  {
    type: 'aws:route53/record:Record',
    service: 'route53',
    actions: 'ChangeResourceRecordSets ListResourceRecordSets GetHostedZone GetChange',
    scope: 'global',
    phases: dns,
    dns: true
  },
  {
    type: 'aws:route53/healthCheck:HealthCheck',
    service: 'route53',
    actions: 'CreateHealthCheck DeleteHealthCheck GetHealthCheck UpdateHealthCheck ListTagsForResource ' +
      'ChangeTagsForResource',
    scope: 'global',
    phases: dns,
    dns: true
  }
]
