import { useState, type FormEvent } from 'react'
import { answer, api, ApiError } from '../../api/client.ts'
import { federation as federationResource } from '../../api/queries.ts'
import { refresh, useResource } from '../../api/resource.ts'
import { bodyOf } from '../../model/launch-draft.ts'
import { navigate, pathOf } from '../../router.tsx'
import { useAction } from '../../ui/action.ts'
import { ModeBadge } from '../../ui/badge.tsx'
import { RocketIcon } from '../../ui/icons.tsx'
import { useMode } from '../../ui/mode.ts'
import { Problem } from '../../ui/problem.tsx'
import { useTitle } from '../../ui/title.ts'
import { DeploymentFields } from './deployment-fields.tsx'
import { LiveConfirmation } from './live-confirmation.tsx'
import { PlanPreview } from './plan-preview.tsx'
import { RehearsalFields } from './rehearsal-fields.tsx'
import { useDraft } from './use-draft.ts'

/** The names of a federation's clusters; none until they are known. */
const useClusters = (federation: string): string[] =>
  useResource(federation === '' ? undefined : federationResource(federation)).data?.clusters
    .map(({ name }) => name) ?? []

/** The form of a launch, with the plan of what it says beside it. */
export function LaunchPage () {
  const { draft, change, key } = useDraft()
  const [asking, setAsking] = useState(false)
  const clusters = useClusters(draft.federation)
  const { busy, error, run } = useAction(async () => {
    const headers = { 'idempotency-key': key }
    const made = await answer(api.POST('/v1/deployments', { body: bodyOf(draft), headers }))
    refresh('deployments')
    navigate(pathOf('deployments', made.id))
  })
  const live = draft.mode === 'live'
  useTitle('Launch')
  useMode(draft.mode)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (live) setAsking(true)
    else run()
  }
  const label = `Launch ${live ? 'LIVE' : 'rehearsal'}: ${draft.operation} of ${draft.federation || '…'}`
  return (
    <>
      <form className='stack' onSubmit={submit}>
        <div className='heading'>
          <div className='titles'>
            <h1 className='row'>
              Launch <ModeBadge mode={draft.mode} />
            </h1>
          </div>
        </div>
        <div className='launch'>
          <div className='stack'>
            <DeploymentFields draft={draft} change={change} clusters={clusters} />
            {!live && <RehearsalFields draft={draft} change={change} clusters={clusters} />}
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
