/** What a webhook is answered with, and which deliveries there were. */
import { Type, type Static } from 'typebox'
import { deploymentSchema } from './deployment.ts'
import { pageQuerySchema } from './query.ts'
import { closed, ref, time } from './schema.ts'

export const hookAnswerSchema = Type.Object({
  hook: Type.String({ description: "the hook's name" }),
  delivery: Type.String({ description: "the delivery's id" }),
  replayed: Type.Boolean({ description: 'whether it was received before: the answer is the same' }),
  deployment: Type.Optional(ref(deploymentSchema)),
  ignored: Type.Optional(Type.String({ description: 'why nothing is deployed' }))
}, {
  $id: 'HookAnswer',
  description: "what became of a webhook's delivery: a deployment, or why there is none"
})
export type HookAnswer = Static<typeof hookAnswerSchema>

export const hookDeliverySchema = Type.Object({
  delivery: Type.String({ description: "the delivery's id, as its sender gave it" }),
  receivedAt: time('when it was received first'),
  deployment: Type.Optional(Type.String({ description: 'what it launched' })),
  ignored: Type.Optional(Type.String({ description: 'why it launched nothing' }))
}, { $id: 'HookDelivery', description: "a webhook's delivery and what it led to" })
export type HookDelivery = Static<typeof hookDeliverySchema>

export const deliveriesQuerySchema = Type.Object({
  before: Type.Optional(time('only those before this time')),
  limit: pageQuerySchema.properties.limit
}, closed)
