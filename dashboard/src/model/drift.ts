/** What a drift check found, as it is shown. Pure. */
import type { Deployment, DriftFinding } from '../api/client.ts'
import type { State } from './words.ts'

type Counts = NonNullable<Deployment['drift']>
export const driftKinds = ['changed', 'missing', 'output'] as const
export type DriftKind = typeof driftKinds[number]
/** A kind as a state, which has its colour and sign. */
export const kindState: Record<DriftKind, State> = {
  changed: 'waiting',
  missing: 'failed',
  output: 'skipped'
}
export const kindWords: Record<DriftKind, string> = {
  changed: 'changed',
  missing: 'missing',
  output: 'computed values only'
}
export const kindHints: Record<DriftKind, string> = {
  changed: 'An input that the program sets is another one in the cloud',
  missing: 'Gone from the cloud',
  output: 'Only values that the cloud computes differ: nothing to do'
}

export const ignoredIn = ({ ignored }: Counts): number => ignored.changed + ignored.missing + ignored.output

/**
 * What to show of a list: the kinds that were asked for (all unless one was), with what is ignored
 * or without.
 */
export function shownDrift (
  findings: readonly DriftFinding[],
  { kind, ignored }: { kind?: DriftKind | undefined, ignored: boolean }
): DriftFinding[] {
  return findings.filter((one) =>
    (kind === undefined || one.kind === kind) && (ignored || one.ignored === undefined)
  ).toSorted((a, b) => driftKinds.indexOf(a.kind) - driftKinds.indexOf(b.kind))
}

/** A value in one line. */
export const valueText = (value: unknown): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
