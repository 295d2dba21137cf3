/**
 * A deployment as Markdown, for a comment on a pull or merge request: phases, units that change,
 * findings of policies, cost, predicted duration. Pure.
 */
import { type Deployment, type ResourceChanges, type Unit } from '../../contract/deployment.ts'
import { type Plan } from '../../contract/federation.ts'
import { type PolicyFinding } from '../../contract/policy-finding.ts'
import { cutText } from '../../contract/text/cut.ts'
import { visibleLine } from '../../contract/text/visible.ts'
import { difference, dollars } from './money.ts'
import { orphanLines } from './orphan.ts'
import { duration } from './text.ts'

export interface MarkdownInput {
  deployment: Deployment
  units: readonly Unit[]
  findings: readonly PolicyFinding[]
  /** Absent: the federation cannot be planned any more. */
  plan?: Plan
}

/**
 * Characters of a comment at most: GitHub accepts 65,536, GitLab a million. Room is left for what a
 * job adds.
 */
export const longestComment = 60_000
/** Rows of each part: more than a person reads before opening the dashboard. */
const most = { units: 150, findings: 60, failures: 20 }
const longestMessage = 400

/**
 * Texts that GitHub and GitLab make links of where no markup is: addresses, mentions, and
 * references to issues, requests, snippets, milestones and labels of theirs (`#12`, `!12`, `GH-12`,
 * `ABC-12`). They look at the text behind all escapes, so that only a character in between helps.
 */
const linked: readonly [pattern: RegExp, broken: string][] = [
  [/:\/\//g, ':\u200b//'],
  [/www(?=\.)/gi, '$&\u200b'],
  [/@/g, '@\u200b'],
  [/[#!&%~$^](?=["\w])/g, '$&\u200b'],
  [/(?:[Gg][Hh]|[A-Z][A-Z0-9_]+)-(?=\d)/g, '$&\u200b']
]

/**
 * Escapes a text, so that it has no markup, links and mentions nothing and ends no cell of a table.
 */
export function plain (text: string): string {
  const short = cutText(visibleLine(text.replaceAll(/\s+/g, ' ').trim()), longestMessage)
  return linked.reduce((whole, [pattern, broken]) => whole.replaceAll(pattern, broken), short)
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]#|~!$]/g, '\\$&')
}

/** A name inside a comment that nobody sees, which it cannot end. */
export const marked = (name: string) => name.replaceAll(/[^\w.-]/g, '')

/** The warning of orphans, sentence by sentence, since a long text is cut. */
export function orphanMarkdown (warnings: Deployment['warnings']): string[] {
  return orphanLines(warnings).flatMap((line) => [
    '',
    `⚠️ ${line.split(/(?<=\.) /).map(plain).join(' ')}`
  ])
}

/** A name as code. */
export const code = (text: string) =>
  `\`${cutText(visibleLine(text.replaceAll(/\s+/g, ' ')), longestMessage).replaceAll(/[`|]/g, "'")}\``

