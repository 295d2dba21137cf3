import { type Deployment } from '../../contract/deployment.ts'
import { windowLines } from './window.ts'

/** The approvals or the time that a deployment waits for, for people. */
export function gateLines (deployment: Deployment): string[] {
  const { gate } = deployment
  if (!gate) return windowLines(deployment)
  const { phase, missing, people, groups, approvedBy, expiresAt } = gate
  const from = [...people, ...groups.map((group) => `the group ${group}`)].join(', ')
  return [
    `phase ${phase} waits for ${missing} ${missing === 1 ? 'approval' : 'approvals'}${
      from === '' ? '' : ` of ${from}`
    }${expiresAt === undefined ? '' : ` until ${expiresAt}`}`,
    ...approvedBy.map(({ actor, time, comment }) =>
      `approved by ${actor?.name ?? 'the service'} at ${time}${comment === undefined ? '' : `: ${comment}`}`
    )
  ]
}
