/** Findings of a drift check, for people. Pure. */
import { type Deployment } from '../../contract/deployment.ts'
import { type DriftCounts, type DriftFinding } from '../../contract/drift.ts'
import { code, longestComment, marked, orphanMarkdown, plain, row, tableOf } from './markdown.ts'
import { orphansOf } from './orphan.ts'
import { cut, table } from './text.ts'

/** Columns of a value; of longer ones the beginning is shown. */
const valueWidth = 40
/** Rows of a comment: more than a person reads before opening the dashboard. */
const mostRows = 150

const shown = (value: unknown): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
const ignoredOf = ({ ignored }: DriftCounts) => ignored.changed + ignored.output + ignored.missing

/** `2 changed, 1 missing of 318 resources; 40 differ in computed values only, 3 ignored`. */
export function driftSummary (counts: DriftCounts): string {
  const { resources, changed, missing, output } = counts
  const aside = [
    ...(output > 0 ? [`${output} differ in computed values only`] : []),
    ...(ignoredOf(counts) > 0 ? [`${ignoredOf(counts)} ignored`] : [])
  ]
  return `${
    changed + missing === 0 ? 'no drift' : `${changed} changed, ${missing} missing`
  } of ${resources} resources${aside.length > 0 ? `; ${aside.join(', ')}` : ''}`
}

interface Row {
  kind: string
  unit: string
  resource: string
  path: string
  expected: string
  actual: string
  note: string
}

/**
 * A row for each property that differs, and for each resource that is missing. `all`: computed
 * values and what is ignored too.
 */
function rowsOf (
  findings: readonly DriftFinding[],
  all: boolean,
  orphans: ReadonlySet<string>
): Row[] {
  const wanted = findings.filter(({ kind, ignored }) => all || (ignored === undefined && kind !== 'output'))
  return wanted.flatMap(
    ({ kind, unit: id, resource: { type, name }, properties, propertiesCut, ignored }): Row[] => {
      const unit = orphans.has(id) ? `${id} (orphaned)` : id
      const about = { kind, unit, resource: `${type} ${name}` }
      if (properties.length === 0) {
        return [{ ...about, path: '', expected: '', actual: '', note: ignored ?? '' }]
      }
      const listed = properties.filter((property) =>
        all || (property.kind === 'changed' && property.ignored === undefined)
      )
      return [
        ...listed.map(({ kind: sort, path, expected, actual, ignored: why }) => ({
          ...about,
          kind: sort,
          path,
          expected: shown(expected),
          actual: shown(actual),
          note: why ?? ignored ?? ''
        })),
        ...(propertiesCut === undefined
          ? []
          : [{ ...about, path: `… and ${propertiesCut} more`, expected: '', actual: '', note: '' }])
      ]
    }
  )
}

/** The findings as a table, and a line of sums. */
export function driftLines (
  { drift, warnings }: Pick<Deployment, 'drift' | 'warnings'>,
  findings: readonly DriftFinding[],
  all: boolean
): string[] {
  if (!drift) return ['nothing was compared']
  const rows = rowsOf(findings, all, orphansOf({ warnings }))
  const noted = rows.some(({ note }) => note !== '')
  const text = rows.length === 0
    ? []
    : [
      ...table(
        ['KIND', 'UNIT', 'RESOURCE', 'PROPERTY', 'EXPECTED', 'ACTUAL', ...(noted ? ['IGNORED'] : [])],
        rows.map((
          { kind, unit, resource, path, expected, actual, note }
        ) => [
          kind,
          unit,
          resource,
          path,
          cut(expected, valueWidth),
          cut(actual, valueWidth),
          cut(note, valueWidth)
        ])
      ),
      ''
    ]
  const more = !all && drift.output + ignoredOf(drift) > 0 ? ' (--all lists them)' : ''
  return [...text, `${driftSummary(drift)}${more}`]
}

/** The findings as a comment on a pull or merge request. */
export function driftMarkdown (
  { id, federation, mode, world, status, drift, error, warnings }: Deployment,
  findings: readonly DriftFinding[]
): string {
  const rows = rowsOf(findings, false, orphansOf({ warnings }))
  const found = drift !== undefined && drift.changed + drift.missing > 0
  const head = [
    // A job finds its comment again by this line.
    `<!-- windlass drift-check ${marked(federation)} -->`,
    `### ${status === 'succeeded' ? (found ? '🟠' : '✅') : '❌'} ${plain(federation)}: drift check ` +
    `${status} (${mode}${world === undefined ? '' : ` in ${plain(world)}`})`,
    '',
    `Deployment ${code(id)}: ${drift ? plain(driftSummary(drift)) : 'nothing was compared'}`,
    ...(error ? ['', `**${plain(error.message)}** (${code(error.code)})`] : []),
    ...orphanMarkdown(warnings)
  ]
  const lines = rows.slice(0, mostRows).map(({ kind, unit, resource, path, expected, actual }) =>
    row(kind, code(unit), code(resource), path === '' ? '' : code(path), plain(expected), plain(actual))
  )
  let text = [
    ...head,
    ...(rows.length > 0
      ? ['', ...tableOf(['Kind', 'Unit', 'Resource', 'Property', 'Expected', 'Actual'], [])]
      : [])
  ].join('\n')
  let kept = 0
  while (kept < lines.length && text.length + (lines[kept]?.length ?? 0) < longestComment - 100) {
    text += `\n${lines[kept++] ?? ''}`
  }
  return `${text}${kept < rows.length ? `\n\n… and ${rows.length - kept} more.` : ''}\n`
}
