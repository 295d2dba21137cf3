/** Data table: cases of the policies about AWS. */
import { anywhere, resourceOf, type Cases, type Properties } from '../case.ts'

const key = 'arn:aws:kms:us-east-1:123456789012:key/7de024fb'
const inside = '10.1.0.0/16'
const document = (...statements: Properties[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const launchTemplate = resourceOf('aws:ec2/launchTemplate:LaunchTemplate')
const eks = resourceOf('aws:eks/cluster:Cluster')
const ingress = resourceOf('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule')

export const awsCases: Cases = {
  'aws-ebs-encryption-by-default': [{
    right: resourceOf('aws:ebs/encryptionByDefault:EncryptionByDefault')({ enabled: true }),
    wrong: resourceOf('aws:ebs/encryptionByDefault:EncryptionByDefault')({ enabled: false }),
    says: 'enabled'
  }],
  'aws-ec2-encrypted-disks': [{
    right: launchTemplate({
      blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', kmsKeyId: key } }]
    }),
    wrong: launchTemplate({ blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeType: 'gp3' } }] }),
    says: 'blockDeviceMappings[0].ebs.encrypted'
  }],
  'aws-ec2-metadata-service-v2': [
    {
      right: launchTemplate({
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 }
      }),
      wrong: launchTemplate({ metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'optional' } }),
      says: 'httpTokens'
    },
    {
      right: launchTemplate({ metadataOptions: { httpEndpoint: 'disabled' } }),
      wrong: launchTemplate({ metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 2 } }),
      says: 'HopLimit'
    }
  ],
  'aws-ec2-flow-logs': [{
    right: [
      resourceOf('aws:ec2/vpc:Vpc')({ arn: 'arn:aws:ec2:us-east-1:1:vpc/vpc-1' }),
      resourceOf('aws:ec2/flowLog:FlowLog')({ trafficType: 'ALL', vpcId: 'vpc-1' })
    ],
    wrong: [
      resourceOf('aws:ec2/vpc:Vpc')({ arn: 'arn:aws:ec2:us-east-1:1:vpc/vpc-1' }),
      resourceOf('aws:ec2/flowLog:FlowLog')({ trafficType: 'REJECT', vpcId: 'vpc-1' })
    ],
    says: 'FlowLog'
  }],
  'aws-vpc-no-open-ingress': [
    {
      right: ingress({ cidrIpv4: anywhere, fromPort: 443, toPort: 443, ipProtocol: 'tcp' }),
      wrong: ingress({ cidrIpv4: anywhere, ipProtocol: '-1' }),
      says: 'whole internet'
    },
    {
      right: ingress({ cidrIpv4: inside, ipProtocol: '-1' }),
      wrong: ingress({ cidrIpv6: '::/0', fromPort: 22, toPort: 22, ipProtocol: 'tcp' }),
      says: 'whole internet'
    },
    {
      right: resourceOf('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup')({ ingress: [], egress: [] }),
      wrong: resourceOf('aws:ec2/securityGroup:SecurityGroup')({
        ingress: [{ cidrBlocks: [anywhere], fromPort: 0, toPort: 65535 }]
      }),
      says: 'ingress[0]'
    }
  ],
  'aws-eks-private-endpoint': [{
    right: eks({ vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } }),
    wrong: eks({ vpcConfig: { endpointPrivateAccess: true } }),
    says: 'endpointPublicAccess'
  }],
  'aws-eks-encrypted-secrets': [{
    right: eks({ encryptionConfig: { provider: { keyArn: key }, resources: ['secrets'] } }),
    wrong: eks({}),
    says: 'encryptionConfig'
  }],
  'aws-eks-control-plane-logs': [{
    right: eks({ enabledClusterLogTypes: ['api', 'audit', 'authenticator'] }),
    wrong: eks({ enabledClusterLogTypes: ['api'] }),
    says: 'audit, authenticator'
  }],
  'aws-s3-encrypted-with-own-key': [{
    right: resourceOf(
      'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration'
    )({
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key } }]
    }),
    wrong: resourceOf(
      'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration'
    )({
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }]
    }),
    says: 'kmsMasterKeyId'
  }],
  'aws-s3-no-public-access': [{
    right: resourceOf('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock')({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true
    }),
    wrong: resourceOf('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock')({
      blockPublicAcls: true,
      blockPublicPolicy: false,
      ignorePublicAcls: true,
      restrictPublicBuckets: true
    }),
    says: 'blockPublicPolicy'
  }],
  'aws-s3-versioning': [{
    right: resourceOf('aws:s3/bucketVersioning:BucketVersioning')({
      versioningConfiguration: { status: 'Enabled' }
    }),
    wrong: resourceOf('aws:s3/bucketVersioning:BucketVersioning')({
      versioningConfiguration: { status: 'Suspended' }
    }),
    says: 'Enabled'
  }],
  'aws-s3-guarded-buckets': [{
    right: [
      'bucket:Bucket',
      'bucketPublicAccessBlock:BucketPublicAccessBlock',
      'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
      'bucketVersioning:BucketVersioning'
    ].map((type) => resourceOf(`aws:s3/${type}`)({ bucket: 'logs' })),
    wrong: [
      'bucket:Bucket',
      'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
      'bucketVersioning:BucketVersioning'
    ].map((type) => resourceOf(`aws:s3/${type}`)({ bucket: 'logs' })),
    says: 'BucketPublicAccessBlock'
  }],
  'aws-kms-rotation': [{
    right: resourceOf('aws:kms/key:Key')({ enableKeyRotation: true, deletionWindowInDays: 30 }),
    wrong: resourceOf('aws:kms/key:Key')({ deletionWindowInDays: 7 }),
    says: 'enableKeyRotation'
  }],
  'aws-ecr-immutable-scanned': [{
    right: resourceOf('aws:ecr/repository:Repository')({
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true }
    }),
    wrong: resourceOf('aws:ecr/repository:Repository')({ imageTagMutability: 'MUTABLE' }),
    says: 'IMMUTABLE'
  }],
  'aws-cloudwatch-kept-encrypted': [{
    right: resourceOf('aws:cloudwatch/logGroup:LogGroup')({ kmsKeyId: key, retentionInDays: 90 }),
    wrong: resourceOf('aws:cloudwatch/logGroup:LogGroup')({ retentionInDays: 7 }),
    says: 'retentionInDays'
  }],
  'aws-iam-no-wildcards': [
    {
      right: resourceOf('aws:iam/rolePolicy:RolePolicy')({
        policy: document({ Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::logs/*' })
      }),
      wrong: resourceOf('aws:iam/rolePolicy:RolePolicy')({
        policy: document({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::logs' })
      }),
      says: 's3:*'
    },
    {
      right: resourceOf('aws:iam/policy:Policy')({
        policy: document({ Effect: 'Deny', Action: '*', Resource: '*' })
      }),
      wrong: resourceOf('aws:iam/policy:Policy')({
        policy: document({ Effect: 'Allow', Action: ['ec2:RunInstances'], Resource: '*' })
      }),
      says: 'resources'
    },
    {
      right: resourceOf('aws:iam/role:Role')({
        assumeRolePolicy: document({
          Effect: 'Allow',
          Principal: { Service: 'eks.amazonaws.com' },
          Action: 'sts:AssumeRole'
        })
      }),
      wrong: resourceOf('aws:iam/role:Role')({
        assumeRolePolicy: document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' })
      }),
      says: 'assume'
    }
  ],
  'aws-iam-no-administrators': [{
    right: resourceOf('aws:iam/rolePolicyAttachment:RolePolicyAttachment')({
      policyArn: 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy'
    }),
    wrong: resourceOf('aws:iam/rolePolicyAttachment:RolePolicyAttachment')({
      policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'
    }),
    says: 'attach'
  }]
}
