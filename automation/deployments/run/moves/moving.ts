import { type EventDraft } from '../../../event-draft.ts'
import { type Move } from '../../../plan/takeovers.ts'
import { type LockedDeployment } from '../../../store/deployments/locked-deployment.ts'

/** Moves of one run, and where they are made. */
export interface Moving {
  readonly deployment: Pick<LockedDeployment, 'id' | 'federation' | 'place'>
  readonly moves: readonly Move[]
  /** Stacks of units that no phase has any more: removed when they have nothing left. */
  readonly ended: readonly string[]
}

/** Tells of a move in the deployment's events. */
export function toldMove ({ from, to }: Move, count: number): EventDraft {
  return {
    type: 'diagnostic',
    phase: to.phase,
    unit: to.unit,
    severity: 'info',
    message: `${count} resources were moved from stack ${from.stack}, where an earlier version had them, ` +
      `into ${to.stack}; nothing was changed in their clouds`
  }
}
