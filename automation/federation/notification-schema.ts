/** The federation file's schema of notifications: who is told of what. */
import { Type } from 'typebox'
import { closed, oneOf, someOf, text } from '../../contract/schema.ts'
import { modes, notices, operations, receiverKinds } from '../../contract/words.ts'

const mailbox = (what: string) =>
  text(`${what}: an address such as ops@example.com`, {
    maxLength: 254,
    pattern: '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$'
  })

const notificationSchema = Type.Object({
  name: text(
    'a name for the receiver: lower case letters, digits and dashes, starting with a letter, 40 at most',
    { maxLength: 40, pattern: '^[a-z][-a-z0-9]{0,39}$' }
  ),
  kind: oneOf(receiverKinds),
  secret: text(
    'the name of a secret, whose value is in WINDLASS_SECRET_<FEDERATION>__<NAME>: lower case letters, ' +
      'digits and dashes',
    { maxLength: 63, pattern: '^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$' }
  ),
  url: Type.Optional(
    text('the address of a webhook: https://, without user and password', {
      maxLength: 500,
      pattern: '^https?://[^\\s@#]+$'
    })
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
    someOf('a list of what is told', notices)
  ),
  modes: Type.Optional(someOf('a list of modes', modes)),
  operations: Type.Optional(
    someOf('a list of operations', operations)
  )
}, {
  ...closed,
  description: 'a receiver: name, kind, secret and, optionally, url, from, to, events, modes, operations'
})

export const notificationsSchema = Type.Array(notificationSchema, {
  maxItems: 50,
  description: 'a list of receivers'
})
