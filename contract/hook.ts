/** Answers to webhooks, and their deliveries, on the wire. */
import { Type, type Static } from 'typebox'
import { deploymentSchema } from './deployment.ts'
import { pageQuerySchema } from './query.ts'
import { closed, ref, time } from './schema.ts'

export const hookAnswerSchema = Type.Object({
  hook: Type.String({ description: "the hook's name" }),
  delivery: Type.String({ description: "the delivery's id" }),
  replayed: Type.Boolean({ description: 'whether it was received before; the answer is the same' }),
  deployment: Type.Optional(ref(deploymentSchema)),
  ignored: Type.Optional(Type.String({ description: 'why nothing was launched' }))
}, {
  $id: 'HookAnswer',
  description: "the result of a webhook's delivery: a deployment, or why there is none"
})
export type HookAnswer = Static<typeof hookAnswerSchema>

export const hookDeliverySchema = Type.Object({
  delivery: Type.String({ description: "the delivery's id from its sender" }),
  receivedAt: time('when it was first received'),
  deployment: Type.Optional(Type.String({ description: 'the id of the deployment it launched' })),
  ignored: Type.Optional(Type.String({ description: 'why it launched nothing' }))
}, { $id: 'HookDelivery', description: "a webhook's delivery and its result" })
export type HookDelivery = Static<typeof hookDeliverySchema>

export const deliveriesQuerySchema = Type.Object({
  before: Type.Optional(time('the time before which deliveries are listed')),
  limit: pageQuerySchema.properties.limit
}, closed)
