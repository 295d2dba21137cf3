/** Issuers of tokens that an account knows and by whose tokens nobody can act. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { statementsOf } from '../../aws/identity/policies.ts'
import { plain, stringAt } from '../../wire-values.ts'
import { names } from './aws-trust.ts'
import { bareIssuer } from './clusters.ts'
import { type Claim, type RefusedCloudCall } from './refused-call.ts'

const claim: Claim = {
  claim: 'whoever has a token of an issuer that an account knows may act as somebody there',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html, ' +
    'https://cloud.google.com/iam/docs/workload-identity-federation'
}

/** EKS' own issuers serve pods that ask for roles by annotation; clusters may have none. */
const ownIssuer = /\/oidc\.eks\.[a-z0-9-]+\.amazonaws\.com\//

function onAws (records: readonly CloudRecord[]): RefusedCloudCall[] {
  const trusts = records.filter(({ type }) => type === 'aws:iam/role:Role').flatMap(({ inputs }) =>
    statementsOf(stringAt(plain(inputs), 'assumeRolePolicy') ?? '') ?? []
  )
  return records.filter(({ type }) => type === 'aws:iam/openIdConnectProvider:OpenIdConnectProvider')
    .filter(({ inputs }) => !ownIssuer.test(`${stringAt(plain(inputs), 'url') ?? ''}/`))
    .map((of) => {
      const url = bareIssuer(stringAt(plain(of.inputs), 'url') ?? '')
      return { of, arn: `arn:aws:iam::${of.account}:oidc-provider/${url}` }
    })
    .filter(({ arn }) =>
      !trusts.some((one) =>
        one.effect === 'Allow' && one.actions('sts:assumerolewithwebidentity') &&
        names(one.principals, { Federated: arn })
      )
    )
    .map(({ of, arn }) => ({
      ...claim,
      of,
      from: arn,
      to: 'roles of the account',
      why: 'Not authorized to perform sts:AssumeRoleWithWebIdentity: no role trusts the provider'
    }))
}

function onGcp (records: readonly CloudRecord[]): RefusedCloudCall[] {
  const members = records.filter(({ type }) => type === 'gcp:serviceaccount/iAMMember:IAMMember')
    .map(({ inputs }) => stringAt(plain(inputs), 'member') ?? '')
  return records.filter(({ type }) => type === 'gcp:iam/workloadIdentityPool:WorkloadIdentityPool')
    .map((of) => ({ of, pool: stringAt(plain(of.inputs), 'workloadIdentityPoolId') ?? '' }))
    .filter(({ pool }) => !members.some((member) => member.includes(`/workloadIdentityPools/${pool}/`)))
    .map(({ of, pool }) => ({
      ...claim,
      of,
      from: pool,
      to: 'service accounts of the project',
      why: "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist): no " +
        'service account lets members of the pool act as it'
    }))
}

/** Lists issuers that accounts know and that nobody can act by. */
export function refusedIssuers (records: readonly CloudRecord[]): RefusedCloudCall[] {
  return [...onAws(records), ...onGcp(records)]
}
