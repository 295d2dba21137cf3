import { resourcePolicy } from '../../policy.ts'
import { object } from '../../properties.ts'

/**
 * Label of what Velero leaves out (https://velero.io/docs/main/resource-filtering/). The next up
 * makes the Secrets of programs anew: a copy in the bucket of another cloud would only give them
 * away.
 */
const left = 'velero.io/exclude-from-backup'

export const secretsNotBackedUp = resourcePolicy({
  name: 'kubernetes-secrets-not-backed-up',
  description: 'Secrets that programs make anew are left out of backups.',
  level: 'mandatory',
  types: ['kubernetes:core/v1:Secret'],
  check: ({ props }) =>
    object(props, 'metadata.labels')?.[left] === 'true'
      ? []
      : [`set metadata.labels["${left}"] to "true"`]
})
