/** API errors in the words of the AWS provider. */
import type { FaultOperation } from '../../../contract/words.ts'
import { ProviderError } from '../../provider.ts'
import { type Failure, type Place } from '../draft.ts'
import { type Identifiers } from '../identifiers.ts'
import { type PackageModel } from '../package-model.ts'
import { tokenParts } from '../tokens.ts'

/** The SDK's service names, by Pulumi module. */
const serviceNames: Record<string, string> = {
  backup: 'Backup',
  cloudwatch: 'CloudWatch Logs',
  ebs: 'EC2',
  ec2: 'EC2',
  ec2transitgateway: 'EC2',
  ecr: 'ECR',
  eks: 'EKS',
  iam: 'IAM',
  kms: 'KMS',
  lb: 'Elastic Load Balancing v2',
  rds: 'RDS',
  route53: 'Route 53',
  s3: 'S3',
  servicequotas: 'Service Quotas',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'SSM',
  sts: 'STS',
  vpc: 'EC2',
  dynamodb: 'DynamoDB',
  elasticache: 'ElastiCache',
  cloudfront: 'CloudFront'
}

/** API names of types that are not `Create` + type. */
const resourceNames: Record<string, string> = {
  'aws:ec2/vpc:Vpc': 'Vpc',
  'aws:ec2/eip:Eip': 'Address',
  'aws:eks/nodeGroup:NodeGroup': 'Nodegroup',
  'aws:route53/zone:Zone': 'HostedZone',
  'aws:route53/record:Record': 'ResourceRecordSets',
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 'RolePolicy',
  'aws:ec2transitgateway/vpcAttachment:VpcAttachment': 'TransitGatewayVpcAttachment',
  'aws:ec2/flowLog:FlowLog': 'FlowLogs',
  'aws:ec2transitgateway/peeringAttachment:PeeringAttachment': 'TransitGatewayPeeringAttachment',
  'aws:ec2transitgateway/route:Route': 'TransitGatewayRoute',
  'aws:ec2transitgateway/routeTable:RouteTable': 'TransitGatewayRouteTable'
}

/** API verbs of types that are not created by `Create`. */
const createVerbs: Record<string, string> = {
  'aws:ec2/eip:Eip': 'Allocate',
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': 'Attach',
  'aws:ec2/routeTableAssociation:RouteTableAssociation': 'Associate',
  'aws:route53/record:Record': 'Change'
}
const verbs: Record<FaultOperation, string> = {
  create: 'Create',
  update: 'Modify',
  delete: 'Delete',
  read: 'Describe'
}
const gerunds: Record<FaultOperation, string> = {
  create: 'creating',
  update: 'updating',
  delete: 'deleting',
  read: 'reading'
}

/** Words of a type's name, with acronyms as AWS writes them: `NatGateway` -> `NAT Gateway`. */
function spoken (name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(
    /\b(Vpc|Nat|Eip|Iam|Kms|Eks|Ecr|Vpn|Oidc)\b/g,
    (word) => word.toUpperCase()
  )
}

/**
 * Words an error as terraform-provider-aws does: `creating EC2 VPC: operation error EC2: CreateVpc,
 * https response error StatusCode: …`.
 */
export function awsError (
  failure: Failure,
  operation: FaultOperation,
  type: string,
  name: string,
  make: Identifiers
): ProviderError {
  const parts = tokenParts(type)
  const service = serviceNames[parts.module] ?? parts.module
  const resource = resourceNames[type] ?? parts.name
  const isFunction = /^[a-z]/.test(parts.name)
  const verb = isFunction
    ? ''
    : operation === 'create'
    ? createVerbs[type] ?? verbs.create
    : verbs[operation]
  const call = isFunction ? parts.name.slice(0, 1).toUpperCase() + parts.name.slice(1) : `${verb}${resource}`
  return new ProviderError(
    `${gerunds[operation]} ${service} ${spoken(parts.name)} (${name}): operation error ${service}: ` +
      `${call}, https response error StatusCode: ${failure.status}, RequestID: ${make.uuid('request')}, ` +
      `api error ${failure.code}: ${failure.message}`
  )
}

/** `InvalidXID.NotFound` and the like, by type. */
const notFoundFailures: Record<string, (value: string) => Failure> = {
  'aws:ec2/vpc:Vpc': (value) => ({
    status: 400,
    code: 'InvalidVpcID.NotFound',
    message: `The vpc ID '${value}' does not exist`
  }),
  'aws:ec2/subnet:Subnet': (value) => ({
    status: 400,
    code: 'InvalidSubnetID.NotFound',
    message: `The subnet ID '${value}' does not exist`
  }),
  'aws:ec2/securityGroup:SecurityGroup': (value) => ({
    status: 400,
    code: 'InvalidGroup.NotFound',
    message: `The security group '${value}' does not exist`
  }),
  'aws:ec2/internetGateway:InternetGateway': (value) => ({
    status: 400,
    code: 'InvalidInternetGatewayID.NotFound',
    message: `The internetGateway ID '${value}' does not exist`
  }),
  'aws:ec2/natGateway:NatGateway': (value) => ({
    status: 400,
    code: 'NatGatewayNotFound',
    message: `The Nat Gateway ${value} was not found`
  }),
  'aws:ec2/routeTable:RouteTable': (value) => ({
    status: 400,
    code: 'InvalidRouteTableID.NotFound',
    message: `The routeTable ID '${value}' does not exist`
  }),
  'aws:ec2/eip:Eip': (value) => ({
    status: 400,
    code: 'InvalidAllocationID.NotFound',
    message: `The allocation ID '${value}' does not exist`
  }),
  'aws:ec2transitgateway/transitGateway:TransitGateway': (value) => ({
    status: 400,
    code: 'InvalidTransitGatewayID.NotFound',
    message: `Transit Gateway ${value} was deleted or does not exist.`
  }),
  'aws:eks/cluster:Cluster': (value) => ({
    status: 404,
    code: 'ResourceNotFoundException',
    message: `No cluster found for name: ${value}.`
  }),
  'aws:iam/role:Role': (value) => ({
    status: 404,
    code: 'NoSuchEntity',
    message: `The role with name ${value} cannot be found.`
  }),
  'aws:iam/policy:Policy': (value) => ({
    status: 404,
    code: 'NoSuchEntity',
    message: `Policy ${value} does not exist or is not attachable.`
  }),
  'aws:kms/key:Key': (value) => ({
    status: 400,
    code: 'NotFoundException',
    message: `Key '${value}' does not exist`
  }),
  'aws:s3/bucket:Bucket': (value) => ({
    status: 404,
    code: 'NoSuchBucket',
    message: `The specified bucket does not exist: ${value}`
  }),
  'aws:route53/zone:Zone': (value) => ({
    status: 404,
    code: 'NoSuchHostedZone',
    message: `No hosted zone found with ID: ${value}`
  })
}

