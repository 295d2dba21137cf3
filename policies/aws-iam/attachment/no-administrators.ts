import { resourcePolicy } from '../../policy.ts'
import { text } from '../../properties.ts'

const broad =
  /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess|job-function\/SystemAdministrator)$/

export const iamNoAdministrators = resourcePolicy({
  name: 'aws-iam-no-administrators',
  description: 'No role is an administrator of the account.',
  level: 'mandatory',
  types: [
    'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
    'aws:iam/policyAttachment:PolicyAttachment',
    'aws:iam/userPolicyAttachment:UserPolicyAttachment'
  ],
  check: ({ props }) =>
    broad.test(text(props, 'policyArn') ?? '')
      ? 'attach a policy with the actions that are needed instead'
      : undefined
})
