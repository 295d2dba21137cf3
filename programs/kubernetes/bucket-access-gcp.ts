/**
 * Access to a Cloud Storage bucket: GKE workload identity inside the federation's project, a
 * workload identity pool from the other clouds.
 */
import * as gcp from '@pulumi/gcp'
import { all, interpolate, type Output } from '@pulumi/pulumi'
import { lifeSuffix } from '../components/life-suffix.ts'
import { boundedName } from '../components/naming.ts'
import { gcpProvider } from '../components/upstream.ts'
import { type UnitContext } from '../types.ts'
import { type BucketAccess, type BucketAccessArgs, tokenFolder } from './pod-identity.ts'

/** Characters of a pool's id before its end: 32 at most in all. */
const longestStart = 23
/** The audience of tokens for Google's token exchange: any agreed value does. */
const federatedAudience = 'https://iam.googleapis.com/windlass'

/**
 * A service account that only this Kubernetes service account impersonates, with the rights on this
 * bucket.
 */
export function gcpBucketAccess (context: UnitContext, args: BucketAccessArgs): BucketAccess {
  const { project } = context.federation.accounts.gcp
  const provider = gcpProvider(context, args.owner.region)
  // Ids of service accounts and pools have at most 30 and 32 characters.
  const id = boundedName(30, args.name)
  const account = new gcp.serviceaccount.Account(`${args.name}-account`, {
    accountId: id,
    project,
    displayName: `${args.namespace}/${args.serviceAccount} of ${args.home.name}`
  }, { provider })
  const member = interpolate`serviceAccount:${account.email}`
  const grant = (title: string, role: string): gcp.storage.BucketIAMMember =>
    new gcp.storage.BucketIAMMember(`${args.name}-${title}`, { bucket: args.bucket, role, member }, {
      provider
    })
  const grants = [
    grant('grant', 'roles/storage.objectAdmin'),
    grant('listing', 'roles/storage.legacyBucketReader')
  ]
  const impersonate = (caller: Output<string>): gcp.serviceaccount.IAMMember =>
    new gcp.serviceaccount.IAMMember(`${args.name}-impersonation`, {
      serviceAccountId: account.name,
      role: 'roles/iam.workloadIdentityUser',
      member: caller
    }, { provider })
  if (args.home.cloud === 'gcp') {
    const impersonation = impersonate(
      interpolate`serviceAccount:${project}.svc.id.goog[${args.namespace}/${args.serviceAccount}]`
    )
    return {
      annotations: { 'iam.gke.io/gcp-service-account': account.email },
      podLabels: {},
      environment: {},
      ready: [...grants, impersonation]
    }
  }
  const { issuer, principal } = identityPool(args, id, project, provider)
  const impersonation = impersonate(principal)
  return {
    annotations: {},
    podLabels: {},
    environment: {},
    tokenAudience: federatedAudience,
    credentialsFile: credentialsFile(issuer, account),
    ready: [...grants, impersonation]
  }
}

/** Registers a pool that takes the tokens of the cluster's service account, and nobody else's. */
function identityPool (
  args: BucketAccessArgs,
  id: string,
  project: string,
  provider: gcp.Provider
): { issuer: gcp.iam.WorkloadIdentityPoolProvider, principal: Output<string> } {
  const subject = `system:serviceaccount:${args.namespace}:${args.serviceAccount}`
  // Deleted pools keep their ids for 30 days. One that was deployed without an end keeps its id.
  const pool = new gcp.iam.WorkloadIdentityPool(`${args.name}-pool`, {
    workloadIdentityPoolId: interpolate`${boundedName(longestStart, args.name)}-${
      lifeSuffix(`${args.name}-pool`, {})
    }`,
    project,
    displayName: id
  }, { provider, ignoreChanges: ['workloadIdentityPoolId'] })
  const issuer = new gcp.iam.WorkloadIdentityPoolProvider(`${args.name}-issuer`, {
    workloadIdentityPoolId: pool.workloadIdentityPoolId,
    workloadIdentityPoolProviderId: 'cluster',
    project,
    attributeMapping: { 'google.subject': 'assertion.sub' },
    attributeCondition: `assertion.sub == '${subject}'`,
    oidc: { issuerUri: args.issuer, allowedAudiences: [federatedAudience] }
  }, { provider })
  return { issuer, principal: interpolate`principal://iam.googleapis.com/${pool.name}/subject/${subject}` }
}

/** Credentials in Google's own form, which name the token's file and hold no secret. */
function credentialsFile (
  issuer: gcp.iam.WorkloadIdentityPoolProvider,
  account: gcp.serviceaccount.Account
): Output<string> {
  return all([issuer.name, account.email]).apply(([audience, email]) =>
    JSON.stringify({
      type: 'external_account',
      audience: `//iam.googleapis.com/${audience}`,
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: 'https://sts.googleapis.com/v1/token',
      service_account_impersonation_url:
        `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
      credential_source: { file: `${tokenFolder}/token`, format: { type: 'text' } }
    })
  )
}
