/**
 * The service account that deploys a federation's phases 2 to 8 on Google Cloud, and who may act as
 * it.
 */
import * as gcp from '@pulumi/gcp'
import { type CustomResourceOptions, interpolate, type Output } from '@pulumi/pulumi'
import { boundedName } from '../components/naming.ts'
import { deployerAccountId } from '../types/deployers.ts'
import { type Federation } from '../types.ts'
import { deployedPhases, gcpPermissionsOf } from './permissions/phases.ts'

/**
 * Roles that programs grant in the project; no other, so that the account cannot make an owner.
 * Source: Google Cloud, "Set limits on granting roles".
 */
const grantable = ['roles/container.defaultNodeServiceAccount', 'roles/artifactregistry.reader']

/**
 * Registers the account, a custom role a phase, and trust in the federation's CI. Gives the
 * account's address.
 */
export function gcpDeployer (federation: Federation, options: CustomResourceOptions): Output<string> {
  const { project } = federation.accounts.gcp
  const account = new gcp.serviceaccount.Account('deploy', {
    accountId: deployerAccountId(federation),
    displayName: `Deploys ${federation.name}`,
    description: 'Phases 2 to 8'
  }, options)
  for (const phase of deployedPhases) {
    const role = new gcp.projects.IAMCustomRole(`deploy-${phase}`, {
      roleId: `${federation.name}_deploy_${phase}`.replace(/-/g, '_'),
      title: `${federation.name}: deploy ${phase}`,
      description: `What phase ${phase} of ${federation.name} asks for`,
      permissions: gcpPermissionsOf(phase, federation.links),
      stage: 'GA'
    }, options)
    new gcp.projects.IAMMember(`deploy-${phase}`, {
      project,
      role: role.name,
      member: account.member,
      condition: {
        title: 'Grants only what nodes need',
        expression: `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${
          grantable.map((name) => `'${name}'`).join(', ')
        }])`
      }
    }, options)
  }
  // What phases 3 to 8 make inside the clusters goes through Kubernetes' API, where this role is
  // the administrator's: of the federation's clusters only. Source: Google Cloud, "Configure
  // resource-based access" (services whose resources' names conditions know).
  new gcp.projects.IAMMember('deploy-clusters', {
    project,
    role: 'roles/container.admin',
    member: account.member,
    condition: {
      title: 'Clusters of the federation',
      expression: `resource.name.extract('/clusters/{name}').startsWith('${federation.name}')`
    }
  }, options)
  trustCi(federation, account, options)
  return account.email
}

function trustCi (
  federation: Federation,
  account: gcp.serviceaccount.Account,
  options: CustomResourceOptions
): void {
  const { ci } = federation
  if (!ci) return
  const pool = new gcp.iam.WorkloadIdentityPool('ci', {
    workloadIdentityPoolId: boundedName(32, federation.name, 'ci'),
    displayName: boundedName(32, federation.name, 'ci'),
    description: 'Continuous integration'
  }, options)
  new gcp.iam.WorkloadIdentityPoolProvider('ci', {
    workloadIdentityPoolId: pool.workloadIdentityPoolId,
    workloadIdentityPoolProviderId: 'oidc',
    oidc: { issuerUri: ci.issuer },
    attributeMapping: { 'google.subject': 'assertion.sub' },
    attributeCondition: `assertion.sub in [${ci.subjects.map((subject) => `'${subject}'`).join(', ')}]`
  }, options)
  for (const [index, subject] of ci.subjects.entries()) {
    new gcp.serviceaccount.IAMMember(`ci-${index}`, {
      serviceAccountId: account.name,
      role: 'roles/iam.workloadIdentityUser',
      member: interpolate`principal://iam.googleapis.com/${pool.name}/subject/${subject}`
    }, options)
  }
}
