import { resourcePolicy } from '../../policy.ts'
import { list, text } from '../../properties.ts'

export const rbacNoWildcards = resourcePolicy({
  name: 'kubernetes-rbac-no-wildcards',
  description: 'Roles name their verbs and resources, and nobody is bound to cluster-admin.',
  level: 'mandatory',
  types: [
    'kubernetes:rbac.authorization.k8s.io/v1:Role',
    'kubernetes:rbac.authorization.k8s.io/v1:ClusterRole',
    'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding',
    'kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding'
  ],
  check: ({ type, props }) => {
    if (type.endsWith('Binding')) {
      return text(props, 'roleRef.name') === 'cluster-admin'
        ? 'bind a role with what is needed instead of cluster-admin'
        : undefined
    }
    return list(props, 'rules').flatMap((rule, index) =>
      ['verbs', 'resources', 'apiGroups'].filter((field) => list(rule, field).includes('*')).map((field) =>
        `name the ${field} of rules[${index}] instead of *`
      )
    )
  }
})
