import { useState } from 'react'
import { answer, api } from '../api/client.ts'
import { put, refresh } from '../api/resource.ts'
import type { Session } from '../model/access.ts'
import { navigate, useAddress } from '../router.tsx'
import { useAction } from '../ui/action.ts'
import { Card } from '../ui/card.tsx'
import { Problem } from '../ui/problem.tsx'
import { useTitle } from '../ui/title.ts'

/** Links to the issuers, which send the browser back to the page that was asked for. */
function Issuers ({ issuers, back }: { issuers: Session['issuers'], back: string }) {
  return (
    <Card title='With your account'>
      <div className='stack'>
        {issuers.map(({ name, label, login }) => (
          <a key={name} className='button primary' href={`${login}&return=${encodeURIComponent(back)}`}>
            {label}
          </a>
        ))}
      </div>
    </Card>
  )
}

function TokenForm () {
  const { path } = useAddress()
  const [token, setToken] = useState('')
  const { busy, error, run } = useAction(async () => {
    const made = await answer(api.POST('/v1/session', { body: { token: token.trim() } }))
    setToken('')
    put('session', made)
    refresh()
    if (path === '/sign-in') navigate('/', { replace: true })
  })
  return (
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
          <code>windlass token create</code> creates one. It is sent once and is not stored in this browser.
        </p>
      </div>
      {error && <Problem error={error} />}
      <div>
        <button type='submit' className='button primary' disabled={busy || token.trim() === ''}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </div>
    </form>
  )
}

/**
 * Signing in with an issuer or a token. It stands in place of any page, which is shown after it.
 */
export function SignIn ({ session: { issuers } }: { session: Session }) {
  useTitle('Sign in')
  const { path } = useAddress()
  return (
    <div className='sign-in stack'>
      <h1>Sign in to Windlass</h1>
      {issuers.length > 0 && <Issuers issuers={issuers} back={path === '/sign-in' ? '/' : path} />}
      <Card title='With a token'>
        <TokenForm />
      </Card>
    </div>
  )
}
