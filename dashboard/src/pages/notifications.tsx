import { notificationStatuses } from '../../../contract/words.ts'
import { answer, api, type Notification } from '../api/client.ts'
import { notifications } from '../api/queries.ts'
import { refresh, useResource } from '../api/resource.ts'
import type { State } from '../model/state.ts'
import { Link, pathOf, useAddress } from '../router.tsx'
import { useAction } from '../ui/action.ts'
import { StateBadge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Ago } from '../ui/now.tsx'
import { Page } from '../ui/page.tsx'
import { Problem } from '../ui/problem.tsx'
import { optionsOf, QuerySelect } from '../ui/select.tsx'
import { useMay } from '../ui/session.ts'
import { ScrollTable } from '../ui/table.tsx'

/** Milliseconds between reads. */
const pause = 10_000

const states: Record<Notification['status'], State> = {
  pending: 'waiting',
  delivered: 'succeeded',
  dead: 'failed'
}

const columns = [
  'State',
  'Receiver',
  'Event',
  'Deployment',
  { title: 'Attempts', end: true },
  'Created',
  'Error',
  { title: 'Actions', hidden: true }
]

interface RowProps {
  item: Notification
  /** Sends a notification again that was given up; undefined for those who may not. */
  resend: (() => void) | undefined
  busy: boolean
}

function Row ({ item, resend, busy }: RowProps) {
  return (
    <tr>
      <td>
        <StateBadge state={states[item.status]}>{item.status}</StateBadge>
      </td>
      <td>
        <b>{item.receiver}</b> <span className='hint'>{item.kind}</span>
      </td>
      <td className='mono'>{item.type}</td>
      <td>
        <Link to={pathOf('deployments', item.deployment)}>{item.federation}</Link>
      </td>
      <td className='end'>{item.attempts}</td>
      <td>
        <Ago time={item.createdAt} />
      </td>
      <td className='break muted'>{item.error ?? ''}</td>
      <td className='end'>
        {item.status === 'dead' && resend && (
          <button
            type='button'
            className='button small'
            disabled={busy}
            onClick={resend}
            aria-label={`Send again: ${item.type} to ${item.receiver}`}
          >
            Send again
          </button>
        )}
      </td>
    </tr>
  )
}

/** Notifications of deployments' events, and which of them could not be delivered. */
export function NotificationsPage () {
  const asked = useAddress().query.get('status')
  const known = useResource(notifications(notificationStatuses.find((one) => one === asked)), pause)
  const may = useMay()
  const { busy, error, run } = useAction(async (notification: string) => {
    const params = { path: { notification } }
    await answer(api.POST('/v1/notifications/{notification}/resend', { params, body: null }))
    refresh('notifications')
  })
  const resendOf = ({ id, federation }: Notification) =>
    may('deployments.steer', { federation })
      ? () => {
        run(id)
      }
      : undefined
  return (
    <Page title='Notifications'>
      {error && <Problem error={error} title='Not sent again' />}
      <Card
        title='Latest notifications'
        bare
        aside={<QuerySelect name='status' label='Show' options={optionsOf(notificationStatuses)} push />}
      >
        <Loaded known={known}>
          {({ items }) =>
            items.length === 0
              ? <p className='empty'>No notifications.</p>
              : (
                <ScrollTable label='Notifications' columns={columns}>
                  {items.map((item) => <Row key={item.id} item={item} resend={resendOf(item)} busy={busy} />)}
                </ScrollTable>
              )}
        </Loaded>
      </Card>
    </Page>
  )
}
