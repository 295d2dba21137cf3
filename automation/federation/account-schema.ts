/** Schema of the `accounts` section of a federation file. */
import { Type } from 'typebox'
import { closed, optional, text } from '../../contract/schema.ts'

export const accountsSchema = Type.Object({
  aws: optional(Type.Object({
    accountId: text('an AWS account id in quotes: 12 digits', { maxLength: 12, pattern: '^[0-9]{12}$' }),
    roleArn: optional(
      text(
        'the ARN of the role to assume, such as arn:aws:iam::123456789012:role/windlass',
        {
          maxLength: 560,
          pattern: '^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}$'
        }
      )
    )
  }, { ...closed, description: 'a mapping: accountId and, optionally, roleArn' })),
  gcp: optional(Type.Object({
    project: text('a Google Cloud project id', {
      maxLength: 30,
      pattern: '^[a-z][-a-z0-9]{4,28}[a-z0-9]$'
    }),
    impersonateServiceAccount: optional(
      text(
        "a service account's address, such as windlass@project.iam.gserviceaccount.com",
        {
          maxLength: 100,
          pattern: '^[a-z][-a-z0-9]{4,28}[a-z0-9]@[a-z][-a-z0-9]{4,28}[a-z0-9]\\.iam\\.gserviceaccount\\.com$'
        }
      )
    )
  }, { ...closed, description: 'a mapping: project and, optionally, impersonateServiceAccount' })),
  azure: optional(Type.Object({
    subscriptionId: text('a subscription id: a UUID', {
      maxLength: 36,
      pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    }),
    tenantId: text('a tenant id: a UUID', {
      maxLength: 36,
      pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    }),
    clientId: optional(
      text(
        'the client id of the application or managed identity to act as: a UUID',
        { maxLength: 36, pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }
      )
    )
  }, { ...closed, description: 'a mapping: subscriptionId, tenantId and, optionally, clientId' }))
}, { ...closed, description: 'a mapping of aws, gcp, azure to the accounts deployed into' })
