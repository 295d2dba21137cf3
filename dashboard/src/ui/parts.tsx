/** Small parts that many pages use. */
import { useEffect, useState, type ReactNode } from 'react'
import { ApiError, type Deployment, type ResourceChanges } from '../api/client.ts'
import { ago, dateTime } from '../model/time.ts'
import { changeList, endedStates, type State } from '../model/words.ts'
import { StateIcon, WarningIcon } from './icons.tsx'

/** A state as sign and word. */
export const StateBadge = ({ state, children }: { state: State, children?: ReactNode }) => (
  <span className='badge' data-state={state}>
    <StateIcon state={state} size={13} />
    {children ?? state}
  </span>
)

/** Rehearsal or live, as words: never by colour alone. */
export const ModeBadge = ({ mode }: { mode: Deployment['mode'] }) => (
  <span className={`badge mode ${mode}`}>{mode}</span>
)

export const CloudBadge = ({ cloud }: { cloud: string }) => <span className='cloud'>{cloud}</span>

/** Counts of resource changes with signs; words for those who hear them. */
export function Changes (
  { changes, same = false, preview = false }: { changes: ResourceChanges, same?: boolean, preview?: boolean }
) {
  const list = changeList(changes, { same, preview })
  if (list.length === 0) return <span className='muted'>no changes</span>
  return (
    <span className='changes'>
      {list.map(({ kind, sign, count, words }) => (
        <span key={kind} className={kind} title={words}>
          <span aria-hidden='true'>{sign}{count.toLocaleString('en-US')}</span>
          <span className='hidden'>{words}</span>
        </span>
      ))}
    </span>
  )
}

/** One mark for each phase, in its state. */
export function PhaseMarks ({ phases }: { phases: Deployment['phases'] }) {
  const words = phases.map(({ number, name, status }) => `${number} ${name} ${status}`).join(', ')
  return (
    <span className='segments' role='img' aria-label={`phases: ${words}`} title={words}>
      {phases.map(({ number, status }) => <i key={number} data-state={status} />)}
    </span>
  )
}

/** The time, again every so many milliseconds while it is looked at. */
export function useNow (every: number | undefined): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (every === undefined) return
    setNow(Date.now())
    const timer = window.setInterval(() => {
      setNow(Date.now())
    }, every)
    return () => {
      window.clearInterval(timer)
    }
  }, [every])
  return now
}

/** How long ago something was; the time itself on hover. */
export function Ago ({ time }: { time: string }) {
  const now = useNow(10_000)
  return <time dateTime={time} title={dateTime(time)} className='nowrap'>{ago(now - Date.parse(time))}</time>
}

/** What went wrong with a request: its text, each thing that is wrong, and the code to look for. */
export function Problem ({ error, title }: { error: Error, title?: string }) {
  const problem = error instanceof ApiError ? error.problem : undefined
  return (
    <div className='note' data-state='failed' role='alert'>
      <WarningIcon />
      <div>
        {title && <strong>{title}:</strong>}
        {problem?.errors && problem.errors.length > 1
          ? (
            <ul>
              {problem.errors.slice(0, 20).map((issue, index) => (
                <li key={index}>
                  <code>{issue.file ? `${issue.file}:${issue.line ?? ''} ` : ''}{issue.field}</code>{' '}
                  {issue.message}: expected {issue.expected}
                </li>
              ))}
            </ul>
          )
          : error.message}
        {problem && (
          <div className='hint'>
            <code>{problem.code}</code> · request {problem.requestId}
            {problem.retryable ? ' · trying again may help' : ''}
          </div>
        )}
      </div>
    </div>
  )
}

/**
 * Data, or why there is none yet. Data that can't be read again stays: the bar says that the
 * service is away.
 */
export function Loaded<T> (
  { known, children }: { known: { data?: T, error?: Error }, children: (data: T) => ReactNode }
) {
  if (known.data !== undefined) return <>{children(known.data)}</>
  if (known.error instanceof ApiError) return <Problem error={known.error} />
  return <p className='empty' aria-live='polite'>{known.error ? 'Waiting for the service…' : 'Loading…'}</p>
}

export const isEnded = ({ status }: { status: string }): boolean => endedStates.includes(status)

/** A heading with a figure or actions beside it over what it names. */
export const Card = (
  { title, aside, children, bare = false, id }: {
    title: string
    aside?: ReactNode
    children: ReactNode
    bare?: boolean
    id?: string
  }
) => (
  <section className='card' aria-label={title} {...(id && { id })}>
    <header>
      <h2>{title}</h2>
      {aside}
    </header>
    {bare ? children : <div className='inside'>{children}</div>}
  </section>
)

/** A wide table that scrolls by itself, also by keyboard. */
export const Scroll = ({ label, children }: { label: string, children: ReactNode }) => (
  <div className='scroll' role='region' aria-label={label} tabIndex={0}>{children}</div>
)
