/**
 * Services that private nodes and pods call: images from ECR (their layers from S3), credentials
 * from STS and EKS Pod Identity, node life cycle from EC2, EKS and Auto Scaling, keys from KMS,
 * logs.
 */
export const interfaceServices = [
  'ecr.api',
  'ecr.dkr',
  'sts',
  'ec2',
  'eks',
  'eks-auth',
  'autoscaling',
  'kms',
  'logs'
] as const
