import { type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Automation } from '../../automation/index.ts'
import { notificationSchema, notificationsQuerySchema } from '../contract/notification.ts'
import { page, ref } from '../contract/schema.ts'
import { problems } from './responses.ts'

/** What was told to others, and what could not be. */
export const notificationRoutes: FastifyPluginAsyncTypebox<{ automation: Automation }> = async (app, { automation }) => {
  app.get('/v1/notifications', {
    config: { permission: 'deployments.read' },
    schema: {
      operationId: 'listNotifications',
      summary: 'List notifications',
      description: 'Slack, PagerDuty, e-mail, signed webhooks and callbacks of hooks, the latest first. With status=dead: those that were given up.',
      tags: ['deployments'],
      querystring: notificationsQuerySchema,
      response: { 200: page(ref(notificationSchema), 'notifications'), ...problems() }
    }
  }, ({ query: { after, limit = 100, status }, visible }) => automation.notifications({ limit, ...visible, ...(after && { after }), ...(status && { status }) }))
}
