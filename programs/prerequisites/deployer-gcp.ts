/**
 * The service account that deploys a federation's phases 2 to 8 on Google Cloud, and who may act as
 * it.
 */
import * as gcp from '@pulumi/gcp'
import { type CustomResourceOptions, interpolate, type Output } from '@pulumi/pulumi'
import { type GrantOptions } from '../components/grants.ts'
import { lifeSuffix } from '../components/life-suffix.ts'
import { boundedName } from '../components/naming.ts'
import { deployerAccountId } from '../types/deployers.ts'
import { type Federation } from '../types.ts'
import { addedBy, gcpPermissionsOf, phasesWithRoles } from './permissions/phases.ts'

/**
 * Roles that programs grant in the project; no other, so that the account cannot make an owner.
 * Source: Google Cloud, "Set limits on granting roles".
 */
const grantable = ['roles/container.defaultNodeServiceAccount', 'roles/artifactregistry.reader']

/** Characters of a pool's id before its end: 32 at most in all. */
const longestPoolStart = 23
/** Characters of a role's id before its end: 64 at most in all. */
const longestRoleStart = 55

/**
 * Registers the account, a custom role a phase, and trust in the federation's CI. Gives the
 * account's address. `granted`: options of grants that the next phase uses.
 */
export function gcpDeployer (
  federation: Federation,
  options: CustomResourceOptions,
  granted: GrantOptions
): Output<string> {
  const { project } = federation.accounts.gcp
  const account = new gcp.serviceaccount.Account('deploy', {
    accountId: deployerAccountId(federation),
    displayName: `Deploys ${federation.name}`,
    description: 'Phases 2 to 8'
  }, options)
  // A role's id stays taken for up to 37 days after its deletion, of which the provider recovers it
  // in the first seven only. A role that was deployed without an end of its own keeps its id.
  const life = lifeSuffix('deploy', options)
  for (const phase of phasesWithRoles('gcp', federation)) {
    const permissions = addedBy(phase, (one) => gcpPermissionsOf(one, federation))
    const start = `${federation.name}_deploy_${phase}`.replace(/-/g, '_').slice(0, longestRoleStart)
    const role = new gcp.projects.IAMCustomRole(`deploy-${phase}`, {
      roleId: interpolate`${start}_${life}`,
      title: `${federation.name}: deploy ${phase}`,
      description: `What phase ${phase} of ${federation.name} asks for`,
      permissions,
      stage: 'GA'
    }, { ...options, ignoreChanges: ['roleId'] })
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
    }, { ...options, ...granted })
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
  }, { ...options, ...granted })
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
  // Deleted pools keep their ids for 30 days.
  const pool = new gcp.iam.WorkloadIdentityPool('ci', {
    workloadIdentityPoolId: interpolate`${boundedName(longestPoolStart, federation.name, 'ci')}-${
      lifeSuffix('ci', options)
    }`,
    displayName: boundedName(32, federation.name, 'ci'),
    description: 'Continuous integration'
  }, { ...options, ignoreChanges: ['workloadIdentityPoolId'] })
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
