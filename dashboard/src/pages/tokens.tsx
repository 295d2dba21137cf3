import { useState } from 'react'
import { answer, api, failureOf } from '../api/client.ts'
import { federations as federationsResource, tokens as tokensResource } from '../api/queries.ts'
import { refresh, useResource } from '../api/resource.ts'
import type { components } from '../api/schema.d.ts'
import { dateTime } from '../model/time.ts'
import { useAction } from '../ui/action.ts'
import { Confirmation, Notice } from '../ui/dialog.tsx'
import { useTitle } from '../ui/mode.ts'
import { Ago, Card, Loaded, Problem, Scroll, StateBadge } from '../ui/parts.tsx'
import { useSession } from '../ui/session.ts'

type Token = components['schemas']['Token']
type Grant = Token['grants'][number]

/** Milliseconds between looks: when one was used last is kept to the minute. */
const tokensPause = 30_000

const roles = ['viewer', 'operator', 'approver', 'admin'] as const

const all = (list: readonly string[], of: number) => list.length >= of ? '' : list.join(', ')
function grantWords ({ role, federations, phases, modes, operations }: Grant): string {
  const limits = [
    federations.includes('*') ? 'all federations' : federations.join(', '),
    phases.from === 1 && phases.to === 8 ? '' : `phases ${phases.from} to ${phases.to}`,
    all(modes, 2),
    all(operations, 4)
  ]
  return `${role}: ${limits.filter(Boolean).join('; ')}`
}

function NewToken ({ onMade }: { onMade: (text: string) => void }) {
  const federations = useResource(federationsResource).data ?? []
  const [name, setName] = useState('')
  const [role, setRole] = useState<typeof roles[number]>('viewer')
  const [federation, setFederation] = useState('*')
  const [mode, setMode] = useState<'both' | 'rehearsal' | 'live'>('rehearsal')
  const [days, setDays] = useState('30')
  const [person, setPerson] = useState('')
  const { busy, error, run } = useAction(async () => {
    const made = await answer(api.POST('/v1/tokens', {
      body: {
        name: name.trim(),
        expiresInDays: Number(days),
        ...(person.trim() !== '' && { person: person.trim() }),
        grants: [{ role, federations: [federation], ...(mode !== 'both' && { modes: [mode] }) }]
      }
    }))
    setName('')
    refresh('tokens')
    onMade(made.token)
  })
  return (
    <Card title='Make a token'>
      <form
        className='stack'
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) run()
        }}
      >
        <div className='fields'>
          <label className='field'>
            <span className='label'>What it is for</span>
            <input
              className='input'
              required
              maxLength={100}
              value={name}
              onChange={(event) => {
                setName(event.target.value)
              }}
            />
          </label>
          <label className='field'>
            <span className='label'>Role</span>
            <select
              className='input'
              value={role}
              onChange={(event) => {
                setRole(event.target.value as typeof role)
              }}
            >
              {roles.map((one) => <option key={one}>{one}</option>)}
            </select>
          </label>
          <label className='field'>
            <span className='label'>Federation</span>
            <select
              className='input'
              value={federation}
              onChange={(event) => {
                setFederation(event.target.value)
              }}
            >
              <option value='*'>all</option>
              {federations.map((one) => <option key={one.name}>{one.name}</option>)}
            </select>
          </label>
          <label className='field'>
            <span className='label'>Modes</span>
            <select
              className='input'
              value={mode}
              onChange={(event) => {
                setMode(event.target.value as typeof mode)
              }}
            >
              <option>rehearsal</option>
              <option>live</option>
              <option>both</option>
            </select>
          </label>
          <label className='field'>
            <span className='label'>For whom it acts</span>
            <input
              className='input'
              placeholder='you'
              maxLength={300}
              value={person}
              onChange={(event) => {
                setPerson(event.target.value)
              }}
            />
          </label>
          <label className='field'>
            <span className='label'>Days until it expires</span>
            <input
              className='input'
              type='number'
              min={1}
              max={366}
              required
              value={days}
              onChange={(event) => {
                setDays(event.target.value)
              }}
            />
          </label>
        </div>
        {error && <Problem error={error} />}
        <div>
          <button type='submit' className='button primary' disabled={busy}>
            {busy ? 'Making it…' : 'Make a token'}
          </button>
        </div>
      </form>
    </Card>
  )
}

