import { type Deployment } from '../../server/contract/deployment.ts'
import { harmless } from './text.ts'

/** What a deployment that waits for an approval still needs, for people. */
export function gateLines ({ gate }: Deployment): string[] {
  if (!gate) return []
  const { phase, missing, people, groups, approvedBy, expiresAt } = gate
  const from = [...people, ...groups.map((group) => `the group ${group}`)].join(', ')
  return [
    harmless(`phase ${phase} waits for ${missing} ${missing === 1 ? 'approval' : 'approvals'}${from === '' ? '' : ` of ${from}`}${expiresAt === undefined ? '' : ` until ${expiresAt}`}`),
    ...approvedBy.map(({ actor, time, comment }) => harmless(`approved by ${actor?.name ?? 'the service'} at ${time}${comment === undefined ? '' : `: ${comment}`}`))
  ]
}
