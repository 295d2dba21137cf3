/** States of deployments, phases, units and whatever else the page shows one of. Pure. */
import {
  endedStatuses,
  type DeploymentStatus,
  type PhaseStatus,
  type UnitStatus
} from '../../../contract/words.ts'

/** Every state with a colour and a sign; `absent` is the state of what does not exist. */
export type State = DeploymentStatus | PhaseStatus | UnitStatus | 'absent'

/** Tells a deployment that only a resume changes from one that still changes by itself. */
export const isEnded = ({ status }: { status: DeploymentStatus }): boolean => endedStatuses.includes(status)
