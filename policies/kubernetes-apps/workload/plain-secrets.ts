import { resourcePolicy } from '../../policy.ts'
import { list, text } from '../../properties.ts'
import { containersOf, workloadTypes } from '../../workloads.ts'

const secretName = /(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIALS?|CONNECTION_?STRING)$/i
/** Values that can be nothing but a secret, whatever their name. */
const secretValue = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|:\/\/[^/\s:@]+:[^/\s:@]+@/

export const noPlainSecrets = resourcePolicy({
  name: 'kubernetes-no-plain-secrets',
  description: 'Secrets come from Kubernetes secrets, not from plain environment variables.',
  level: 'mandatory',
  types: workloadTypes,
  check: (subject) =>
    containersOf(subject).flatMap(({ path, container }) =>
      list(container, 'env').flatMap((variable, index) => {
        const [name, value] = [text(variable, 'name') ?? '', text(variable, 'value')]
        // The value itself is never part of what is said.
        return value !== undefined && value !== '' && (secretName.test(name) || secretValue.test(value))
          ? [`read ${path}.env[${index}] (${name}) from a secret, by valueFrom.secretKeyRef`]
          : []
      })
    )
})
