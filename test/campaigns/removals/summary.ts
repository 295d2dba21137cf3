/** Lines for people about a run of removals. Pure. */
import type { RemovalKind } from './removal.ts'

/** A removal that nothing has to refuse, and why. */
export interface Permitted {
  /** As `nameOf` gives it; `*` stands for any characters. */
  readonly removal: string
  readonly why: string
  /** Address of what shows that it may go. */
  readonly source: string
}

/** One removal that was tried. */
export interface Tried {
  readonly kind: RemovalKind
  readonly name: string
  /** The refusal or measurement that misses it; absent: nobody does. */
  readonly check?: string
  /** The entry that lets it go. */
  readonly may?: Permitted
}

/** Name of what missed a removal, without the place: a measurement, or the cloud's operation. */
function checkOf (check: string): string {
  const [kind = '', , duty = ''] = check.split(': ')
  if (kind === 'duties') return `duty ${duty}`
  return kind === 'probes' ? 'probes of phase 8' : `phase ${kind.split('.')[0] ?? ''} refused`
}

/** Counts of each text, the most frequent first. */
function counted (texts: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([text, count]) => `${text} ${count}`).join(', ')
}

/**
 * One line a kind: how many removals were tried, how many were missed by what, how many may go, and
 * a line for each that nobody missed.
 */
export function summary (tried: readonly Tried[]): string[] {
  const kinds = [...new Set(tried.map(({ kind }) => kind))].sort()
  return kinds.flatMap((kind) => {
    const own = tried.filter((one) => one.kind === kind)
    const checks = own.flatMap(({ check }) => check === undefined ? [] : [checkOf(check)])
    const may = own.filter((one) => one.may).length
    const unmissed = own.filter((one) => !one.may && one.check === undefined)
    const by = checks.length > 0 ? ` (${counted(checks)})` : ''
    return [
      `${kind}: ${own.length} removals, ${checks.length} missed${by}, ${may} may go, ` +
      `${unmissed.length} not missed`,
      ...unmissed.map(({ name }) => `  not missed: ${name}`)
    ]
  })
}
