/**
 * The check by which KMS keeps a key from being nobody's: whoever makes it or changes its policy
 * has to be able to change it again. Source: AWS KMS API Reference, CreateKey and PutKeyPolicy
 * (`BypassPolicyLockoutSafetyCheck`); words:
 * https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2843.
 */
import { type Draft, type Failure } from '../draft.ts'
import { stringAt } from '../wire-values.ts'
import { administratorArn } from './identity/administrator.ts'
import { keyVerdict } from './identity/key-policies.ts'

/** The refusal of a key's policy; undefined: KMS takes it. */
export function lockoutOf ({ inputs, account, instance }: Draft): Failure | undefined {
  const policy = stringAt(inputs, 'policy')
  if (policy === undefined || inputs.bypassPolicyLockoutSafetyCheck === true) return undefined
  const who = instance.caller?.kind === 'role' ? instance.caller.arn : administratorArn(account)
  const request = { action: 'kms:PutKeyPolicy', resource: '*', context: { get: () => undefined } }
  return ['refuses', 'denies'].includes(keyVerdict(policy, who, request))
    ? {
      status: 400,
      code: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.'
    }
    : undefined
}
