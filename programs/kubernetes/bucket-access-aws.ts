/** Access to an S3 bucket: EKS Pod Identity inside AWS, web identity from the other clouds. */
import * as aws from '@pulumi/aws'
import { all, type Output } from '@pulumi/pulumi'
import { awsProvider } from '../components/upstream.ts'
import { type UnitContext } from '../types.ts'
import { type BucketAccess, type BucketAccessArgs, tokenFolder } from './pod-identity.ts'

const objectActions = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts'
]
const bucketActions = ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads']

function trust (statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
}

/** A role that only this service account takes, with the rights on this bucket and its key. */
export function awsBucketAccess (context: UnitContext, args: BucketAccessArgs): BucketAccess {
  const provider = awsProvider(context, args.owner.region)
  const inside = args.home.cloud === 'aws'
  const role = new aws.iam.Role(`${args.name}-role`, {
    description: `${context.federation.name}: ${args.namespace}/${args.serviceAccount} of ${args.home.name}`,
    assumeRolePolicy: inside
      ? trust({
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession']
      })
      : webIdentityTrust(args, provider)
  }, { provider })
  const policy = rolePolicy(args, role, provider)
  if (!inside) {
    return {
      annotations: {},
      podLabels: {},
      environment: {
        AWS_ROLE_ARN: role.arn,
        AWS_WEB_IDENTITY_TOKEN_FILE: `${tokenFolder}/token`,
        AWS_REGION: args.owner.region
      },
      tokenAudience: 'sts.amazonaws.com',
      ready: [policy]
    }
  }
  // The association belongs to the cluster, which may be in another region than the bucket.
  const home = args.home.region === args.owner.region ? provider : awsProvider(context, args.home.region)
  const association = new aws.eks.PodIdentityAssociation(`${args.name}-identity`, {
    clusterName: args.clusterName,
    namespace: args.namespace,
    serviceAccount: args.serviceAccount,
    roleArn: role.arn
  }, {
    provider: home,
    // It went with the cluster when that was made anew under its name: the issuer tells the two
    // apart.
    replacementTrigger: args.issuer,
    deleteBeforeReplace: true
  })
  return {
    annotations: {},
    podLabels: {},
    environment: { AWS_REGION: args.owner.region },
    ready: [policy, association]
  }
}

/** Registers the cluster as an issuer of tokens, and trusts those of the service account. */
function webIdentityTrust (args: BucketAccessArgs, provider: aws.Provider): Output<string> {
  const issuer = new aws.iam.OpenIdConnectProvider(`${args.name}-issuer`, {
    url: args.issuer,
    clientIdLists: ['sts.amazonaws.com']
  }, { provider })
  return all([issuer.arn, args.issuer]).apply(([arn, url]) => {
    const host = url.replace(/^https:\/\//, '')
    return trust({
      Principal: { Federated: arn },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${host}:aud`]: 'sts.amazonaws.com',
          [`${host}:sub`]: `system:serviceaccount:${args.namespace}:${args.serviceAccount}`
        }
      }
    })
  })
}

function rolePolicy (args: BucketAccessArgs, role: aws.iam.Role, provider: aws.Provider): aws.iam.RolePolicy {
  return new aws.iam.RolePolicy(`${args.name}-policy`, {
    role: role.name,
    policy: all([args.bucket, args.kmsKey]).apply(([bucket, key]) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: bucketActions, Resource: `arn:aws:s3:::${bucket}` },
          { Effect: 'Allow', Action: objectActions, Resource: `arn:aws:s3:::${bucket}/*` },
          { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key }
        ]
      })
    )
  }, { provider })
}