/** A line of a table. */
export const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`
/** A table with its first column aligned to the left, the others to the right. */
export const tableOf = (
  head: string[],
  rows: string[]
) => [row(...head), row(...head.map((_, index) => index === 0 ? '---' : '---:')), ...rows]
const kinds = ['create', 'update', 'replace', 'delete'] as const
const counts = (changes: ResourceChanges) =>
  kinds.map((kind) => changes[kind] === 0 ? '' : String(changes[kind]))
const changesOf = (changes: ResourceChanges) => kinds.reduce((sum, kind) => sum + changes[kind], 0)
const none: ResourceChanges = { create: 0, update: 0, delete: 0, replace: 0, same: 0 }
const sum = (all: readonly ResourceChanges[]) =>
  all.reduce(
    (total, one) => ({
      create: total.create + one.create,
      update: total.update + one.update,
      delete: total.delete + one.delete,
      replace: total.replace + one.replace,
      same: total.same + one.same
    }),
    none
  )

function details (summary: string, lines: string[]): string[] {
  return ['', `<details><summary>${summary}</summary>`, '', ...lines, '', '</details>']
}

/** The first rows, and how many more there are. */
function bounded<T> (all: readonly T[], limit: number, what: string, lineOf: (one: T) => string): string[] {
  return [
    ...all.slice(0, limit).map(lineOf),
    ...(all.length > limit ? ['', `… and ${all.length - limit} more ${what}.`] : [])
  ]
}

function heading ({ id, federation, operation, mode, world, status, error, warnings }: Deployment): string[] {
  const mark = { succeeded: '✅', failed: '❌', canceled: '⚪', waiting: '⏸️' }[status as string] ?? '⏳'
  return [
    // A job finds its comment again by this line.
    `<!-- windlass ${operation} ${marked(federation)} -->`,
    `### ${mark} ${plain(federation)}: ${operation} ${status} (${mode}${
      world === undefined ? '' : ` in ${plain(world)}`
    })`,
    '',
    `Deployment ${code(id)}`,
    ...(error ? ['', `**${plain(error.message)}** (${code(error.code)})`] : []),
    ...orphanMarkdown(warnings)
  ]
}

function sums ({ resourceChanges, cost, operation }: Deployment, plan: Plan | undefined): string[] {
  const whole = kinds.filter((kind) => resourceChanges[kind] > 0).map((kind) =>
    `${resourceChanges[kind]} to ${kind}`
  ).join(', ')
  const done = kinds.filter((kind) => resourceChanges[kind] > 0).map((kind) =>
    `${resourceChanges[kind]} ${kind === 'create' ? 'created' : `${kind}d`}`
  ).join(', ')
  const critical = plan?.criticalPath ?? []
  return [
    '',
    `- **Resources:** ${(operation === 'preview' ? whole : done) || 'no changes'}, ` +
    `${resourceChanges.same} unchanged`,
    ...(cost
      ? [
        `- **Cost:** ${difference(cost.difference)} a month at list prices, ${
          dollars(cost.monthly)
        } in all (${dollars(cost.range.min)} to ${dollars(cost.range.max)} as pools scale)${
          cost.unpriced > 0 ? `; ${cost.unpriced} parts are not priced` : ''
        }`
      ]
      : []),
    ...(plan
      ? [
        `- **Predicted duration of a live run:** ${duration(plan.makespanSeconds)}${
          plan.targetSeconds === undefined
            ? ''
            : `, target ${duration(plan.targetSeconds)}: ${plan.meetsTarget ? 'met' : '**missed**'}`
        }${
          critical.length > 0
            ? `; decided by ${critical.slice(0, 10).map(code).join(' → ')}` +
              `${critical.length > 10 ? ' → …' : ''}`
            : ''
        }`
      ]
      : [])
  ]
}

function phases ({ phases: states, cost }: Deployment, units: readonly Unit[]): string[] {
  const rows = states.map(({ number, name, status, units: { total, succeeded, failed, skipped } }) => {
    const priced = cost?.perPhase.find((one) => one.phase === number)
    const state = [
      `${succeeded} of ${total}`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(skipped > 0 ? [`${skipped} skipped`] : [])
    ].join(', ')
    return row(
      `${number} ${plain(name)}`,
      status,
      state,
      ...counts(
        sum(units.filter(({ phase }) => phase === number).map(({ resourceChanges }) => resourceChanges))
      ),
      priced && priced.difference !== 0 ? difference(priced.difference) : ''
    )
  })
  return ['', ...tableOf(['Phase', 'Status', 'Units', ...kinds, 'Cost a month'], rows)]
}

function changed (units: readonly Unit[]): string[] {
  const touched = units.filter(({ resourceChanges }) => changesOf(resourceChanges) > 0)
  if (touched.length === 0) return []
  return details(`${touched.length} of ${units.length} units change`, [
    ...tableOf(['Unit', ...kinds], []),
    ...bounded(
      touched,
      most.units,
      'units',
      ({ id, resourceChanges }) => row(code(id), ...counts(resourceChanges))
    )
  ])
}

function failures (units: readonly Unit[]): string[] {
  const failed = units.filter(({ status, error }) => status === 'failed' && error)
  if (failed.length === 0) return []
  return [
    '',
    '#### Failed units',
    '',
    ...bounded(
      failed,
      most.failures,
      'failed units',
      ({ id, error }) => `- ${code(id)}: ${plain(error?.message ?? '')} (${code(error?.code ?? '')})`
    )
  ]
}

function policyFindings (found: readonly PolicyFinding[]): string[] {
  // A unit that was tried again reports the same again.
  const findings = [
    ...new Map(found.map((one) => [`${one.unit} ${one.policy} ${one.urn ?? ''} ${one.message}`, one]))
      .values()
  ].sort((a, b) => b.enforcement.localeCompare(a.enforcement) || a.policy.localeCompare(b.policy))
  const mandatory = findings.filter(({ enforcement }) => enforcement === 'mandatory').length
  if (findings.length === 0) return ['', 'Policies found nothing.']
  return details(
    `Policies: ${mandatory} mandatory, ${findings.length - mandatory} advisory findings`,
    bounded(
      findings,
      most.findings,
      'findings',
      ({ policy, enforcement, unit, urn, message }) =>
        `- ${enforcement === 'mandatory' ? '**mandatory**' : 'advisory'} ${code(policy)} in ${code(unit)}${
          urn === undefined ? '' : `, ${code(urn.split('::').slice(2).join('::'))}`
        }: ${plain(message)}`
    )
  )
}

/** The whole comment: at most `longestComment` characters, the most important parts first. */
export function markdownOf ({ deployment, units, findings, plan }: MarkdownInput): string {
  const parts = [
    heading(deployment),
    sums(deployment, plan),
    failures(units),
    phases(deployment, units),
    policyFindings(findings),
    changed(units)
  ].map((lines) => lines.join('\n'))
  const cut = '\n\n… the rest is too long for a comment: `windlass status` and the dashboard have it.'
  let text = ''
  for (const part of parts) {
    if (text.length + part.length + 1 + cut.length > longestComment) return `${text}${cut}\n`
    text += `${part}\n`
  }
  return text
}
