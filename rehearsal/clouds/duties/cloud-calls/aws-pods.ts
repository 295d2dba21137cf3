/**
 * Ways in which pods get a role of AWS, as their release's values name it. Pure. In this order, of
 * which the first counts: a role in their environment, an association of EKS, an annotation of
 * their service account on EKS. Sources:
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html (web identity
 * before containers' credentials), aws/amazon-eks-pod-identity-webhook pkg/handler/handler.go
 * (an association comes before an annotation, and neither changes what the pod names itself).
 */
import { type CloudRecord } from '../../../store.ts'
import { subjectOf } from '../../kubernetes/service-account-token.ts'
import { plain, stringAt, stringsAt } from '../../wire-values.ts'
import { type PodIdentity } from '../stores.ts'
import { type Taking } from './aws-trust.ts'
import { bareIssuer, issuerOf } from './clusters.ts'

const associationType = 'aws:eks/podIdentityAssociation:PodIdentityAssociation'
const providerType = 'aws:iam/openIdConnectProvider:OpenIdConnectProvider'
const podActions = ['AssumeRole', 'TagSession']
/** Audience of the tokens that EKS gives to pods whose account names a role. */
const usualAudience = 'sts.amazonaws.com'

/** Pods' role, or the reason why they have none. */
export type FoundRole =
  | { readonly taking: Taking, readonly why?: never }
  | { readonly why: string, readonly to: string, readonly taking?: never }

/** The refusal of pods on EKS for which nobody has a role. */
export const noRole = {
  to: 'AWS',
  why: 'no pod identity association gives its service account a role'
} as const satisfies FoundRole

/** The taking of a role by EKS' agent. */
export function byAgent (arn: string): Taking {
  return { arn, principal: { Service: 'pods.eks.amazonaws.com' }, actions: podActions }
}

/** Role that an association gives to a service account of a cluster. */
export function associatedRole (
  records: readonly CloudRecord[],
  cluster: string,
  { namespace, account }: Pick<PodIdentity, 'namespace' | 'account'>
): string | undefined {
  const found = records.find(({ type, inputs }) => {
    const given = plain(inputs)
    return type === associationType && stringAt(given, 'clusterName') === cluster &&
      stringAt(given, 'namespace') === namespace && stringAt(given, 'serviceAccount') === account
  })
  return found && stringAt(plain(found.inputs), 'roleArn')
}

/** Finds the role that pods of a cluster get. */
export function roleOfPods (
  pods: Pick<PodIdentity, 'namespace' | 'account' | 'annotations' | 'environment' | 'audiences'>,
  cluster: CloudRecord | undefined,
  records: readonly CloudRecord[]
): FoundRole {
  const own = pods.environment.get('AWS_ROLE_ARN')
  if (own !== undefined) return byToken(own, pods, pods.audiences, cluster, records)
  if (cluster?.pkg !== 'aws') return { to: 'AWS', why: 'no role is in the environment of its pods' }
  const associated = associatedRole(records, cluster.name, pods)
  if (associated !== undefined) return { taking: byAgent(associated) }
  const annotated = textOf(pods.annotations['eks.amazonaws.com/role-arn'])
  if (annotated === undefined) return noRole
  const audience = textOf(pods.annotations['eks.amazonaws.com/audience']) ?? usualAudience
  return byToken(annotated, pods, [audience], cluster, records)
}

const textOf = (value: unknown): string | undefined => typeof value === 'string' ? value : undefined

/**
 * A role that a token of the cluster's issuer is exchanged for: the role's account has to know the
 * issuer, and to take tokens for this audience.
 */
function byToken (
  arn: string,
  pods: Pick<PodIdentity, 'namespace' | 'account'>,
  audiences: readonly string[],
  cluster: CloudRecord | undefined,
  records: readonly CloudRecord[]
): FoundRole {
  const issuer = issuerOf(cluster)
  const owner = arn.split(':')[4] ?? ''
  const provider = records.find((record) =>
    record.type === providerType && record.account === owner &&
    bareIssuer(stringAt(plain(record.inputs), 'url') ?? '') === issuer
  )
  if (!provider) {
    const why = `InvalidIdentityToken: No OpenIDConnect provider found in your account for https://${issuer}`
    return { to: arn, why }
  }
  const taken = stringsAt(plain(provider.inputs), 'clientIdLists[]')
  const audience = audiences.find((one) => taken.includes(one))
  if (audience === undefined) return { to: arn, why: 'InvalidIdentityToken: Incorrect token audience' }
  const subject = subjectOf(pods)
  return {
    taking: {
      arn,
      principal: { Federated: `arn:aws:iam::${owner}:oidc-provider/${issuer}` },
      actions: ['AssumeRoleWithWebIdentity'],
      keys: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subject }
    }
  }
}
