/** Notifications on the wire. */
import { Type, type Static } from 'typebox'
import { pageQuerySchema } from './query.ts'
import { closed, count, oneOf, time, timeOrNull } from './schema.ts'
import { notificationStatuses, receiverKinds } from './words.ts'

export const notificationSchema = Type.Object({
  id: Type.String({ description: "the notification's id, which its receiver gets too" }),
  federation: Type.String({ description: "the federation's name" }),
  deployment: Type.String({ description: "the deployment's id" }),
  event: Type.Integer({ minimum: 1, description: 'the seq of the event' }),
  type: Type.String({ description: "the event's type" }),
  receiver: Type.String({ description: "the receiver's name in the federation file, or hook:{name}" }),
  kind: oneOf(receiverKinds, { description: 'how it is sent' }),
  status: oneOf(notificationStatuses, { description: 'its status; a dead one is not tried again' }),
  attempts: count('how many attempts were made'),
  error: Type.Optional(Type.String({ description: 'why the last attempt failed' })),
  createdAt: time('when it was created'),
  endedAt: timeOrNull('when it was delivered or given up; null: neither yet'),
  nextAt: Type.Optional(time('when it is tried next'))
}, { $id: 'Notification', description: "a deployment's event as it is sent to a receiver" })
export type Notification = Static<typeof notificationSchema>

export const notificationsQuerySchema = Type.Object({
  ...pageQuerySchema.properties,
  status: Type.Optional(oneOf(notificationStatuses, { description: 'a status' }))
}, closed)
