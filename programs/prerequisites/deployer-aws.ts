/** The role that deploys a federation's phases 2 to 8 on AWS, and who may take it. */
import * as aws from '@pulumi/aws'
import { type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { deployerName } from '../types/deployers.ts'
import { type Federation } from '../types.ts'
import { type AwsPermission } from './permissions/aws.ts'
import { addedBy, awsActions, deployedPhases } from './permissions/phases.ts'

/**
 * Longer than a deployment of all phases (an Azure VPN gateway alone takes 45 minutes): two hours.
 */
const sessionSeconds = 7200
/** Services that run with the roles that programs make. */
const passedTo = ['eks.amazonaws.com', 'ec2.amazonaws.com', 'pods.eks.amazonaws.com']
/**
 * AWS' own policies that programs attach; no other, so that the role cannot make an administrator.
 */
const attachable = [
  'AmazonEKS*',
  'AmazonEC2ContainerRegistryPullOnly',
  // Attached by earlier versions: it has to be detached.
  'AmazonSSMManagedInstanceCore',
  'service-role/AmazonEBSCSIDriverPolicy'
]
/**
 * Beginnings of names that earlier versions gave to roles outside of the federation's own: they can
 * be looked at and taken away, and not made any more.
 */
const formerRoles = ['load-balancers']
/** Services that make a role of their own in an account when they are first used. */
const linkedServices = [
  'autoscaling.amazonaws.com',
  'eks.amazonaws.com',
  'eks-nodegroup.amazonaws.com',
  'elasticloadbalancing.amazonaws.com',
  'spot.amazonaws.com',
  'transitgateway.amazonaws.com'
]

/** Registers the role, a policy a phase, and trust in the federation's CI. Gives the role's ARN. */
export function awsDeployer (
  federation: Federation,
  regions: readonly string[],
  options: CustomResourceOptions
): Output<string> {
  const { accountId } = federation.accounts.aws
  const name = deployerName(federation)
  const { ci } = federation
  const provider = ci &&
    new aws.iam.OpenIdConnectProvider('ci', { url: ci.issuer, clientIdLists: ['sts.amazonaws.com'] }, options)
  const issuer = ci?.issuer.replace(/^https:\/\//, '')
  const role = new aws.iam.Role('deploy', {
    name,
    description: `Deploys ${federation.name}, phases 2 to 8`,
    maxSessionDuration: sessionSeconds,
    assumeRolePolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        // Identities of the account whose own permissions let them take it.
        {
          Sid: 'Account',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: 'sts:AssumeRole'
        },
        ...(ci && issuer
          ? [{
            Sid: 'ContinuousIntegration',
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${issuer}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: ci.subjects }
            }
          }]
          : [])
      ]
    })
  }, { ...options, dependsOn: provider ? [provider] : [] })
  for (const phase of deployedPhases) {
    const statements = awsDeployStatements(
      federation,
      regions,
      (scope) => addedBy(phase, (one) => awsActions(one, scope, federation))
    )
    if (statements.length === 0) continue
    const policy = new aws.iam.Policy(`deploy-${phase}`, {
      name: `${name}-${phase}`,
      description: `Phase ${phase} of ${federation.name}`,
      policy: JSON.stringify({ Version: '2012-10-17', Statement: statements })
    }, options)
    new aws.iam.RolePolicyAttachment(`deploy-${phase}`, { role: role.name, policyArn: policy.arn }, options)
  }
  return role.arn
}

/**
 * IAM statements of actions: regional services in the federation's regions only, roles by the
 * federation's and its clusters' names only.
 */
export function awsDeployStatements (
  federation: Federation,
  regions: readonly string[],
  actionsOf: (scope: AwsPermission['scope']) => readonly string[]
): object[] {
  const account = `arn:aws:iam::${federation.accounts.aws.accountId}`
  const prefixes = [
    federation.name,
    ...federation.clusters.map((cluster) => cluster.name).filter((name) =>
      !name.startsWith(`${federation.name}-`)
    )
  ]
  const roles = prefixes.map((prefix) => `${account}:role/${prefix}-*`)
  const inRegions = { StringEquals: { 'aws:RequestedRegion': regions } }
  const onRoles = actionsOf('roles')
  const bounded = ['iam:PassRole', 'iam:AttachRolePolicy', 'iam:DetachRolePolicy']
  const plain = onRoles.filter((action) => !bounded.includes(action))
  const attach = onRoles.filter((action) => /:(At|De)tachRolePolicy$/.test(action))
  const dns = actionsOf('global')
  const regional = actionsOf('regions')
  return [
    ...(regional.length > 0
      ? [{ Sid: 'Regions', Effect: 'Allow', Action: regional, Resource: '*', Condition: inRegions }]
      : []),
    ...(plain.length > 0
      ? [{ Sid: 'Roles', Effect: 'Allow', Action: plain, Resource: [...roles, `${account}:oidc-provider/*`] }]
      : []),
    ...formerStatements(account, plain),
    ...(onRoles.includes('iam:PassRole')
      ? [{
        Sid: 'Pass',
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: roles,
        Condition: { StringEquals: { 'iam:PassedToService': passedTo } }
      }]
      : []),
    ...(attach.length > 0
      ? [
        {
          Sid: 'Attach',
          Effect: 'Allow',
          Action: attach,
          Resource: roles,
          Condition: {
            ArnLike: { 'iam:PolicyARN': attachable.map((policy) => `arn:aws:iam::aws:policy/${policy}`) }
          }
        },
        {
          Sid: 'Linked',
          Effect: 'Allow',
          Action: 'iam:CreateServiceLinkedRole',
          Resource: `${account}:role/aws-service-role/*`,
          Condition: { StringEquals: { 'iam:AWSServiceName': linkedServices } }
        }
      ]
      : []),
    // Route 53 is called in one region for the whole world, and does not let the creation of a
    // check be limited to one.
    ...(dns.length > 0
      ? [{
        Sid: 'Dns',
        Effect: 'Allow',
        Action: dns,
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }
      }]
      : [])
  ]
}

/** Things that earlier versions named otherwise: to be looked at and taken away. */
function formerStatements (account: string, onRoles: readonly string[]): object[] {
  const removing = onRoles.filter((action) => /^iam:(Get|List|Delete)\w*Role/.test(action))
  return removing.length === 0 ? [] : [{
    Sid: 'FormerRoles',
    Effect: 'Allow',
    Action: removing,
    Resource: formerRoles.map((name) => `${account}:role/${name}-*`)
  }]
}
