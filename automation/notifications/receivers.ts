/** Receivers that are told of an event. Pure. */
import { type Federation } from '../../programs/types.ts'
import { type Hook } from '../hooks/file.ts'
import { type Facts, type Receiver } from '../store/messages/facts.ts'
import { pages } from './messages.ts'

/**
 * The words of the federation file for an event: findings are asked for by how strict the policy
 * is.
 */
function wordsOf ({ what, mandatory = 0, advisory = 0 }: Facts): string[] {
  if (what !== 'findings') return [what]
  return [
    ...(mandatory > 0 ? ['policy-mandatory'] : []),
    ...(mandatory + advisory > 0 ? ['policy-advisory'] : [])
  ]
}

/**
 * The receivers that the federation's file names for it, and the callback of the hook that launched
 * the deployment.
 */
export function receiversOf (
  facts: Facts,
  federation: Pick<Federation, 'notifications'> | undefined,
  hooks: readonly Hook[]
): Receiver[] {
  const { what, mode, operation, launchedBy } = facts
  const named = (federation?.notifications ?? [])
    .filter(({ events, modes, operations }) =>
      wordsOf(facts).some((word) => (events as readonly string[]).includes(word)) && modes.includes(mode) &&
      operations.includes(operation)
    )
    .filter(({ kind }) => kind !== 'pagerduty' || pages(facts))
    .map(({ name, kind, secret, url, from, to }): Receiver => ({
      name,
      kind,
      secret,
      ...(url !== undefined && { url }),
      ...(from !== undefined && { from }),
      ...(to && { to: [...to] })
    }))
  const callback = launchedBy?.kind === 'hook' && what !== 'unit-failed'
    ? hooks.find(({ name }) => `hook:${name}` === launchedBy.subject)?.callback
    : undefined
  return callback
    ? [...named, { name: `${launchedBy?.subject ?? 'hook'}`, kind: 'webhook', ...callback }]
    : named
}
