import { useState } from 'react'
import { answer, api } from '../api/client.ts'
import { auditPage, type AuditEntry, type AuditFilter } from '../api/queries.ts'
import { useResource } from '../api/resource.ts'
import { clock, dateTime } from '../model/time.ts'
import { Link, navigate, pathOf, useAddress, withQuery } from '../router.tsx'
import { useAction } from '../ui/action.ts'
import { useTitle } from '../ui/mode.ts'
import { Card, Loaded, Problem, Scroll, StateBadge } from '../ui/parts.tsx'

/** Milliseconds between looks at the latest page; older ones don't change. */
const auditPause = 15_000

const outcomes = ['done', 'denied'] as const

function filterOf (query: URLSearchParams): AuditFilter {
  const outcome = outcomes.find((one) => one === query.get('outcome'))
  const before = /^\d{1,15}$/.test(query.get('before') ?? '') ? Number(query.get('before')) : undefined
  const text = (name: 'action' | 'subject' | 'target') => {
    const value = query.get(name)
    return value ? { [name]: value } : {}
  }
  return {
    ...text('action'),
    ...text('subject'),
    ...text('target'),
    ...(outcome && { outcome }),
    ...(before !== undefined && { before })
  }
}

function TextFilter ({ name, label }: { name: string, label: string }) {
  const { query } = useAddress()
  const [value, setValue] = useState(query.get(name) ?? '')
  const apply = () => {
    if (value !== (query.get(name) ?? '')) {
      navigate(withQuery({ [name]: value.trim(), before: undefined }), { replace: true })
    }
  }
  return (
    <label className='row tight'>
      <span className='label'>{label}</span>
      <input
        className='input narrow'
        value={value}
        onChange={(event) => {
          setValue(event.target.value)
        }}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply()
        }}
      />
    </label>
  )
}

function Target ({ target }: { target: AuditEntry['target'] }) {
  return (
    <>
      {target.kind} {target.kind === 'deployment'
        ? (
          <Link to={pathOf('deployments', target.id)}>
            <code>{target.id.slice(0, 8)}</code>
          </Link>
        )
        : <code className='break'>{target.id}</code>}
      {target.federation !== undefined && <span className='muted'>of {target.federation}</span>}
    </>
  )
}

const shown = (value: unknown) =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)

function Entries ({ items }: { items: AuditEntry[] }) {
  if (items.length === 0) return <p className='empty'>There is no such entry.</p>
  return (
    <Scroll label='Audit log'>
      <table className='table'>
        <thead>
          <tr>
            <th scope='col' className='end'>#</th>
            <th scope='col'>Time</th>
            <th scope='col'>Who</th>
            <th scope='col'>Action</th>
            <th scope='col'>Outcome</th>
            <th scope='col'>What</th>
            <th scope='col'>Reason</th>
            <th scope='col'>Details</th>
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <tr key={entry.seq}>
              <td className='end'>{entry.seq}</td>
              <td className='nowrap' title={entry.time}>
                {dateTime(entry.time)}:{clock(entry.time).slice(-2)}
              </td>
              <td title={entry.actor?.subject}>
                <b>{entry.actor?.name ?? '–'}</b>
                {entry.origin?.address !== undefined && (
                  <div className='hint mono'>{entry.origin.address}</div>
                )}
              </td>
              <td className='mono'>{entry.action}</td>
              <td>
                <StateBadge state={entry.outcome === 'done' ? 'succeeded' : 'failed'}>
                  {entry.outcome}
                </StateBadge>
              </td>
              <td>
                <Target target={entry.target} />
              </td>
              <td className='break'>{entry.reason ?? '–'}</td>
              <td>
                {entry.before === undefined && entry.after === undefined &&
                    entry.origin?.requestId === undefined
                  ? '–'
                  : (
                    <details>
                      <summary>show</summary>
                      <dl className='pairs'>
                        <div>
                          <dt>before</dt>
                          <dd className='mono'>{shown(entry.before)}</dd>
                        </div>
                        <div>
                          <dt>after</dt>
                          <dd className='mono'>{shown(entry.after)}</dd>
                        </div>
                        <div>
                          <dt>request</dt>
                          <dd className='mono'>{entry.origin?.requestId ?? '–'}</dd>
                        </div>
                      </dl>
                    </details>
                  )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** Follows the chain of hashes through the whole log. */
function Verification () {
  const [said, setSaid] = useState<
    { valid: boolean, entries: number, problem?: string, head: { seq: number, hash: string } }
  >()
  const { busy, error, run } = useAction(async () => {
    setSaid(await answer(api.GET('/v1/audit/verification')))
  })
  return (
    <Card
      title='Is the log whole?'
      aside={
        <span className='row tight push'>
          <button
            type='button'
            className='button small'
            disabled={busy}
            onClick={() => {
              run()
            }}
          >
            {busy ? 'Checking…' : 'Check'}
          </button>
          <a className='button small' href='/v1/audit/export' download>Export</a>
        </span>
      }
    >
      <div role='status'>
        {said && (
          <p className='row tight'>
            <StateBadge state={said.valid ? 'succeeded' : 'failed'}>
              {said.valid ? 'whole' : 'broken'}
            </StateBadge>
            {said.entries} entries checked{said.problem !== undefined && `: ${said.problem}`}; the last is
            {' '}
            {said.head.seq} <code className='break'>{said.head.hash}</code>
          </p>
        )}
        {!said && !error && (
          <p className='muted'>
            Each entry holds the hash of the one before it: a changed or removed one is found.
          </p>
        )}
      </div>
      {error && <Problem error={error} />}
    </Card>
  )
}

/** Who did what, the latest first. */
export function AuditPage () {
  useTitle('Audit log')
  const { query } = useAddress()
  const filter = filterOf(query)
  const known = useResource(auditPage(filter), filter.before === undefined ? auditPause : undefined)
  return (
    <div className='stack'>
      <div className='heading'>
        <div className='titles'>
          <h1>Audit log</h1>
        </div>
      </div>
      <Verification />
      <Card title='Entries' bare>
        <div className='inside row' role='search' aria-label='Filters'>
          <TextFilter name='action' label='Action' />
          <TextFilter name='subject' label='Who' />
          <TextFilter name='target' label='What' />
          <label className='row tight'>
            <span className='label'>Outcome</span>
            <select
              className='input narrow'
              value={filter.outcome ?? ''}
              onChange={(event) => {
                navigate(withQuery({ outcome: event.target.value, before: undefined }), { replace: true })
              }}
            >
              <option value=''>all</option>
              {outcomes.map((one) => <option key={one}>{one}</option>)}
            </select>
          </label>
        </div>
        <Loaded known={known}>
          {({ items, next }) => (
            <>
              <Entries items={items} />
              <p className='inside row'>
                {filter.before !== undefined && (
                  <Link className='button small' to={withQuery({ before: undefined })}>Latest</Link>
                )}
                {next !== undefined && (
                  <Link className='button small' to={withQuery({ before: String(next) })}>Older</Link>
                )}
              </p>
            </>
          )}
        </Loaded>
      </Card>
    </div>
  )
}
