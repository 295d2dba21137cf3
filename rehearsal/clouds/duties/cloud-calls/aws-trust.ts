/** Ways in which pods and services take roles of AWS. Pure. */
import { type CloudRecord } from '../../../store.ts'
import { type WireValue } from '../../../wire.ts'
import { conditionHolds, type RequestContext } from '../../aws/identity/conditions.ts'
import { keyPoliciesIn, keyVerdict } from '../../aws/identity/key-policies.ts'
import { decide, statementsOf } from '../../aws/identity/policies.ts'
import { policiesOf, roleNamed } from '../../aws/identity/roles.ts'
import { isObject, plain, stringAt } from '../../wire-values.ts'

/** Principal of a trust policy: a service, or an issuer of tokens by the ARN of its provider. */
export type Principal = { readonly Service: string } | { readonly Federated: string }

/** Condition keys of a request: it has no others. */
export function requestOf (keys: Readonly<Record<string, string>> = {}): RequestContext {
  const known = new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), [value]]))
  return { get: (key) => known.get(key) ?? [] }
}

const listOf = (value: WireValue | undefined): string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String)

/** Tells if principals of a statement include one. */
export function names (
  principals: WireValue | undefined,
  principal: Readonly<Record<string, string>>
): boolean {
  if (principals === '*') return true
  if (!isObject(principals)) return false
  return Object.entries(principal).some(([kind, name]) =>
    listOf(principals[kind]).some((one) => one === name || one === '*')
  )
}

/** Tells if a policy of a resource lets a principal make a call, by itself. */
export function letsIn (
  document: string,
  principal: Readonly<Record<string, string>>,
  { action, resource }: { action: string, resource?: string },
  context: RequestContext
): boolean {
  const statements = (statementsOf(document) ?? []).filter((one) =>
    one.actions(action.toLowerCase()) && names(one.principals, principal) &&
    (resource === undefined || one.resources?.(resource) !== false) &&
    conditionHolds(one.condition, context) === 'yes'
  )
  return statements.some(({ effect }) => effect === 'Allow') &&
    !statements.some(({ effect }) => effect === 'Deny')
}

/** Role that is taken, and how. */
export interface Taking {
  readonly arn: string
  readonly principal: Principal
  readonly actions: readonly string[]
  /** Claims of the token that it is taken with. */
  readonly keys?: Readonly<Record<string, string>>
}

/** One call that a role is needed for. */
export interface AwsCall {
  readonly action: string
  readonly resource: string
  /** Condition keys of the request. */
  readonly keys?: Readonly<Record<string, string>>
}

/** Reason why a role cannot be taken; undefined: it can. */
function untaken (role: CloudRecord, { principal, actions, keys }: Taking): string | undefined {
  const trust = stringAt(plain(role.inputs), 'assumeRolePolicy') ?? ''
  const refused = actions.find((action) =>
    !letsIn(trust, principal, { action: `sts:${action}` }, requestOf(keys))
  )
  return refused &&
    `the trust policy of role ${role.id} lets nobody of ${Object.values(principal)[0] ?? ''} ` +
      `call sts:${refused}`
}

/** Reasons why whoever takes a role cannot make its calls. */
export function refusedTo (
  taking: Taking,
  calls: readonly AwsCall[],
  records: readonly CloudRecord[]
): { to: string, why: string }[] {
  const role = roleNamed(records, taking.arn)
  if (!role) return [{ to: taking.arn, why: `there is no role ${taking.arn}` }]
  const distrust = untaken(role, taking)
  if (distrust !== undefined) return [{ to: taking.arn, why: distrust }]
  const { statements } = policiesOf(role, records)
  const policies = keyPoliciesIn(records)
  return calls.flatMap(({ action, resource, keys }) => {
    const request = { action, resource, context: requestOf(keys) }
    const policy = policies.get(resource)
    const byKey = policy === undefined ? 'delegates' : keyVerdict(policy, taking.arn, request)
    const allowed = byKey === 'allows' || (byKey === 'delegates' && decide(statements, request) === 'allowed')
    const lacking = byKey === 'delegates' ? 'identity-based' : 'resource-based'
    return allowed ? [] : [{
      to: resource,
      why: `role ${role.id} is not authorized to perform: ${action} on resource: ${resource} because no ` +
        `${lacking} policy allows the ${action} action`
    }]
  })
}
