import { Type } from 'typebox'
import { type Notifications } from '../../automation/index.ts'
import { emptySchema } from '../../contract/launch.ts'
import {
  notificationSchema,
  notificationsQuerySchema,
  type Notification
} from '../../contract/notification.ts'
import { page, ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { notificationScope } from '../access/scopes.ts'
import { emptyBody } from './examples/deployment.ts'
import { deploymentId, notificationId } from './examples/names.ts'
import { pageOf } from './parameters.ts'
import { problems } from './responses.ts'
import { route, type Uses } from './route.ts'

const example: Notification = {
  id: notificationId,
  federation: 'nautilus',
  deployment: deploymentId,
  event: 240,
  type: 'deployment.failed',
  receiver: 'pager',
  kind: 'pagerduty',
  status: 'delivered',
  attempts: 1,
  createdAt: '2026-11-21T08:00:31.000Z',
  endedAt: '2026-11-21T08:00:32.000Z'
}

export const listNotifications = route({
  method: 'GET',
  url: '/v1/notifications',
  config: { permission: 'deployments.read' },
  schema: {
    operationId: 'listNotifications',
    summary: 'List notifications',
    description: 'Slack, PagerDuty, e-mail, signed webhooks and callbacks of hooks, the latest first. With ' +
      'status=dead: those that were given up.',
    tags: ['deployments'],
    querystring: notificationsQuerySchema,
    response: { 200: page(ref(notificationSchema), 'notifications'), ...problems() }
  },
  examples: { answers: { 200: { items: [example] } } },
  handler: ({ automation }: Uses<Notifications>) => ({ query: { status, ...query }, visible }) =>
    automation.notifications({ ...pageOf(query), ...visible, ...(status !== undefined && { status }) })
})

export const resendNotification = route({
  method: 'POST',
  url: '/v1/notifications/:notification/resend',
  config: { permission: 'deployments.steer', scope: notificationScope },
  schema: {
    operationId: 'resendNotification',
    summary: 'Send a notification again',
    description:
      'One that was given up (dead) gets as many attempts as at first. Later notifications of the same ' +
      'deployment to the same receiver wait for it.',
    tags: ['deployments'],
    params: Type.Object({ notification: Type.String({ description: "the notification's id" }) }),
    body: emptySchema,
    response: {
      200: { ...ref(notificationSchema), description: 'The notification, to be sent' },
      ...problems('notification-not-found', 'wrong-status')
    }
  },
  examples: { body: emptyBody, answers: { 200: example } },
  handler: ({ automation }: Uses<Notifications>) => (request) =>
    automation.resendNotification(request.params.notification, byOf(request))
})
