import { resourcePolicy } from '../../policy.ts'
import { object } from '../../properties.ts'

export const podSecurity = resourcePolicy({
  name: 'kubernetes-pod-security',
  description: 'Namespaces enforce a pod security standard.',
  level: 'advisory',
  types: ['kubernetes:core/v1:Namespace'],
  check: ({ props }) =>
    object(props, 'metadata.labels')['pod-security.kubernetes.io/enforce'] === undefined
      ? 'add the label pod-security.kubernetes.io/enforce (restricted or baseline)'
      : undefined
})
