/** Policy findings for people. */
import { type PolicyFinding } from '../../contract/policy-finding.ts'

/**
 * Policy by policy, mandatory ones first: the rule once, then each resource and what to change
 * there. Pure.
 */
export function findingLines (findings: readonly PolicyFinding[]): string[] {
  const groups = new Map<string, { rule: string, places: Set<string> }>()
  for (
    const { policy, enforcement, unit, urn, message } of [...findings].sort((a, b) =>
      b.enforcement.localeCompare(a.enforcement) || a.policy.localeCompare(b.policy)
    )
  ) {
    const [rule = '', ...advice] = message.split('\n')
    const heading = `${enforcement} ${policy}`
    const group = groups.get(heading) ?? { rule, places: new Set() }
    // A unit that was tried again reports the same again.
    group.places.add(
      `${unit}  ${urn?.split('::').slice(2).join('::') ?? 'the stack'}: ${advice.join(' ') || rule}`
    )
    groups.set(heading, group)
  }
  return [...groups].flatMap((
    [heading, { rule, places }]
  ) => [`${heading} (${places.size}): ${rule}`, ...[...places].map((place) => `  ${place}`)])
}
