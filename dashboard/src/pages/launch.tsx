import { useEffect, useState, type ReactNode } from 'react'
import { answer, api, ApiError } from '../api/client.ts'
import {
  deployments as deploymentsResource,
  federation as federationResource,
  federations as federationsResource,
  plan as planResource,
  type PlanQuery
} from '../api/queries.ts'
import { refresh, useResource } from '../api/resource.ts'
import { phases } from '../model/phases.ts'
import { worldsOf } from '../model/place.ts'
import { count } from '../model/words.ts'
import { navigate, pathOf, useAddress } from '../router.tsx'
import { useAction } from '../ui/action.ts'
import { Confirmation } from '../ui/dialog.tsx'
import { RocketIcon } from '../ui/icons.tsx'
import { useMode, useTitle } from '../ui/mode.ts'
import { Card, Loaded, ModeBadge, Problem } from '../ui/parts.tsx'
import { Faults } from './faults.tsx'
import { bodyOf, draftOf, type Draft } from './launch-draft.ts'
import { PlanSummary } from './plan-summary.tsx'

/** Milliseconds without a change after which the plan is asked for. */
const typingPause = 250

const operationHints = {
  up: 'Creates and changes what the file asks for.',
  preview: 'Says what an up would change, and changes nothing.',
  'drift-check': 'Compares what is deployed with what is there, and changes neither.',
  refresh: 'Takes what is there over into the state.',
  destroy: 'Deletes what is deployed, backwards.'
} as const

function Choice<T extends string> (
  { legend, value, values, onChange, disabled = [] }: {
    legend: string
    value: T
    values: readonly T[]
    onChange: (value: T) => void
    disabled?: readonly T[]
  }
) {
  return (
    <fieldset className='field'>
      <legend>{legend}</legend>
      <span className='choice'>
        {values.map((one) => (
          <label key={one}>
            <input
              type='radio'
              name={legend}
              value={one}
              checked={value === one}
              disabled={disabled.includes(one)}
              onChange={() => {
                onChange(one)
              }}
            />
            {one}
          </label>
        ))}
      </span>
    </fieldset>
  )
}

const Field = ({ label, hint, children }: { label: string, hint?: string, children: ReactNode }) => (
  <label className='field'>
    <span className='label'>{label}</span>
    {children}
    {hint && <span className='hint'>{hint}</span>}
  </label>
)

function planQuery (draft: Draft): PlanQuery | undefined {
  if (draft.federation === '' || draft.from > draft.to) return undefined
  const parallelism = /^\d+$/.test(draft.parallelism.trim()) ? Number(draft.parallelism) : undefined
  return {
    operation: draft.operation,
    from: draft.from,
    to: draft.to,
    ordering: draft.ordering,
    ...(parallelism !== undefined && { parallelism }),
    ...(draft.clusters.length > 0 && { clusters: draft.clusters.join(',') })
  }
}

function useSettled<T> (value: T, key: string): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setSettled(value)
    }, typingPause)
    return () => {
      window.clearTimeout(timer)
    }
  }, [key])
  return settled
}

/** The plan of what the form says, before anything is launched. */
function PlanPreview ({ draft }: { draft: Draft }) {
  const query = planQuery(draft)
  const settled = useSettled({ name: draft.federation, query }, JSON.stringify([draft.federation, query]))
  const known = useResource(settled.query && planResource(settled.name, settled.query))
  return (
    <Card title='Plan' aside={<ModeBadge mode={draft.mode} />}>
      {settled.query
        ? <Loaded known={known}>{(plan) => <PlanSummary plan={plan} />}</Loaded>
        : (
          <p className='muted'>
            {draft.from > draft.to ? 'The first phase is after the last one.' : 'Choose a federation.'}
          </p>
        )}
    </Card>
  )
}

interface FormProps {
  draft: Draft
  change: (changes: Partial<Draft>) => void
}

