/** What was or is to be told to others, on the wire. */
import { Type, type Static } from 'typebox'
import { pageQuerySchema } from './query.ts'
import { closed, count, oneOf, time, timeOrNull } from './schema.ts'
import { notificationStatuses, receiverKinds } from './words.ts'

export const notificationSchema = Type.Object({
  id: Type.String({ description: "the notification's id, which its receiver is given too" }),
  federation: Type.String({ description: "the federation's name" }),
  deployment: Type.String({ description: "the deployment's id" }),
  event: Type.Integer({ minimum: 1, description: "the number of the deployment's event" }),
  type: Type.String({ description: "the event's type" }),
  receiver: Type.String({ description: "the receiver's name in the federation file, or hook:{name}" }),
  kind: oneOf(receiverKinds, { description: 'how it is sent' }),
  status: oneOf(notificationStatuses, { description: 'dead ones are not tried again' }),
  attempts: count('how often it was tried'),
  error: Type.Optional(Type.String({ description: 'why the last attempt failed' })),
  createdAt: time('when it was stored'),
  endedAt: timeOrNull('when it was delivered or given up'),
  nextAt: Type.Optional(time('when it is tried next'))
}, { $id: 'Notification', description: 'an event of a deployment, told to a receiver' })
export type Notification = Static<typeof notificationSchema>

export const notificationsQuerySchema = Type.Object({
  ...pageQuerySchema.properties,
  status: Type.Optional(oneOf(notificationStatuses, { description: 'only these' }))
}, closed)
