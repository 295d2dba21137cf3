/** Schema of the `policies` section of a federation file. */
import { Type } from 'typebox'
import { closed, list, oneOf, optional, text } from '../../contract/schema.ts'
import { enforcements } from '../../contract/words.ts'

const policyName = text('the name of a policy, such as kubernetes-non-root', {
  maxLength: 80,
  pattern: '^[a-z][-a-z0-9]{0,79}$'
})
export const policiesSchema = Type.Object({
  enforcement: optional(
    Type.Record(policyName, oneOf(enforcements), {
      description: 'a mapping of names of policies, or all, to mandatory, advisory or disabled'
    })
  ),
  exceptions: optional(list(
    Type.Object({
      policy: policyName,
      resource: text(
        'a pattern of URNs, * for any text, such as "*::kubernetes:apps/v1:DaemonSet::node-tuning"',
        { maxLength: 500 }
      ),
      reason: text('why the exception is made', { maxLength: 1000, pattern: '\\S.{9,}' }),
      expires: text(
        'the last day on which it applies, such as "2027-03-31"',
        { maxLength: 10, pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' }
      )
    }, { ...closed, description: 'an exception: policy, resource, reason, expires' }),
    'a list of exceptions'
  ))
}, { ...closed, description: 'a mapping: enforcement, exceptions' })