/** Codes of quotas that have one of their own. */
const quotaCodes: Record<string, string> = {
  'aws:ec2:standard-vcpus': 'VcpuLimitExceeded',
  'aws:vpc:vpcs': 'VpcLimitExceeded',
  'aws:ec2:eips': 'AddressLimitExceeded',
  'aws:vpc:nat-gateways': 'NatGatewayLimitExceeded',
  'aws:vpc:internet-gateways': 'InternetGatewayLimitExceeded',
  'aws:ec2:transit-gateways': 'TransitGatewayLimitExceeded',
  'aws:eks:clusters': 'ResourceLimitExceeded',
  'aws:ec2:vpn-connections': 'VpnConnectionLimitExceeded',
  'aws:ec2:customer-gateways': 'CustomerGatewayLimitExceeded',
  'aws:iam:roles': 'LimitExceeded',
  'aws:s3:buckets': 'TooManyBuckets'
}
/** The quota that is named when a fault exhausts a type's quota. */
const typeQuotas: Record<string, string> = {
  'aws:ec2/vpc:Vpc': 'VpcLimitExceeded',
  'aws:ec2/eip:Eip': 'AddressLimitExceeded',
  'aws:ec2/natGateway:NatGateway': 'NatGatewayLimitExceeded',
  'aws:eks/nodeGroup:NodeGroup': 'VcpuLimitExceeded',
  'aws:ec2/instance:Instance': 'VcpuLimitExceeded'
}

export const awsFailures: PackageModel['failures'] = {
  invalid: (message) => ({ status: 400, code: 'InvalidParameterValue', message }),
  // https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
  denied: () => ({
    status: 403,
    code: 'ExpiredToken',
    message: 'The security token included in the request is expired'
  }),
  throttled: () => ({ status: 400, code: 'ThrottlingException', message: 'Rate exceeded' }),
  overQuota: (quota, limit, place: Place, type) => {
    const code = quotaCodes[quota] ?? typeQuotas[type] ?? `${tokenParts(type).name}LimitExceeded`
    return code === 'VcpuLimitExceeded'
      ? {
        status: 400,
        code,
        message:
          `You have requested more vCPU capacity than your current vCPU limit of ${limit} allows for the ` +
          `instance bucket that the specified instance type belongs to in ${place.region}. Please visit ` +
          'http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.'
      }
      : {
        status: 400,
        code,
        message: limit > 0
          ? `The maximum number of ${tokenParts(type).name} resources in ${place.region || 'the account'} ` +
            `has been reached (${limit}).`
          : `The maximum number of ${tokenParts(type).name} resources has been reached.`
      }
  },
  inUse: (record, user) =>
    record.type.startsWith('aws:iam')
      ? {
        status: 409,
        code: 'DeleteConflict',
        message: `Cannot delete entity, must detach or remove ${
          tokenParts(user.type).name
        } ${user.name} first.`
      }
      : record.type.startsWith('aws:eks')
      ? {
        status: 409,
        code: 'ResourceInUseException',
        message:
          `${tokenParts(record.type).name} ${record.name} has ${tokenParts(user.type).name} ${user.name} ` +
          'attached'
      }
      : {
        status: 400,
        code: 'DependencyViolation',
        message:
          `The ${tokenParts(record.type).name} '${record.id}' has dependencies (${user.id}) and cannot be ` +
          'deleted.'
      },
  notFound: (value, types) =>
    (notFoundFailures[types[0] ?? ''] ??
      ((missing: string) => ({
        status: 404,
        code: 'ResourceNotFoundException',
        message: `${types.map((type) => tokenParts(type).name).join(' or ')} '${missing}' does not exist`
      })))(value),
  taken: (draft) =>
    draft.type.startsWith('aws:iam')
      ? {
        status: 409,
        code: 'EntityAlreadyExists',
        message: `${tokenParts(draft.type).name} with name ${draft.name} already exists.`
      }
      : {
        status: 409,
        code: draft.type.startsWith('aws:eks') ? 'ResourceInUseException' : 'ResourceAlreadyExistsException',
        message: `${tokenParts(draft.type).name} already exists with name: ${draft.name}`
      }
}
