/** Roles of the world's accounts: their policies, and who may assume them. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { type WireValue } from '../../../wire.ts'
import { isObject, plain, stringAt } from '../../wire-values.ts'
import { roleType } from '../types.ts'
import { conditionHolds, type RequestContext } from './conditions.ts'
import { managedPolicy } from './managed-policies.ts'
import { type Statement, statementsOf } from './policies.ts'

export const policyType = 'aws:iam/policy:Policy'
export const attachmentType = 'aws:iam/rolePolicyAttachment:RolePolicyAttachment'
export const inlineType = 'aws:iam/rolePolicy:RolePolicy'

/** Rights of a role. */
export interface RolePolicies {
  statements: readonly Statement[]
  /** Statements of the permissions boundary; undefined: it has none. */
  boundary: readonly Statement[] | undefined
  /** ARNs of attached policies. */
  attached: ReadonlySet<string>
  /** ARNs of policies whose content is not known. */
  unread: readonly string[]
}

/** Account and name in a role's ARN. */
export function roleIn (arn: string): { account: string, name: string } {
  const [, , , , account = '', ...resource] = arn.split(':')
  return { account, name: resource.join(':').split('/').at(-1) ?? '' }
}

/** The record of a role among others. */
export function roleNamed (records: readonly CloudRecord[], arn: string): CloudRecord | undefined {
  const { account, name } = roleIn(arn)
  return records.find((record) =>
    record.type === roleType && record.account === account && record.id === name
  )
}

const documentOf = (record: CloudRecord): readonly Statement[] =>
  statementsOf(stringAt(plain(record.inputs), 'policy') ?? '') ?? []

/** Collects the policies of a role. */
export function policiesOf (role: CloudRecord, records: readonly CloudRecord[]): RolePolicies {
  const ofRole = (type: string): CloudRecord[] =>
    records.filter((record) => record.type === type && stringAt(plain(record.inputs), 'role') === role.id)
  const statements: Statement[] = ofRole(inlineType).flatMap(documentOf)
  const attached = new Set<string>()
  const unread: string[] = []
  const policy = (arn: string): readonly Statement[] => {
    const managed = managedPolicy(arn)
    if (managed !== undefined) return statementsOf(managed) ?? []
    const record = records.find(({ type, id }) => type === policyType && id === arn)
    if (record) return documentOf(record)
    unread.push(arn)
    return []
  }
  for (const attachment of ofRole(attachmentType)) {
    const arn = stringAt(plain(attachment.inputs), 'policyArn') ?? ''
    attached.add(arn)
    statements.push(...policy(arn))
  }
  const boundary = stringAt(plain(role.inputs), 'permissionsBoundary')
  return { statements, boundary: boundary === undefined ? undefined : policy(boundary), attached, unread }
}

const listOf = (value: WireValue | undefined): string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String)

/** Tells if a statement's principals include one of an account. */
function includes (principals: WireValue | undefined, arn: string, account: string): boolean {
  if (principals === '*') return true
  if (!isObject(principals)) return false
  return listOf(principals.AWS).some((principal) =>
    principal === '*' || principal === arn || principal === account ||
    principal === `arn:aws:iam::${account}:root`
  )
}

/** Decides if a role's trust lets a principal assume it. */
export function trusts (
  role: CloudRecord,
  principal: string,
  context: RequestContext
): 'yes' | 'no' | 'unknown' {
  const statements = statementsOf(stringAt(plain(role.inputs), 'assumeRolePolicy') ?? '') ?? []
  const account = principal.split(':')[4] ?? ''
  let result: 'no' | 'unknown' = 'no'
  for (const { effect, actions, principals, condition } of statements) {
    if (!actions('sts:assumerole') || !includes(principals, principal, account)) continue
    const holds = conditionHolds(condition, context)
    if (holds === 'no') continue
    if (effect === 'Deny') return 'no'
    if (holds === 'yes') return 'yes'
    result = 'unknown'
  }
  return result
}
