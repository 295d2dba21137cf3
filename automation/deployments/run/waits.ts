/**
 * Waits of a run before a phase: for people at its gate, and for the time in which what is live may
 * be changed.
 */
import { type EventDraft } from '../../event-draft.ts'
import { failure } from '../../failures.ts'
import { gateAt } from '../../store/deployments/deployments.ts'
import { type LockedDeployment } from '../../store/deployments/locked-deployment.ts'
import { readPhaseStatuses, setDeploymentStatus, setPhaseStatus } from '../../store/deployments/statuses.ts'
import { type Part, type WindowRules, windowState } from '../../windows/windows.ts'
import { finishDeployment } from '../finish.ts'
import { deploymentBefore, phaseBefore } from '../states.ts'
import { type Change } from './writer.ts'

/**
 * A run as its waits see it. All truth is in the store: each may be called again after a crash,
 * here or elsewhere.
 */
export interface WaitingRun {
  readonly id: string
  /** Writes a change, again when the store did not take it. */
  change<T>(change: Change<T>): Promise<T>
  /** Waits so many milliseconds, or the usual time, or until there is something to look at. */
  pause(milliseconds?: number): Promise<boolean>
  read(): Promise<LockedDeployment>
  now(): Date
}

/**
 * Milliseconds between looks at the clock while a window is waited for: a clock that is set, or a
 * laptop that slept, makes nobody wait longer than that. Nothing is asked of the store meanwhile
 * but the deployment's own row.
 */
const longestPause = 60_000

const result = <T>(value: T, events: EventDraft[] = []) => ({ value, events })

/**
 * Waits until a phase may start: at once without approvals, after one that the deployment waits for
 * with them. Resolves with false when the deployment ended or is canceling.
 */
export async function waitAtGate (run: WaitingRun, phase: number): Promise<boolean> {
  const { id } = run
  const open = await run.change<'open' | 'wait' | 'over'>(async (client, deployment) => {
    if (deployment.status === 'waiting' && deployment.gate === phase) return result('wait')
    // A run whose workflow was lost while it waited for a window comes here again.
    const resumed = deployment.status === 'waiting' && deployment.window !== null &&
      await setDeploymentStatus(client, id, { from: ['waiting'], to: 'running' })
    if (deployment.status !== 'running' && !resumed) return result('over')
    const statuses = await readPhaseStatuses(client, id)
    if (deployment.approved.includes(phase) || statuses.get(phase) === 'succeeded') return result('open')
    const limit = gateAt(deployment.gates, phase).expiresMinutes
    await setDeploymentStatus(client, id, {
      from: deploymentBefore('waiting'),
      to: 'waiting',
      gate: { phase, ...(limit !== undefined && { minutes: limit }) }
    })
    await setPhaseStatus(client, id, { phases: [phase], from: phaseBefore('waiting'), to: 'waiting' })
    return result('wait', [{ type: 'deployment.waiting', phase }])
  })
  if (open !== 'wait') return open === 'open'
  for (;;) {
    await run.pause()
    const now = await run.read()
    if (now.status === 'waiting' && now.gate === phase) {
      if (now.gateExpired) await expire(run, phase)
      continue
    }
    return now.status === 'running' && now.approved.includes(phase)
  }
}

/**
 * Ends a deployment whose gate waited for too long: as if it had been rejected, but with a code of
 * its own.
 */
async function expire (run: WaitingRun, phase: number): Promise<void> {
  await run.change(async (client, deployment) => {
    // Decided just now, or resumed: nothing to end.
    if (deployment.status !== 'waiting' || deployment.gate !== phase || !deployment.gateExpired) {
      return result(undefined)
    }
    const minutes = gateAt(deployment.gates, phase).expiresMinutes
    const error = failure('approval-expired', { phase, minutes: minutes ?? 0 })
    const ended = await finishDeployment(client, deployment, { error })
    return result(undefined, [
      { type: 'deployment.rejected', phase, reason: 'expired', comment: error.message },
      ...ended
    ])
  })
}

/**
 * Waits until all parts, units that are still to run, may start: at once when no window or freeze
 * is about them, when somebody had the deployment go on anyway, or when one of their phases has
 * begun already. Resolves with false when the deployment ended or is canceling.
 */
export async function waitForWindow (
  run: WaitingRun,
  rules: WindowRules,
  parts: readonly (Part & { number: number })[]
): Promise<boolean> {
  const { id } = run
  const [first] = parts
  if (!first) return true
  const phase = first.number
  for (;;) {
    const waits = await run.change<{ opens?: string } | 'open' | 'over'>(async (client, deployment) => {
      const waiting = deployment.status === 'waiting' && deployment.window !== null
      if (deployment.status !== 'running' && !waiting) return result('over')
      const statuses = await readPhaseStatuses(client, id)
      // Units of phases that succeeded are cleaned up after: that belongs to what began in time.
      const begun = parts.some(({ number }) =>
        statuses.get(number) === 'running' || statuses.get(number) === 'succeeded'
      )
      const state = begun || deployment.windowOverride
        ? { open: true } as const
        : windowState(rules, parts, run.now())
      if (state.open) {
        if (!waiting) return result('open')
        await setDeploymentStatus(client, id, { from: ['waiting'], to: 'running' })
        return result(
          'open',
          deployment.window?.phase === phase ? [{ type: 'deployment.continued', phase }] : []
        )
      }
      const window = {
        phase,
        because: state.because,
        names: [...state.names],
        ...(state.opens && { opens: state.opens.toISOString() })
      }
      // What is waited for may change: a freeze ends before a window opens.
      const told = deployment.window?.phase === phase && deployment.window.because === window.because
      if (!told || deployment.window?.opens !== window.opens) {
        await setDeploymentStatus(client, id, { from: ['running', 'waiting'], to: 'waiting', window })
      }
      if (!told) {
        await setPhaseStatus(client, id, { phases: [phase], from: phaseBefore('waiting'), to: 'waiting' })
      }
      return result(window, told ? [] : [{ type: 'deployment.waiting', phase, window }])
    })
    if (typeof waits === 'string') return waits === 'open'
    const left = waits.opens === undefined ? longestPause : Date.parse(waits.opens) - run.now().getTime()
    await run.pause(Math.max(1, Math.min(longestPause, left)))
    await run.read()
  }
}
