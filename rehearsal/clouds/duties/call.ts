/** Judging one call of a duty. */
import { type Peer, type Pod, policyRefusal } from '../network/pod-policies.ts'
import { type Site } from '../network/site.ts'
import { type Verdict } from '../network/verdict.ts'
import { type World } from '../network/world.ts'
import { type DutyName, type Unmet } from './table.ts'

/** Name of pods for a report. */
export function podName ({ namespace, labels }: Pod, name?: string): string {
  const own = name ?? labels.app ?? labels.istio ?? labels['app.kubernetes.io/name'] ?? 'pods'
  return `${namespace}/${String(own)}`
}

/** A call between pods of one cluster, by its policies: out of one, and into the other. */
export function policyVerdict (
  world: World,
  site: Site,
  call: { from?: Pod, peer?: Peer, to?: Pod, port: number, protocol?: 'TCP' | 'UDP' }
): Verdict | undefined {
  const { from, to, port, protocol = 'TCP' } = call
  const outside = call.peer ?? (to && { kind: 'pod', pod: to } as const)
  const inside = call.peer ?? (from && { kind: 'pod', pod: from } as const)
  return (from && outside &&
    policyRefusal(world, site, { direction: 'Egress', pod: from, peer: outside, port, protocol })) ??
    (to && inside &&
      policyRefusal(world, site, { direction: 'Ingress', pod: to, peer: inside, port, protocol }))
}

/** The entry of a report for a refused call; none for one that arrives. */
export function unmet (duty: DutyName, from: string, to: string, verdict: Verdict | undefined): Unmet[] {
  return verdict === undefined || verdict.reached
    ? []
    : [{ duty, from, to, why: `${verdict.at}: ${verdict.why}` }]
}
