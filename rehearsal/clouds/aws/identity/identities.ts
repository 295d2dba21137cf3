/** The identities of AWS: roles of the world, and whoever made the account. */
import { type CloudQuery, type CloudRecord } from '../../../store.ts'
import {
  administrator,
  allowed,
  type Call,
  type Identifying,
  type Identity,
  type IdentityModel,
  type Judgement
} from '../../identity-model.ts'
import { roleType } from '../types.ts'
import { access, open } from './access.ts'
import { administratorArn } from './administrator.ts'
import { denial, type Reason } from './denials.ts'
import { type KeyPolicies, keyPoliciesIn, keyType, keyVerdict } from './key-policies.ts'
import { type Need, needsOf, resourcesOf } from './needs.ts'
import { decide, type IamRequest } from './policies.ts'
import { requestContext } from './request-context.ts'
import {
  attachmentType,
  inlineType,
  policiesOf,
  policyType,
  roleIn,
  roleNamed,
  type RolePolicies,
  trusts
} from './roles.ts'

/** Name under which a session of the unit's own role acts. */
const ownSession = 'windlass'

/** ARN of the role that a caller acts as; undefined: none. */
function roleArnOf ({ caller, actingAs }: Identifying): string | undefined {
  return caller.kind === 'role' ? caller.arn : caller.kind === 'base' ? actingAs ?? undefined : undefined
}

function looksAt (identifying: Identifying): CloudQuery[] {
  const arn = roleArnOf(identifying)
  if (arn === undefined) return []
  const { account, name } = roleIn(arn)
  const ofAccount = { pkg: 'aws', account }
  return [
    { ...ofAccount, type: roleType, id: name },
    ...[policyType, attachmentType, inlineType, keyType].map((type) => ({ ...ofAccount, type }))
  ]
}

function identify (identifying: Identifying, records: CloudRecord[]): Identity {
  const { caller, instance, actingAs, made } = identifying
  const session = caller.kind === 'role' ? caller.session : ownSession
  const bootstrap = administratorArn(instance.account)
  if (caller.kind === 'base' && actingAs === null) return bareIdentity(bootstrap)
  const arn = roleArnOf(identifying)
  if (arn === undefined) return administrator(bootstrap)
  const role = roleNamed(records, arn)
  // Nobody has made the deployer yet: whoever acts is an administrator.
  if (caller.kind !== 'role' && !role) return administrator(bootstrap)
  if (!role) {
    return made.includes(arn) ? refusedRole(arn, bootstrap) : strangeRole(arn, session)
  }
  // Whoever runs the unit takes the role first, with an identity of the account.
  const trusted = trusts(role, bootstrap, { get: () => undefined })
  return trusted === 'no' ? refusedRole(arn, bootstrap) : roleIdentity(role, arn, session, records)
}

/** A role that does not exist, or does not trust who asks: STS tells neither from the other. */
function refusedRole (arn: string, who: string): Identity {
  return {
    name: arn,
    refused: {
      status: 403,
      code: 'AccessDenied',
      message: `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${arn}`
    },
    judge: () => allowed,
    affectedBy: ({ type, id }) => type === roleType && id === roleIn(arn).name
  }
}

/** Somebody who may assume roles, and nothing else. */
function bareIdentity (arn: string): Identity {
  const policies = { statements: [], boundary: undefined, attached: new Set<string>(), unread: [] }
  const none = { who: arn, policies, keys: new Map<string, string>() }
  return { name: arn, judge: (call) => judged(call, arn, none), affectedBy: () => false }
}

/** A role that somebody made outside this world. */
function strangeRole (arn: string, session: string): Identity {
  return {
    name: sessionArn(arn, session),
    judge: () => ({ kind: 'unknown', why: `the policies of ${arn} are not in this world` }),
    affectedBy: ({ type, id }) => type === roleType && id === roleIn(arn).name
  }
}

function sessionArn (arn: string, session: string): string {
  const { account, name } = roleIn(arn)
  return `arn:aws:sts::${account}:assumed-role/${name}/${session}`
}

function roleIdentity (role: CloudRecord, arn: string, session: string, records: CloudRecord[]): Identity {
  const policies = policiesOf(role, records)
  const who = sessionArn(arn, session)
  const rights = { who: arn, policies, keys: keyPoliciesIn(records) }
  return {
    name: who,
    judge: (call) => judged(call, who, rights),
    affectedBy: ({ type, inputs, id }) =>
      (type === roleType && id === role.id) || (type === policyType && policies.attached.has(id)) ||
      type === keyType ||
      ((type === attachmentType || type === inlineType) && inputs.role === role.id)
  }
}

/** Everything that says what somebody may do. */
interface Rights {
  /** ARN of the role or user, as policies of keys name it. */
  readonly who: string
  readonly policies: RolePolicies
  readonly keys: KeyPolicies
}

/** Decides a call by each action that it asks for. */
function judged (call: Call, who: string, rights: Rights): Judgement {
  if (open.has(call.type)) return allowed
  const row = access[call.type]
  if (!row) return { kind: 'unknown', why: `no row says which actions ${call.operation} asks for` }
  const service = row.arn.split(':')[0] ?? ''
  let unknown: Judgement | undefined
  for (const need of needsOf(row, call.operation, call)) {
    const context = requestContext(call, need, { principal: who, service })
    for (const resource of resourcesOf(need, row, call)) {
      const reason = refusalOf({ action: need.action, resource, context }, rights)
      if (reason === 'unknown') unknown ??= { kind: 'unknown', why: doubt(need, rights.policies) }
      else if (reason !== undefined) {
        return { kind: 'denied', failure: denial(service, { who, action: need.action, resource, reason }) }
      }
    }
  }
  return unknown ?? allowed
}

function doubt ({ action }: Need, { unread }: RolePolicies): string {
  return unread.length > 0
    ? `${action} may be allowed by ${unread.join(', ')}, whose content is not known`
    : `${action} depends on a condition that is not known`
}

function refusalOf (request: IamRequest, { who, policies, keys }: Rights): Reason | 'unknown' | undefined {
  const policy = keys.get(request.resource)
  const byKey = policy === undefined ? 'delegates' : keyVerdict(policy, who, request)
  if (byKey === 'denies') return 'resource deny'
  if (byKey === 'refuses') return 'no resource policy'
  const verdict = decide(policies.statements, request)
  if (verdict === 'explicitly denied') return 'explicit deny'
  if (byKey === 'allows') return undefined
  if (byKey === 'unknown') return 'unknown'
  if (verdict === 'not allowed') return policies.unread.length > 0 ? 'unknown' : 'no policy'
  if (policies.boundary) {
    const bounded = decide(policies.boundary, request)
    if (bounded === 'explicitly denied') return 'explicit deny'
    if (bounded === 'not allowed') return policies.unread.length > 0 ? 'unknown' : 'boundary'
    if (bounded === 'unknown') return 'unknown'
  }
  return verdict === 'unknown' ? 'unknown' : undefined
}

export const awsIdentities: IdentityModel = { looksAt, identify }
