import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type Notifications } from '../../automation/index.ts'
import { emptySchema } from '../../contract/launch.ts'
import { notificationSchema, notificationsQuerySchema } from '../../contract/notification.ts'
import { page, ref } from '../../contract/schema.ts'
import { byOf } from '../access/caller.ts'
import { notificationScope } from '../access/scopes.ts'
import { problems } from './responses.ts'

/** What was told to others, and what could not be, which is sent again on request. */
export const notificationRoutes: FastifyPluginAsyncTypebox<{ automation: Notifications }> = async (
  app,
  { automation }
) => {
  app.get(
    '/v1/notifications',
    {
      config: { permission: 'deployments.read' },
      schema: {
        operationId: 'listNotifications',
        summary: 'List notifications',
        description:
          'Slack, PagerDuty, e-mail, signed webhooks and callbacks of hooks, the latest first. With ' +
          'status=dead: those that were given up.',
        tags: ['deployments'],
        querystring: notificationsQuerySchema,
        response: { 200: page(ref(notificationSchema), 'notifications'), ...problems() }
      }
    },
    ({ query: { after, limit = 100, status }, visible }) =>
      automation.notifications({ limit, ...visible, ...(after && { after }), ...(status && { status }) })
  )

  app.post('/v1/notifications/:notification/resend', {
    config: { permission: 'deployments.steer', scope: notificationScope },
    schema: {
      operationId: 'resendNotification',
      summary: 'Send a notification again',
      description:
        'One that was given up (dead) is tried again, as often as at first. Later ones of the same ' +
        'deployment to the same receiver wait for it.',
      tags: ['deployments'],
      params: Type.Object({ notification: Type.String({ description: "the notification's id" }) }),
      body: emptySchema,
      response: {
        200: { ...ref(notificationSchema), description: 'The notification, to be sent' },
        ...problems('notification-not-found', 'wrong-status')
      }
    }
  }, (request) => automation.resendNotification(request.params.notification, byOf(request)))
}
