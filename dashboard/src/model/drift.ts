/** Findings of drift checks as they are shown. Pure. */
import type { Deployment, DriftFinding } from '../api/client.ts'
import type { State } from './state.ts'

export type DriftKind = DriftFinding['kind']

/**
 * Words for each kind, in the order in which the page shows them: what needs work comes first.
 */
export const driftWords: Record<DriftKind, { title: string, hint: string, state: State }> = {
  changed: {
    title: 'changed',
    hint: 'An input that the program sets has another value in the cloud',
    state: 'waiting'
  },
  missing: { title: 'missing', hint: 'The resource no longer exists in the cloud', state: 'failed' },
  output: {
    title: 'computed values only',
    hint: 'Only values that the cloud computes differ: nothing to do',
    state: 'skipped'
  }
}
export const driftKinds = Object.keys(driftWords) as DriftKind[]

/** Number of resources that differ and that the federation file ignores. */
export const ignoredIn = ({ ignored }: NonNullable<Deployment['drift']>): number =>
  ignored.changed + ignored.missing + ignored.output

/**
 * Findings of the kind that was asked for, or of all when none was, with those that the federation
 * file ignores or without them.
 */
export function shownDrift (
  findings: readonly DriftFinding[],
  { kind, ignored }: { kind?: DriftKind | undefined, ignored: boolean }
): DriftFinding[] {
  return findings.filter((one) =>
    (kind === undefined || one.kind === kind) && (ignored || one.ignored === undefined)
  ).toSorted((a, b) => driftKinds.indexOf(a.kind) - driftKinds.indexOf(b.kind))
}
