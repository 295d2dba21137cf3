/** The audit log on the wire. */
import { Type, type Static } from 'typebox'
import { actorSchema } from './access.ts'
import { closed, oneOf, ref, storableText, time, count } from './schema.ts'

export const auditEntrySchema = Type.Object({
  seq: Type.Integer({ minimum: 1, description: 'its number: from 1, without gaps, never changed' }),
  time: time('when it was done'),
  action: Type.String({ description: 'what was done, such as deployment.launched' }),
  outcome: oneOf(['done', 'denied'], { description: 'whether it was done' }),
  actor: Type.Optional(ref(actorSchema)),
  origin: Type.Optional(Type.Object({
    address: Type.Optional(Type.String({ description: 'the address of the caller' })),
    requestId: Type.Optional(Type.String({ description: 'the id of the request' })),
    delivery: Type.Optional(Type.String({ description: "the id of a webhook's delivery" })),
    due: Type.Optional(time('the time for which a schedule launched'))
  }, { description: 'where it came from' })),
  target: Type.Object({
    kind: oneOf(['deployment', 'stack', 'token', 'session', 'route', 'service'], {
      description: 'what kind of thing'
    }),
    id: Type.String({ description: 'which one' }),
    federation: Type.Optional(Type.String({ description: 'the federation it belongs to' }))
  }, { description: 'what it was done to' }),
  before: Type.Optional(Type.Unknown({ description: 'what it was before' })),
  after: Type.Optional(Type.Unknown({ description: 'what it is after it' })),
  reason: Type.Optional(Type.String({ description: 'why: a comment, or what was missing' }))
}, { $id: 'AuditEntry', description: 'who did what' })
export type AuditEntry = Static<typeof auditEntrySchema>

const link = (description: string) =>
  Type.Object({
    seq: count('the number of the entry'),
    hash: Type.String({ description: '64 hexadecimal digits' })
  }, { description })
export const verificationSchema = Type.Object({
  valid: Type.Boolean({ description: 'whether no entry was changed, removed or put in' }),
  entries: count('how many were checked'),
  first: link('what comes before the oldest entry: the last one that retention removed'),
  head: link('the last entry: keep it elsewhere, and a log that was cut short is found out'),
  problem: Type.Optional(Type.String({ description: 'where the chain is broken' }))
}, { $id: 'AuditVerification', description: 'whether the log is whole' })
export type Verification = Static<typeof verificationSchema>

export const auditQuerySchema = Type.Object({
  before: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: '`next` of the page before: the seq before which to go on'
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
  subject: Type.Optional(storableText('the subject of who did it', { maxLength: 500 })),
  target: Type.Optional(storableText('the id of what it was done to', { maxLength: 500 })),
  outcome: Type.Optional(oneOf(['done', 'denied'], { description: 'whether it was done' }))
}, closed)
