/**
 * Identities of Azure that pods act as, as their release's values name it. Pure. A client id in
 * their environment counts before the annotation of their service account, which a webhook of AKS
 * hands on to pods with its label. Sources:
 * https://azure.github.io/azure-workload-identity/docs/installation/mutating-admission-webhook.html,
 * https://learn.microsoft.com/azure/aks/workload-identity-overview (label, annotation),
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations (issuer,
 * subject and audience have to match), https://learn.microsoft.com/entra/identity-platform/
 * reference-error-codes.
 */
import { type CloudRecord } from '../../../store.ts'
import { subjectOf } from '../../kubernetes/service-account-token.ts'
import { settingsOf } from '../../network/records.ts'
import { plain, stringAt, stringsAt, valueAt } from '../../wire-values.ts'
import { type PodIdentity } from '../stores.ts'
import { bareIssuer, issuerOf } from './clusters.ts'

const identityType = 'azure-native:managedidentity:UserAssignedIdentity'
const credentialType = 'azure-native:managedidentity:FederatedIdentityCredential'
/** Audience of the tokens that the webhook has projected. */
const usualAudience = 'api://AzureADTokenExchange'

/** Resource id of the identity that pods act as, or the reason why they are nobody. */
export type FoundIdentity =
  | { readonly identity: string, readonly why?: never }
  | { readonly why: string, readonly identity?: never }

/** Finds the identity that pods of a cluster act as. */
export function identityOfPods (
  pods: PodIdentity,
  cluster: CloudRecord | undefined,
  records: readonly CloudRecord[]
): FoundIdentity {
  const injects = cluster?.pkg === 'azure-native' &&
    valueAt(settingsOf(cluster), 'securityProfile.workloadIdentity.enabled') === true &&
    pods.labels['azure.workload.identity/use'] === 'true'
  const annotated = pods.annotations['azure.workload.identity/client-id']
  const client = pods.environment.get('AZURE_CLIENT_ID') ??
    (injects && typeof annotated === 'string' ? annotated : undefined)
  if (client === undefined) return { why: 'DefaultAzureCredential: failed to acquire a token: no client ID' }
  const identity = records.find(({ type, outputs }) =>
    type === identityType && stringAt(plain(outputs), 'clientId') === client
  )
  if (!identity) {
    return { why: `AADSTS700016: Application with identifier '${client}' was not found in the directory` }
  }
  const subject = subjectOf(pods)
  const audiences = injects ? [...pods.audiences, usualAudience] : pods.audiences
  const trusted = records.some((record) => {
    const given = plain(record.inputs)
    return record.type === credentialType &&
      record.id.toLowerCase().startsWith(`${identity.id.toLowerCase()}/`) &&
      bareIssuer(stringAt(given, 'issuer') ?? '') === issuerOf(cluster) &&
      stringAt(given, 'subject') === subject &&
      stringsAt(given, 'audiences[]').some((one) => audiences.includes(one))
  })
  return trusted ? { identity: identity.id } : {
    why: 'AADSTS700213: No matching federated identity record found for presented assertion subject ' +
      `'${subject}'`
  }
}
