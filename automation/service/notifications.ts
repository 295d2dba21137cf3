import { pageOf } from '../deployments/read/page.ts'
import { notificationNotFound, resend } from '../notifications/resend.ts'
import { type Deployments, type Notifications } from '../ports.ts'
import { likePattern } from '../store/deployments/deployments.ts'
import { listNotifications, notificationDeployment } from '../store/messages/notifications.ts'
import { type Pool } from '../store/postgres/database.ts'

/** Notifications as the store has them. */
export function createNotifications (
  { pool }: { pool: Pool },
  { deploymentScope }: Pick<Deployments, 'deploymentScope'>
): Notifications {
  return {
    async notifications ({ federations, ...page }) {
      const found = await listNotifications(pool, {
        ...page,
        limit: page.limit + 1,
        ...(federations && { federations: federations.map(likePattern) })
      })
      return pageOf(found, page.limit, (one) => one.id)
    },
    async notificationScope (id) {
      const about = await notificationDeployment(pool, id)
      if (about === undefined) throw notificationNotFound(id)
      return await deploymentScope(about)
    },
    resendNotification: (id, by) => resend(pool, id, by)
  }
}