const tokenStates = { active: 'succeeded', expired: 'skipped', revoked: 'canceled' } as const

/** API tokens: one's own, and those that one is an admin of. */
export function TokensPage () {
  useTitle('Tokens')
  const session = useSession()
  const known = useResource(tokensResource, tokensPause)
  const [made, setMade] = useState<string>()
  const [revoking, setRevoking] = useState<Token>()
  const { busy, error, run } = useAction(async () => {
    if (!revoking) return
    const { error: refusal, response } = await api.DELETE('/v1/tokens/{token}', {
      params: { path: { token: revoking.id } }
    })
    if (!response.ok) throw failureOf(refusal, response)
    setRevoking(undefined)
    refresh('tokens')
  })
  return (
    <div className='stack'>
      <div className='heading'>
        <div className='titles'>
          <h1>Tokens and roles</h1>
        </div>
      </div>
      {session && (
        <Card title='What you may do'>
          {session.authentication === 'off'
            ? (
              <p>
                This service authenticates nobody: it listens to its own machine only, and whoever uses that
                is its admin. Configure authentication before it listens elsewhere.
              </p>
            )
            : (
              <ul className='lines'>
                {session.grants.map((grant, index) => <li key={index}>{grantWords(grant)}</li>)}
              </ul>
            )}
        </Card>
      )}
      <NewToken onMade={setMade} />
      <Card title='Tokens' bare>
        <Loaded known={known}>
          {(list) =>
            list.length === 0
              ? <p className='empty'>There are none.</p>
              : (
                <Scroll label='Tokens'>
                  <table className='table'>
                    <thead>
                      <tr>
                        <th scope='col'>State</th>
                        <th scope='col'>Name</th>
                        <th scope='col'>May</th>
                        <th scope='col'>Made by</th>
                        <th scope='col'>Expires</th>
                        <th scope='col'>Last used</th>
                        <th scope='col'>
                          <span className='hidden'>Actions</span>
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {list.map((token) => (
                        <tr key={token.id}>
                          <td>
                            <StateBadge state={tokenStates[token.status]}>{token.status}</StateBadge>
                          </td>
                          <td>
                            <b>{token.name}</b>
                            <div className='hint mono'>{token.id}</div>
                          </td>
                          <td>
                            {token.grants.map((grant, index) => <div key={index}>{grantWords(grant)}</div>)}
                          </td>
                          <td title={token.createdBy.subject}>{token.createdBy.name}</td>
                          <td className='nowrap'>
                            {token.expiresAt === null ? 'never' : dateTime(token.expiresAt)}
                          </td>
                          <td>{token.lastUsedAt === null ? 'never' : <Ago time={token.lastUsedAt} />}</td>
                          <td className='end'>
                            {token.status === 'active' && (
                              <button
                                type='button'
                                className='button small danger'
                                onClick={() => {
                                  setRevoking(token)
                                }}
                                aria-label={`Revoke ${token.name}`}
                              >
                                Revoke
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
      {made !== undefined && (
        <Notice
          title='The token'
          onClose={() => {
            setMade(undefined)
          }}
        >
          <p>Keep it now: it is shown this once, and stored nowhere in clear.</p>
          <pre className='code' tabIndex={0}>{made}</pre>
        </Notice>
      )}
      {revoking && (
        <Confirmation
          title={`Revoke ${revoking.name}?`}
          action='Revoke'
          danger
          busy={busy}
          onClose={() => {
            setRevoking(undefined)
          }}
          onConfirm={run}
        >
          <p>Whoever uses it is refused from now on, and its sessions end. It can not be undone.</p>
          {error && <Problem error={error} />}
        </Confirmation>
      )}
    </div>
  )
}