function RehearsalFields ({ draft, change, clusters }: FormProps & { clusters: string[] }) {
  const worlds = worldsOf(useResource(deploymentsResource).data ?? [], draft.federation)
  return (
    <Card title='Rehearsal'>
      <div className='stack'>
        <div className='fields'>
          <Field label='World' hint='Simulated clouds of its own; fresh is made for this one and dropped.'>
            <input
              className='input'
              list='worlds'
              value={draft.world}
              onChange={(event) => {
                change({ world: event.target.value })
              }}
            />
          </Field>
          <datalist id='worlds'>
            {[...new Set(['default', 'fresh', ...worlds])].map((world) => (
              <option
                key={world}
                value={world}
              />
            ))}
          </datalist>
          <Field label='Time scale' hint='Seconds that a simulated second takes: 0 is as fast as possible.'>
            <input
              className='input'
              inputMode='decimal'
              value={draft.timeScale}
              onChange={(event) => {
                change({ timeScale: event.target.value })
              }}
            />
          </Field>
          <Field label='Seed' hint='Of what is random.'>
            <input
              className='input'
              inputMode='numeric'
              value={draft.seed}
              onChange={(event) => {
                change({ seed: event.target.value })
              }}
            />
          </Field>
        </div>
        <div className='field'>
          <span className='label'>Faults</span>
          <Faults
            faults={draft.faults}
            clusters={clusters}
            onChange={(faults) => {
              change({ faults })
            }}
          />
        </div>
      </div>
    </Card>
  )
}

function LaunchFields ({ draft, change, clusters }: FormProps & { clusters: string[] }) {
  const federations = useResource(federationsResource).data ?? []
  const phaseOptions = phases.map(({ number, title }) => (
    <option key={number} value={number}>{number} {title}</option>
  ))
  return (
    <Card title='What'>
      <div className='stack'>
        <div className='row wide-gap'>
          <Choice
            legend='Mode'
            value={draft.mode}
            values={['rehearsal', 'live']}
            onChange={(mode) => {
              change({ mode })
            }}
          />
          <Choice
            legend='Operation'
            value={draft.operation}
            values={['up', 'preview', 'drift-check', 'refresh', 'destroy']}
            onChange={(operation) => {
              change({ operation })
            }}
          />
        </div>
        <p className='hint'>
          {draft.mode === 'live'
            ? 'On real clouds, for real money. '
            : 'On simulated clouds: needs no account, changes nothing real. '}
          {operationHints[draft.operation]}
        </p>
        <div className='fields'>
          <Field label='Federation'>
            <select
              className='input'
              value={draft.federation}
              required
              onChange={(event) => {
                change({ federation: event.target.value, clusters: [] })
              }}
            >
              <option value=''>choose…</option>
              {federations.map(({ name, valid }) => (
                <option key={name} value={name} disabled={!valid}>
                  {name}
                  {valid ? '' : ' (has mistakes)'}
                </option>
              ))}
            </select>
          </Field>
          <Field label='First phase'>
            <select
              className='input'
              value={draft.from}
              onChange={(event) => {
                change({ from: Number(event.target.value) })
              }}
            >
              {phaseOptions}
            </select>
          </Field>
          <Field label='Last phase'>
            <select
              className='input'
              value={draft.to}
              onChange={(event) => {
                change({ to: Number(event.target.value) })
              }}
            >
              {phaseOptions}
            </select>
          </Field>
          <Field label='Units at once' hint='Empty: one for each unit host.'>
            <input
              className='input'
              inputMode='numeric'
              value={draft.parallelism}
              onChange={(event) => {
                change({ parallelism: event.target.value })
              }}
            />
          </Field>
        </div>
        <div className='row wide-gap'>
          <Choice
            legend='Order'
            value={draft.ordering}
            values={['phased', 'pipelined']}
            onChange={(ordering) => {
              change({ ordering })
            }}
          />
          <Choice
            legend='Approvals'
            value={draft.approvals}
            values={['none', 'each-phase']}
            onChange={(approvals) => {
              change({ approvals })
            }}
          />
        </div>
        {clusters.length > 0 && (
          <details open={draft.clusters.length > 0}>
            <summary>
              <span className='label'>Clusters</span>{' '}
              <span className='muted'>
                {draft.clusters.length === 0
                  ? `all ${clusters.length}`
                  : `${draft.clusters.length} of ${clusters.length}`}
              </span>
            </summary>
            <div className='cluster-choice'>
              {clusters.map((name) => (
                <label key={name} className='check'>
                  <input
                    type='checkbox'
                    checked={draft.clusters.includes(name)}
                    onChange={(event) => {
                      change({
                        clusters: event.target.checked
                          ? clusters.filter((one) => one === name || draft.clusters.includes(one))
                          : draft.clusters.filter((one) => one !== name)
                      })
                    }}
                  />
                  {name}
                </label>
              ))}
            </div>
            <p className='hint'>None chosen: all. Links and shared units go with all of their clusters.</p>
          </details>
        )}
      </div>
    </Card>
  )
}

