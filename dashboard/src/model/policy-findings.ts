/** Findings of policies as they are shown. Pure. */
import type { PolicyFinding } from '../api/client.ts'
import type { State } from './state.ts'

export interface PolicyGroup {
  policy: string
  enforcement: PolicyFinding['enforcement']
  /** The first line of the message, which is the policy's own. */
  rule: string
  /** One finding for each place that violates the policy. */
  places: PolicyFinding[]
}

/** Groups findings by policy, mandatory ones first. */
export function byPolicy (findings: readonly PolicyFinding[]): PolicyGroup[] {
  const groups = new Map<string, Omit<PolicyGroup, 'places'> & { places: Map<string, PolicyFinding> }>()
  for (const finding of findings) {
    const group = groups.get(finding.policy) ?? {
      policy: finding.policy,
      enforcement: finding.enforcement,
      rule: finding.message.split('\n')[0] ?? '',
      places: new Map()
    }
    // A unit that was tried again reports the same again.
    group.places.set(`${finding.unit} ${finding.urn ?? ''} ${finding.message}`, finding)
    groups.set(finding.policy, group)
  }
  return [...groups.values()].map((group) => ({ ...group, places: [...group.places.values()] }))
    .sort((a, b) => b.enforcement.localeCompare(a.enforcement) || a.policy.localeCompare(b.policy))
}

export const enforcementState = (enforcement: PolicyFinding['enforcement']): State =>
  enforcement === 'mandatory' ? 'failed' : 'waiting'
