/**
 * Decisions of a KMS key's policy about principals of the key's account. Pure. A key's policy comes
 * before every policy of IAM: those count only where the key's lets the account itself in, and the
 * key's alone is enough for whom it names. Sources: AWS KMS Developer Guide, "Key policies",
 * "Default key policy" (a statement for the account "enables IAM policies"), "Troubleshooting key
 * access".
 */
import { type CloudRecord } from '../../../store.ts'
import { type WireValue } from '../../../wire.ts'
import { isObject, plain, stringAt } from '../../wire-values.ts'
import { conditionHolds } from './conditions.ts'
import { type IamRequest, statementsOf } from './policies.ts'

export const keyType = 'aws:kms/key:Key'

/** Policies of keys by ARN. */
export type KeyPolicies = ReadonlyMap<string, string>

/** Result of a key's policy: it allows, leaves it to policies of IAM, refuses, denies. */
export type KeyVerdict = 'allows' | 'delegates' | 'refuses' | 'denies' | 'unknown'

/** The policies of keys among records. One that was made without a policy has AWS' own. */
export function keyPoliciesIn (records: readonly CloudRecord[]): KeyPolicies {
  return new Map(
    records.filter(({ type }) => type === keyType).map((record) => [
      stringAt(plain(record.outputs), 'arn') ?? record.id,
      stringAt(plain(record.inputs), 'policy') ?? stringAt(plain(record.outputs), 'policy') ?? ''
    ])
  )
}

const listOf = (value: WireValue | undefined): string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String)

/** Tells if principals name somebody, or their whole account; undefined: neither. */
function naming (
  principals: WireValue | undefined,
  who: string
): 'principal' | 'account' | undefined {
  const named = principals === '*' ? ['*'] : isObject(principals) ? listOf(principals.AWS) : []
  if (named.includes('*') || named.includes(who)) return 'principal'
  const account = who.split(':')[4] ?? ''
  return named.includes(account) || named.includes(`arn:aws:iam::${account}:root`) ? 'account' : undefined
}

/** Decides a request by a key's policy; `who` is the ARN of a user or role of its account. */
export function keyVerdict (
  document: string,
  who: string,
  { action, resource, context }: IamRequest
): KeyVerdict {
  let [allows, delegates, uncertain] = [false, false, false]
  for (const statement of statementsOf(document) ?? []) {
    const named = naming(statement.principals, who)
    if (named === undefined || !statement.actions(action.toLowerCase())) continue
    if (statement.resources?.(resource) === false) continue
    const holds = conditionHolds(statement.condition, context)
    if (holds === 'no') continue
    if (holds === 'unknown') uncertain = true
    else if (statement.effect === 'Deny') return 'denies'
    else if (named === 'principal') allows = true
    else delegates = true
  }
  return allows ? 'allows' : delegates ? 'delegates' : uncertain ? 'unknown' : 'refuses'
}
