/** The audit log on the wire. */
import { Type, type Static } from 'typebox'
import { actorSchema } from './access.ts'
import { closed, oneOf, ref, storableText, time, count } from './schema.ts'

export const auditEntrySchema = Type.Object({
  seq: Type.Integer({
    minimum: 1,
    description: 'the number of the entry: numbers start at 1 and have no gaps'
  }),
  time: time('when it happened'),
  format: Type.Optional(
    Type.Integer({ minimum: 2, description: 'the format of the entry; absent: the first, 1' })
  ),
  action: Type.String({ description: 'the action, such as deployment.launched' }),
  outcome: oneOf(['done', 'denied'], { description: 'whether it was done or denied' }),
  actor: Type.Optional(ref(actorSchema)),
  origin: Type.Optional(Type.Object({
    address: Type.Optional(Type.String({ description: "the caller's address" })),
    requestId: Type.Optional(Type.String({ description: 'the id of the request' })),
    delivery: Type.Optional(Type.String({ description: "the id of a webhook's delivery" })),
    due: Type.Optional(time('the time a schedule was due'))
  }, { description: 'where the action came from' })),
  target: Type.Object({
    kind: oneOf(['deployment', 'stack', 'token', 'session', 'route', 'service', 'world'], {
      description: 'the kind of target'
    }),
    id: Type.String({ description: "the target's id" }),
    federation: Type.Optional(Type.String({ description: 'the federation that the target belongs to' }))
  }, { description: 'what the action was on' }),
  before: Type.Optional(Type.Unknown({ description: 'the state before' })),
  after: Type.Optional(Type.Unknown({ description: 'the state after' })),
  reason: Type.Optional(Type.String({ description: 'the comment of the actor, or why it was denied' }))
}, { $id: 'AuditEntry', description: 'an entry of the audit log' })
export type AuditEntry = Static<typeof auditEntrySchema>

const link = (description: string) =>
  Type.Object({
    seq: count('the number of the entry'),
    hash: Type.String({ description: 'its hash: 64 hexadecimal digits' })
  }, { description })
export const verificationSchema = Type.Object({
  valid: Type.Boolean({ description: 'whether no entry was changed, removed or inserted' }),
  entries: count('how many entries were checked'),
  first: link('the entry before the oldest one, which retention removed last'),
  head: link('the last entry: keep a copy elsewhere to detect a truncated log'),
  problem: Type.Optional(Type.String({ description: 'where the chain is broken' }))
}, { $id: 'AuditVerification', description: 'whether the audit log is intact' })
export type Verification = Static<typeof verificationSchema>

export const auditQuerySchema = Type.Object({
  before: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: '`next` of the page before: the seq to continue before'
    })
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1000,
      default: 100,
      description: 'the size of the page: a whole number from 1 to 1000'
    })
  ),
  action: Type.Optional(storableText('an action such as deployment.launched')),
  subject: Type.Optional(storableText('the subject of the actor', { maxLength: 500 })),
  target: Type.Optional(storableText('the id of the target', { maxLength: 500 })),
  outcome: Type.Optional(oneOf(['done', 'denied'], { description: 'whether it was done or denied' }))
}, closed)
