/**
 * Members of Google Cloud's policies that pods act as, as their release's values name it. Pure. A
 * credentials file counts before the metadata server of their node. Sources:
 * https://cloud.google.com/docs/authentication/application-default-credentials,
 * https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity (all clusters of a
 * project share its pool, and the annotation alone says which account is meant),
 * https://cloud.google.com/iam/docs/workload-identity-federation (audience, condition, subject),
 * https://github.com/google-github-actions/auth/blob/main/docs/TROUBLESHOOTING.md (words).
 */
import { type CloudRecord } from '../../../store.ts'
import { type WireObject } from '../../../wire.ts'
import { predefined } from '../../gcp/identity/permissions.ts'
import { subjectOf } from '../../kubernetes/service-account-token.ts'
import { lastPart, settingsOf } from '../../network/records.ts'
import { plain, stringAt, stringsAt } from '../../wire-values.ts'
import { type PodIdentity } from '../stores.ts'
import { bareIssuer, issuerOf } from './clusters.ts'

const providerType = 'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider'
const accountGrant = 'gcp:serviceaccount/iAMMember:IAMMember'
const projectGrant = 'gcp:projects/iAMMember:IAMMember'
const tokens = 'iam.serviceAccounts.getAccessToken'

/** Member that pods act as, such as `serviceAccount:x@…`, or the reason why they are nobody. */
export type FoundMember =
  | { readonly member: string, readonly why?: never }
  | { readonly why: string, readonly member?: never }

const at = (record: CloudRecord, path: string): string => stringAt(plain(record.inputs), path) ?? ''

/** Finds the member that pods of a cluster act as. */
export function memberOfPods (
  pods: PodIdentity,
  cluster: CloudRecord | undefined,
  records: readonly CloudRecord[]
): FoundMember {
  if (pods.credentials) return byFile(pods, pods.credentials, cluster, records)
  if (cluster?.pkg !== 'gcp') return { why: 'google: could not find default credentials' }
  const node = unguarded(cluster, records)
  if (node !== undefined) return { member: `serviceAccount:${node}` }
  const pool = stringAt(settingsOf(cluster), 'workloadIdentityConfig.workloadPool') ?? ''
  const own = `${pods.namespace}/${pods.account}`
  const account = pods.annotations['iam.gke.io/gcp-service-account']
  return typeof account === 'string'
    ? impersonated(account, `serviceAccount:${pool}[${own}]`, records)
    : { member: `serviceAccount:${pool}[${own}]` }
}

/** Account of nodes whose metadata server gives pods the node's own tokens; undefined: none. */
function unguarded (cluster: CloudRecord, records: readonly CloudRecord[]): string | undefined {
  const pools = records.filter((record) =>
    record.type === 'gcp:container/nodePool:NodePool' && lastPart(at(record, 'cluster')) === cluster.name
  )
  const shared = stringAt(settingsOf(cluster), 'workloadIdentityConfig.workloadPool') === undefined
  const open = pools.find((pool) =>
    shared || at(pool, 'nodeConfig.workloadMetadataConfig.mode') !== 'GKE_METADATA'
  )
  return open && at(open, 'nodeConfig.serviceAccount')
}

/** A service account, if the member may act as it. */
function impersonated (account: string, member: string, records: readonly CloudRecord[]): FoundMember {
  const granted = records.some((record) =>
    ((record.type === accountGrant && lastPart(at(record, 'serviceAccountId')) === account) ||
      record.type === projectGrant) &&
    at(record, 'member') === member &&
    (predefined[at(record, 'role')]?.includes(tokens) ?? false)
  )
  return granted ? { member: `serviceAccount:${account}` } : {
    why: `Permission '${tokens}' denied on resource (or it may not exist): ${member} may not act as ` +
      `${account}`
  }
}

/** The member that a token of a cluster's issuer is exchanged for. */
function byFile (
  pods: PodIdentity,
  file: WireObject,
  cluster: CloudRecord | undefined,
  records: readonly CloudRecord[]
): FoundMember {
  const name = (stringAt(file, 'audience') ?? '').replace(/^\/\/iam\.googleapis\.com\//, '')
  const provider = records.find((record) =>
    record.type === providerType &&
    (record.id === name || stringAt(plain(record.outputs), 'name') === name)
  )
  if (!provider) return { why: `invalid_target: The target service indicated by ${name} is invalid` }
  const subject = subjectOf(pods)
  const refusal = refusedToken(provider, {
    issuer: issuerOf(cluster),
    audiences: pods.audiences,
    subject,
    name
  })
  if (refusal !== undefined) return { why: refusal }
  const principal = `principal://iam.googleapis.com/${
    name.replace(/\/providers\/[^/]+$/, '')
  }/subject/${subject}`
  const [, email] = /\/serviceAccounts\/([^/:]+):generateAccessToken$/.exec(
    stringAt(file, 'service_account_impersonation_url') ?? ''
  ) ?? []
  return email === undefined ? { member: principal } : impersonated(email, principal, records)
}

/** Reason why a provider does not take a token; undefined: it does. */
function refusedToken (
  provider: CloudRecord,
  token: { issuer: string, audiences: readonly string[], subject: string, name: string }
): string | undefined {
  const issuer = at(provider, 'oidc.issuerUri')
  if (bareIssuer(issuer) !== token.issuer) {
    return `invalid_grant: The issuer in ID Token https://${token.issuer} does not match the expected ` +
      `ones: ${issuer}`
  }
  const allowed = stringsAt(plain(provider.inputs), 'oidc.allowedAudiences[]')
  const wanted = allowed.length > 0 ? allowed : [`https://iam.googleapis.com/${token.name}`]
  if (!token.audiences.some((one) => wanted.includes(one))) {
    return `invalid_grant: The audience in ID Token [${token.audiences.join(', ')}] does not match the ` +
      'expected audience'
  }
  const condition = at(provider, 'attributeCondition')
  const subjects = subjectsIn(condition)
  if (condition === '' || subjects?.includes(token.subject)) return undefined
  return subjects
    ? 'unauthorized_client: The given credential is rejected by the attribute condition'
    : `nothing known says whether the condition ${condition} takes ${token.subject}`
}

/** Subjects that a condition takes; undefined for one of another form. */
function subjectsIn (condition: string): string[] | undefined {
  const [, one, list] = /^assertion\.sub (?:== '([^']*)'|in \[([^\]]*)\])$/.exec(condition) ?? []
  return one === undefined ? list?.split(',').map((part) => part.trim().replace(/^'|'$/g, '')) : [one]
}
