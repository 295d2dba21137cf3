import { useState } from 'react'
import { answer, api } from '../api/client.ts'
import { put, refresh } from '../api/resource.ts'
import type { Session } from '../model/access.ts'
import { navigate, useAddress } from '../router.tsx'
import { useAction } from '../ui/action.ts'
import { useTitle } from '../ui/mode.ts'
import { Card, Problem } from '../ui/parts.tsx'

/**
 * Signing in: with an issuer that the service believes, or with a token. Shown in place of any
 * page, which comes after it.
 */
export function SignIn ({ session }: { session: Session }) {
  useTitle('Sign in')
  const { path } = useAddress()
  const [token, setToken] = useState('')
  const back = path === '/sign-in' ? '/' : path
  const { busy, error, run } = useAction(async () => {
    const made = await answer(api.POST('/v1/session', { body: { token: token.trim() } }))
    setToken('')
    put('session', made)
    refresh()
    if (path === '/sign-in') navigate('/', { replace: true })
  })
  return (
    <div className='sign-in stack'>
      <h1>Sign in to Windlass</h1>
      {session.issuers.length > 0 && (
        <Card title='With your account'>
          <div className='stack'>
            {session.issuers.map(({ name, label, login }) => (
              <a key={name} className='button primary' href={`${login}&return=${encodeURIComponent(back)}`}>
                {label}
              </a>
            ))}
          </div>
        </Card>
      )}
      <Card title='With a token'>
        <form
          className='stack'
          onSubmit={(event) => {
            event.preventDefault()
            if (!busy) run()
          }}
        >
          <div className='field'>
            <label htmlFor='sign-in-token'>Token</label>
            <input
              id='sign-in-token'
              className='input'
              type='password'
              autoComplete='off'
              spellCheck={false}
              required
              value={token}
              onChange={(event) => {
                setToken(event.target.value)
              }}
            />
            <p className='hint'>
              <code>windlass token create</code> makes one. It is sent once and not kept in this browser.
            </p>
          </div>
          {error && <Problem error={error} />}
          <div>
            <button type='submit' className='button primary' disabled={busy || token.trim() === ''}>
              {busy ? 'Signing in…' : 'Sign in'}
            </button>
          </div>
        </form>
      </Card>
    </div>
  )
}

/** Who is signed in, and the way out. */
export function Account ({ session }: { session: Session }) {
  const { busy, run } = useAction(async () => {
    const { response } = await api.DELETE('/v1/session', { body: null })
    if (!response.ok) throw new Error(`signing out was answered ${response.status}`)
    // Nothing is asked for any more, and what was read goes with the page: the next one may be
    // somebody else's.
    put('session', { ...session, signedIn: false, grants: [] })
    window.location.assign('/')
  })
  if (session.authentication === 'off' || !session.actor) return null
  const roles = [...new Set(session.grants.map(({ role }) => role))].join(', ')
  return (
    <span className='row tight account'>
      <span className='who' title={session.actor.subject}>
        {session.actor.name}
        {roles !== '' && <span className='muted'>{roles}</span>}
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
