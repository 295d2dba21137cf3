import { resourcePolicy } from '../../policy.ts'
import { object, strings } from '../../properties.ts'

const secretValue = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b/

export const noSecretsInConfigMaps = resourcePolicy({
  name: 'kubernetes-no-secrets-in-config-maps',
  description: 'Keys and credentials are in secrets, not in config maps.',
  level: 'mandatory',
  types: ['kubernetes:core/v1:ConfigMap'],
  check: ({ props }) =>
    [...strings(object(props, 'data'), 'data')].filter(([, value]) => secretValue.test(value)).map(([path]) =>
      `move ${path} into a secret`
    )
})
