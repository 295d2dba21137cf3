import { useState } from 'react'
import type { Deployment } from '../../api/client.ts'
import { launchAgain } from '../../model/launch-draft.ts'
import { isEnded } from '../../model/state.ts'
import { Link } from '../../router.tsx'
import { useMay } from '../../ui/session.ts'
import { StepDialog } from './step-dialog.tsx'
import { waitingPhase, type Step } from './steps.ts'

/** The buttons of what the session may do with the deployment now. */
export function Steering ({ item }: { item: Deployment }) {
  const [step, setStep] = useState<Step>()
  const may = useMay()
  const phase = waitingPhase(item)
  const { federation, mode, operation, status, window } = item
  const scope = { federation, mode, operation }
  const ended = isEnded(item)
  const steers = may('deployments.steer', scope)
  const decides = phase !== undefined &&
    may('deployments.approve', { ...scope, phases: { from: phase, to: phase } })
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
      {window && may('deployments.approve', scope) && button('override', 'Continue now', 'danger')}
      {decides && button('approve', `Approve phase ${phase}`, 'primary')}
      {decides && button('reject', 'Reject', 'danger')}
      {steers && !ended && status !== 'canceling' && button('cancel', 'Cancel', 'danger')}
      {steers && (status === 'failed' || status === 'canceled') && button('resume', 'Resume', 'primary')}
      {ended && may('deployments.launch', scope) && (
        <Link className='button' to={launchAgain(item)}>Launch again</Link>
      )}
      {step !== undefined && (
        <StepDialog
          step={step}
          item={item}
          phase={phase}
          onClose={() => {
            setStep(undefined)
          }}
        />
      )}
    </div>
  )
}
