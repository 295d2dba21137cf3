/** The steps with which a deployment is steered: their calls and their texts. */
import { answer, api, type Deployment } from '../../api/client.ts'
import { put, refresh } from '../../api/resource.ts'
import { count } from '../../model/figures.ts'
import { phaseTitle } from '../../model/phases.ts'

export type Step = 'approve' | 'reject' | 'override' | 'cancel' | 'resume'

/** The phase whose approval the deployment waits for. */
export const waitingPhase = ({ status, phases, window }: Deployment): number | undefined =>
  status === 'waiting' && window === undefined
    ? phases.find((phase) => phase.status === 'waiting')?.number
    : undefined

function call (step: Step, id: string, phase: number | undefined, comment: string) {
  const params = { path: { id } }
  const decision = { phase: phase ?? 0, ...(comment !== '' && { comment }) }
  switch (step) {
    case 'approve':
      return api.POST('/v1/deployments/{id}/approve', { params, body: decision })
    case 'reject':
      return api.POST('/v1/deployments/{id}/reject', { params, body: decision })
    case 'override':
      return api.POST('/v1/deployments/{id}/override-window', { params, body: { reason: comment } })
    case 'cancel':
      return api.POST('/v1/deployments/{id}/cancel', { params, body: null })
    case 'resume':
      return api.POST('/v1/deployments/{id}/resume', { params, body: null })
  }
}

/** Takes a step and shows what the deployment is after it. */
export async function steer (
  step: Step,
  { id }: Deployment,
  phase: number | undefined,
  comment: string
): Promise<void> {
  put(`deployment/${id}`, await answer<Deployment>(call(step, id, phase, comment.trim())))
  refresh('deployment')
}

export interface StepTexts {
  title: string
  /** Text of the button. */
  action: string
  /** Explains the step. */
  text: string
}

/** The texts of a step; every button names the mode. */
export function stepTexts (step: Step, item: Deployment, phase: number | undefined): StepTexts {
  const { mode, operation, federation, window } = item
  const what = `${mode} ${operation} of ${federation}`
  const name = phase === undefined ? '' : `phase ${phase}, ${phaseTitle(phase).toLowerCase()}`
  switch (step) {
    case 'approve':
      return {
        title: `Approve ${name}?`,
        action: `Approve in the ${mode} deployment`,
        text: `The ${what} continues with ${name}.`
      }
    case 'reject':
      return {
        title: `Reject ${name}?`,
        action: `Reject in the ${mode} deployment`,
        text: `The ${what} fails before ${name}. It can be resumed.`
      }
    case 'override':
      return {
        title: 'Continue outside the maintenance windows?',
        action: `Continue the ${mode} deployment`,
        text: `The ${what} continues now and runs to its end, although ` +
          `${window?.because === 'freeze' ? 'a freeze holds' : 'its window is closed'}. ` +
          'The audit log records it.'
      }
    case 'cancel':
      return {
        title: `Cancel this ${mode} ${operation}?`,
        action: `Cancel the ${mode} deployment`,
        text: `The ${what} starts no further unit. ${endingUnits(item)}It can be resumed.`
      }
    case 'resume':
      return {
        title: `Resume this ${mode} ${operation}?`,
        action: `Resume the ${mode} deployment`,
        text:
          `The ${what} runs ${remainingUnits(item)}, and nothing else, with the federation as it was at ` +
          'launch.'
      }
  }
}

function endingUnits ({ phases }: Deployment): string {
  const running = phases.reduce((sum, { units }) => sum + units.running, 0)
  if (running === 0) return ''
  return running === 1
    ? '1 running unit first finishes the resource operations that it has begun. '
    : `${running} running units first finish the resource operations that they have begun. `
}

function remainingUnits ({ phases }: Deployment): string {
  const left = phases.reduce((sum, { units: { total, succeeded } }) => sum + total - succeeded, 0)
  return `the ${count(left, 'unit')} that ${left === 1 ? 'has' : 'have'} not succeeded`
}
