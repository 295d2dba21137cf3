import { useState } from 'react'
import { answer, api, type Deployment } from '../api/client.ts'
import { put, refresh } from '../api/resource.ts'
import { phaseTitle } from '../model/phases.ts'
import { count } from '../model/words.ts'
import { Link } from '../router.tsx'
import { useAction } from '../ui/action.ts'
import { Confirmation } from '../ui/dialog.tsx'
import { isEnded, Problem } from '../ui/parts.tsx'
import { useMay } from '../ui/session.ts'
import { launchAgain } from './launch-draft.ts'

type Step = 'approve' | 'reject' | 'override' | 'cancel' | 'resume'

async function steer (
  step: Step,
  { id }: Deployment,
  phase: number | undefined,
  comment: string
): Promise<void> {
  const path = { path: { id } }
  const decision = { phase: phase ?? 0, ...(comment.trim() !== '' && { comment: comment.trim() }) }
  const after = await answer(
    step === 'approve'
      ? api.POST('/v1/deployments/{id}/approve', { params: path, body: decision })
      : step === 'reject'
      ? api.POST('/v1/deployments/{id}/reject', { params: path, body: decision })
      : step === 'override'
      ? api.POST('/v1/deployments/{id}/override-window', { params: path, body: { reason: comment.trim() } })
      : step === 'cancel'
      ? api.POST('/v1/deployments/{id}/cancel', { params: path, body: null })
      : api.POST('/v1/deployments/{id}/resume', { params: path, body: null })
  )
  put(`deployment/${id}`, after)
  refresh('deployment')
}

/** The phase whose approval the deployment waits for. */
export const waitingPhase = ({ status, phases, window }: Deployment): number | undefined =>
  status === 'waiting' && window === undefined
    ? phases.find((phase) => phase.status === 'waiting')?.number
    : undefined

function StepDialog (
  { step, item, phase, onClose, onDone }: {
    step: Step
    item: Deployment
    phase: number | undefined
    onClose: () => void
    onDone: () => void
  }
) {
  const [comment, setComment] = useState('')
  const { busy, error, run } = useAction(async () => {
    await steer(step, item, phase, comment)
    onDone()
  })
  const what = `${item.mode} ${item.operation} of ${item.federation}`
  const left = item.phases.reduce((sum, { units: { total, succeeded } }) => sum + total - succeeded, 0)
  const running = item.phases.reduce((sum, { units }) => sum + units.running, 0)
  const name = phase === undefined ? '' : `phase ${phase}, ${phaseTitle(phase).toLowerCase()}`
  const texts: Record<Step, { title: string, action: string, text: string }> = {
    approve: {
      title: `Approve ${name}?`,
      action: `Approve in the ${item.mode} deployment`,
      text: `The ${what} goes on with ${name}.`
    },
    reject: {
      title: `Reject ${name}?`,
      action: `Reject in the ${item.mode} deployment`,
      text: `The ${what} fails before ${name}; it can be resumed.`
    },
    override: {
      title: 'Go on outside the maintenance windows?',
      action: `Go on with the ${item.mode} deployment`,
      text: `The ${what} goes on now, and to its end, though ` +
        `${item.window?.because === 'freeze' ? 'a freeze holds' : 'its window is closed'}. It is noted in ` +
        'the audit log.'
    },
    cancel: {
      title: `Cancel this ${item.mode} ${item.operation}?`,
      action: `Cancel the ${item.mode} deployment`,
      text: `No unit of the ${what} starts any more. ${
        running === 0
          ? ''
          : `${count(running, 'unit')} under way let ${running === 1 ? 'its' : 'their'} begun resource ` +
            'operations end first. '
      }It can be resumed.`
    },
    resume: {
      title: `Resume this ${item.mode} ${item.operation}?`,
      action: `Resume the ${item.mode} deployment`,
      text:
        `The ${what} runs the ${count(left, 'unit')} that ${left === 1 ? 'has' : 'have'} not succeeded, ` +
        'and nothing else, with the federation as it was at launch.'
    }
  }
  const { title, action, text } = texts[step]
  return (
    <Confirmation
      title={title}
      mode={item.mode}
      action={action}
      danger={step === 'cancel' || step === 'reject' || step === 'override'}
      busy={busy}
      onClose={onClose}
      onConfirm={run}
    >
      <p>{text}</p>
      {(step === 'approve' || step === 'reject' || step === 'override') && (
        <div className='field'>
          <label htmlFor='decision-comment'>{step === 'override' ? 'Why it can not wait' : 'Comment'}</label>
          <textarea
            id='decision-comment'
            className='input'
            maxLength={1000}
            {...(step === 'override' && { required: true, minLength: 3 })}
            value={comment}
            onChange={(event) => {
              setComment(event.target.value)
            }}
          />
          <p className='hint'>Kept with the decision.</p>
        </div>
      )}
      {error && <Problem error={error} />}
    </Confirmation>
  )
}

/** What can be done with a deployment now. */
export function Steering ({ item }: { item: Deployment }) {
  const [step, setStep] = useState<Step>()
  const phase = waitingPhase(item)
  const may = useMay()
  const scope = { federation: item.federation, mode: item.mode, operation: item.operation }
  const steers = may('deployments.steer', scope)
  const decides = phase !== undefined &&
    may('deployments.approve', { ...scope, phases: { from: phase, to: phase } })
  const close = () => {
    setStep(undefined)
  }
  const button = (which: Step, label: string, className: string) => (
    <button
      type='button'
      className={`button ${className}`}
      onClick={() => {
        setStep(which)
      }}
    >
      {label}
    </button>
  )
  return (
    <div className='actions'>
      {item.window && may('deployments.approve', scope) && button('override', 'Go on now', 'danger')}
      {decides && button('approve', `Approve phase ${phase}`, 'primary')}
      {decides && button('reject', 'Reject', 'danger')}
      {steers && !isEnded(item) && item.status !== 'canceling' && button('cancel', 'Cancel', 'danger')}
      {steers && (item.status === 'failed' || item.status === 'canceled') &&
        button('resume', 'Resume', 'primary')}
      {isEnded(item) && may('deployments.launch', scope) && (
        <Link className='button' to={launchAgain(item)}>Launch again</Link>
      )}
      {step !== undefined && (
        <StepDialog step={step} item={item} phase={phase} onClose={close} onDone={close} />
      )}
    </div>
  )
}