/** What has to be typed before something of real clouds is deleted or changed. */
function LiveConfirmation (
  { draft, busy, error, onClose, onConfirm }: {
    draft: Draft
    busy: boolean
    error: Error | undefined
    onClose: () => void
    onConfirm: () => void
  }
) {
  const [typed, setTyped] = useState('')
  return (
    <Confirmation
      title={`Launch a live ${draft.operation} of ${draft.federation}?`}
      mode='live'
      action={`Launch live ${draft.operation}`}
      danger={draft.operation === 'destroy'}
      busy={busy}
      disabled={typed !== draft.federation}
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <p>
        {draft.operation === 'destroy'
          ? 'It deletes what is deployed on real clouds'
          : 'It acts on real clouds'}: phases {draft.from} to {draft.to},{' '}
        {draft.clusters.length === 0 ? 'all clusters' : count(draft.clusters.length, 'cluster')}.
      </p>
      <Field label={`Type ${draft.federation} to go on`}>
        <input
          className='input'
          autoComplete='off'
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
          }}
        />
      </Field>
      {error && <Problem error={error} />}
    </Confirmation>
  )
}

/** The form: what, how, what goes wrong, and the plan of it before the button. */
export function LaunchPage () {
  const { query } = useAddress()
  const federations = useResource(federationsResource).data
  const [draft, setDraft] = useState(() => draftOf(query))
  const [asking, setAsking] = useState(false)
  // The same key for the same form: a click that was not answered can be repeated.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const change = (changes: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...changes }))
    setKey(crypto.randomUUID())
  }
  const only = federations?.filter(({ valid }) => valid)
  useEffect(() => {
    if (draft.federation === '' && only?.length === 1 && only[0]) change({ federation: only[0].name })
  }, [only?.length])
  const clusters =
    useResource(draft.federation === '' ? undefined : federationResource(draft.federation)).data?.clusters
      .map(({ name }) => name) ?? []
  const { busy, error, run } = useAction(async () => {
    const made = await answer(
      api.POST('/v1/deployments', { body: bodyOf(draft), headers: { 'idempotency-key': key } })
    )
    refresh('deployments')
    navigate(pathOf('deployments', made.id))
  })
  useTitle('Launch')
  useMode(draft.mode)
  const label = `Launch ${draft.mode === 'live' ? 'LIVE' : 'rehearsal'}: ${draft.operation} of ` +
    `${draft.federation || '…'}`
  return (
    <>
      <form
        className='stack'
        onSubmit={(event) => {
          event.preventDefault()
          if (draft.mode === 'live') setAsking(true)
          else run()
        }}
      >
        <div className='heading'>
          <div className='titles'>
            <h1 className='row'>
              Launch <ModeBadge mode={draft.mode} />
            </h1>
          </div>
        </div>
        <div className='launch'>
          <div className='stack'>
            <LaunchFields draft={draft} change={change} clusters={clusters} />
            {draft.mode === 'rehearsal' && (
              <RehearsalFields draft={draft} change={change} clusters={clusters} />
            )}
          </div>
          <div className='stack launch-plan'>
            <PlanPreview draft={draft} />
            {error && !asking && (
              <Problem error={error} title={error instanceof ApiError ? 'Refused' : 'Not launched'} />
            )}
            <div>
              <button
                type='submit'
                className='button primary launch-button'
                disabled={busy || draft.federation === ''}
              >
                <RocketIcon />
                {busy ? 'Launching…' : label}
              </button>
            </div>
          </div>
        </div>
      </form>
      {asking && (
        <LiveConfirmation
          draft={draft}
          busy={busy}
          error={error}
          onClose={() => {
            setAsking(false)
          }}
          onConfirm={run}
        />
      )}
    </>
  )
}
