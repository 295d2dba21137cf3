import { type Notification } from '../../contract/notification.ts'
import { type Act, type By } from '../acts.ts'
import { AutomationError } from '../errors.ts'
import { appendAudit } from '../store/identity/audit.ts'
import { listNotifications, reviveNotification } from '../store/messages/notifications.ts'
import { type Pool, transaction } from '../store/postgres/database.ts'

export function notificationNotFound (id: string): AutomationError {
  return new AutomationError('notification-not-found', { notification: id })
}

/**
 * Has a notification that was given up sent again: from its first attempt, and before later ones to
 * the same receiver.
 */
export async function resend (
  pool: Pool,
  id: string,
  { actor, origin }: By = {}
): Promise<Notification> {
  return await transaction(pool, async (client) => {
    const before = await reviveNotification(client, id)
    if (!before) throw notificationNotFound(id)
    const { status, deployment, federation, receiver } = before
    if (status !== 'dead') {
      throw new AutomationError('wrong-status', { notification: id, status, because: 'not-given-up' })
    }
    const act: Act = {
      action: 'notification.resent',
      outcome: 'done',
      ...(actor && { actor }),
      ...(origin && { origin }),
      target: { kind: 'deployment', id: deployment, federation },
      before: { status },
      after: { status: 'pending', receiver }
    }
    await appendAudit(client, act)
    // Read before the transaction ends: the next attempt begins at once.
    const [shown] = await listNotifications(client, { limit: 1, id })
    if (!shown) throw notificationNotFound(id)
    return shown
  })
}
