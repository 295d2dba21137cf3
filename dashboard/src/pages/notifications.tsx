/** What was told to others, and what could not be. */
import { answer, api } from '../api/client.ts'
import { notifications, type Notification } from '../api/queries.ts'
import { refresh, useResource } from '../api/resource.ts'
import type { State } from '../model/words.ts'
import { Link, navigate, pathOf, useAddress, withQuery } from '../router.tsx'
import { useAction } from '../ui/action.ts'
import { useTitle } from '../ui/mode.ts'
import { Ago, Card, Loaded, Problem, Scroll, StateBadge } from '../ui/parts.tsx'
import { useMay } from '../ui/session.ts'

/** Milliseconds between looks. */
const pause = 10_000
const statuses = ['pending', 'delivered', 'dead'] as const
const states: Record<Notification['status'], State> = {
  pending: 'waiting',
  delivered: 'succeeded',
  dead: 'failed'
}

export function NotificationsPage () {
  useTitle('Notifications')
  const { query } = useAddress()
  const asked = query.get('status')
  const status = statuses.find((one) => one === asked)
  const known = useResource(notifications(status), pause)
  const may = useMay()
  const { busy, error, run } = useAction(async (id: string) => {
    await answer(
      api.POST('/v1/notifications/{notification}/resend', {
        params: { path: { notification: id } },
        body: null
      })
    )
    refresh('notifications')
  })
  return (
    <div className='stack'>
      <div className='heading'>
        <div className='titles'>
          <h1>Notifications</h1>
        </div>
      </div>
      {error && <Problem error={error} title='It was not sent again' />}
      <Card
        title='The latest'
        bare
        aside={
          <label className='row tight push'>
            <span className='label'>Show</span>
            <select
              className='input narrow'
              value={status ?? ''}
              onChange={(event) => {
                navigate(withQuery({ status: event.target.value || undefined }), { replace: true })
              }}
            >
              <option value=''>all</option>
              {statuses.map((one) => <option key={one}>{one}</option>)}
            </select>
          </label>
        }
      >
        <Loaded known={known}>
          {({ items }) =>
            items.length === 0
              ? <p className='empty'>There are none.</p>
              : (
                <Scroll label='Notifications'>
                  <table className='table'>
                    <thead>
                      <tr>
                        <th scope='col'>State</th>
                        <th scope='col'>Receiver</th>
                        <th scope='col'>Event</th>
                        <th scope='col'>Deployment</th>
                        <th scope='col' className='end'>Attempts</th>
                        <th scope='col'>Made</th>
                        <th scope='col'>What went wrong</th>
                        <th scope='col'>
                          <span className='hidden'>Actions</span>
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {items.map((one) => (
                        <tr key={one.id}>
                          <td>
                            <StateBadge state={states[one.status]}>{one.status}</StateBadge>
                          </td>
                          <td>
                            <b>{one.receiver}</b> <span className='hint'>{one.kind}</span>
                          </td>
                          <td className='mono'>{one.type}</td>
                          <td>
                            <Link to={pathOf('deployments', one.deployment)}>{one.federation}</Link>
                          </td>
                          <td className='end'>{one.attempts}</td>
                          <td>
                            <Ago time={one.createdAt} />
                          </td>
                          <td className='break muted'>{one.error ?? ''}</td>
                          <td className='end'>
                            {one.status === 'dead' &&
                              may('deployments.steer', { federation: one.federation }) && (
                              <button
                                type='button'
                                className='button small'
                                disabled={busy}
                                onClick={() => {
                                  run(one.id)
                                }}
                                aria-label={`Send again: ${one.type} to ${one.receiver}`}
                              >
                                Send again
                              </button>
                            )}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scroll>
              )}
        </Loaded>
      </Card>
    </div>
  )
}
