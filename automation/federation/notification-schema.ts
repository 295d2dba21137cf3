/** The federation file's schema of notifications: who is told of what. */
import { Type } from 'typebox'

const closed = { additionalProperties: false } as const
const text = (what: string, pattern: string, maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern, description: what })
const words = <T extends string[]>(what: string, ...values: readonly [...T]) =>
  Type.Array(Type.Enum<T>(values, { description: `one of ${values.join(', ')}` }), {
    minItems: 1,
    uniqueItems: true,
    description: `${what}: ${values.join(', ')}`
  })
const mailbox = (what: string) =>
  text(`${what}: an address such as ops@example.com`, '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$', 254)

const notificationSchema = Type.Object({
  name: text(
    'a name for the receiver: lower case letters, digits and dashes, starting with a letter, 40 at most',
    '^[a-z][-a-z0-9]{0,39}$',
    40
  ),
  kind: Type.Enum(['slack', 'pagerduty', 'email', 'webhook'], {
    description: 'one of slack, pagerduty, email, webhook'
  }),
  secret: text(
    'the name of a secret, whose value is in WINDLASS_SECRET_<NAME>: lower case letters, digits and dashes',
    '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$',
    63
  ),
  url: Type.Optional(
    text('the address of a webhook: https://, without user and password', '^https?://[^\\s@#]+$', 500)
  ),
  from: Type.Optional(mailbox('who an e-mail is from')),
  to: Type.Optional(
    Type.Array(mailbox('who an e-mail is for'), {
      minItems: 1,
      maxItems: 50,
      description: 'a list of one to 50 addresses'
    })
  ),
  events: Type.Optional(
    words(
      'a list of what is told',
      'queued',
      'started',
      'waiting',
      'window',
      'approved',
      'rejected',
      'canceling',
      'resumed',
      'continued',
      'drift',
      'policy-mandatory',
      'policy-advisory',
      'unit-failed',
      'succeeded',
      'failed',
      'canceled'
    )
  ),
  modes: Type.Optional(words('a list of modes', 'rehearsal', 'live')),
  operations: Type.Optional(
    words('a list of operations', 'up', 'preview', 'refresh', 'destroy', 'drift-check')
  )
}, {
  ...closed,
  description: 'a receiver: name, kind, secret and, when wanted, url, from, to, events, modes, operations'
})

export const notificationsSchema = Type.Array(notificationSchema, {
  maxItems: 50,
  description: 'a list of receivers'
})
