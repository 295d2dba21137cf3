import { api, done } from '../api/client.ts'
import { put } from '../api/resource.ts'
import type { Session } from '../model/access.ts'
import { useAction } from '../ui/action.ts'

/** The name and roles of whoever is signed in, and the way out. */
export function Account ({ session }: { session: Session }) {
  const { busy, run } = useAction(async () => {
    await done(api.DELETE('/v1/session', { body: null }))
    // The page is left, so that nothing of what was read is shown to whoever signs in next.
    put('session', { ...session, signedIn: false, grants: [] })
    window.location.assign('/')
  })
  if (session.authentication === 'off' || !session.actor) return null
  const roles = [...new Set(session.grants.map(({ role }) => role))].join(', ')
  return (
    <span className='row tight account'>
      <span className='who' title={session.actor.subject}>
        {session.actor.name}
        {roles !== '' && <span className='muted'>{' '}{roles}</span>}
      </span>
      <button
        type='button'
        className='button small'
        disabled={busy}
        onClick={() => {
          run()
        }}
      >
        Sign out
      </button>
    </span>
  )
}
