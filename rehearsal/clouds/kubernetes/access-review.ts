/**
 * Role-based access of service accounts, as the API server's authorizer judges it
 * (plugin/pkg/auth/authorizer/rbac/rbac.go). Pure.
 */
import { type CloudQuery } from '../../store.ts'
import { type WireObject } from '../../wire.ts'
import { isObject, objectAt, stringAt, stringsAt, valuesAt } from '../wire-values.ts'
import { type ClusterView } from './cluster-view.ts'

const rbac = 'kubernetes:rbac.authorization.k8s.io/v1:'
const kinds = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']

/** A request of a service account to its own API server. */
export interface Access {
  /** `namespace:name` of the account, as in `system:serviceaccount:namespace:name`. */
  account: string
  verb: string
  group: string
  resource: string
  namespace: string
  name: string
}

/** Queries for all that says what accounts of a cluster may do. */
export function accessQueries (account: string): CloudQuery[] {
  return kinds.map((kind) => ({ pkg: 'kubernetes', account, type: `${rbac}${kind}` }))
}

const allows = (list: string[], value: string): boolean => list.includes('*') || list.includes(value)

function ruleAllows (rule: unknown, access: Access): boolean {
  if (!isObject(rule)) return false
  const names = stringsAt(rule, 'resourceNames[]')
  return allows(stringsAt(rule, 'verbs[]'), access.verb) &&
    allows(stringsAt(rule, 'apiGroups[]'), access.group) &&
    allows(stringsAt(rule, 'resources[]'), access.resource) &&
    (names.length === 0 || names.includes(access.name))
}

/** Tells if a binding is about the account, by its name or by the groups that it is in. */
function binds (binding: WireObject, account: string, bindingNamespace: string): boolean {
  const [namespace = '', name = ''] = account.split(':')
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated']
  return valuesAt(binding, 'subjects[]').filter(isObject).some((subject) =>
    subject.kind === 'ServiceAccount'
      ? subject.name === name && (stringAt(subject, 'namespace') ?? bindingNamespace) === namespace
      : subject.kind === 'Group'
      ? groups.includes(stringAt(subject, 'name') ?? '')
      : subject.name === `system:serviceaccount:${account}`
  )
}

/** The API server's refusal of a request; undefined when a role allows it. */
export function accessRefusal (access: Access, view: ClusterView): string | undefined {
  const { account, verb, group, resource, namespace, name } = access
  const rulesOf = (binding: WireObject, space: string): unknown[] => {
    const ref = objectAt(binding, 'roleRef')
    const role = ref.kind === 'ClusterRole'
      ? view.get(`${rbac}ClusterRole`, stringAt(ref, 'name') ?? '')
      : view.get(`${rbac}Role`, stringAt(ref, 'name') ?? '', space)
    return role ? valuesAt(role, 'rules[]') : []
  }
  const bindings = [
    ...view.of(`${rbac}RoleBinding`).filter(({ record }) => record.id.startsWith(`${namespace}/`)),
    ...view.of(`${rbac}ClusterRoleBinding`)
  ]
  const allowed = bindings.some(({ object }) =>
    binds(object, account, namespace) && rulesOf(object, namespace).some((rule) => ruleAllows(rule, access))
  )
  return allowed
    ? undefined
    : `${resource}${group === '' ? '' : `.${group}`} "${name}" is forbidden: User ` +
      `"system:serviceaccount:${account}" cannot ${verb} resource "${resource}" in API group "${group}" in ` +
      `the namespace "${namespace}"`
}
