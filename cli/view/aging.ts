/** What a world went through as it grew older, for people. Pure. */
import { type Aging, type AgingFinding } from '../../contract/aging.ts'
import { table } from './text.ts'

/** Lines of what broke, each kind with what would be right once, and of what came by itself. */
export function agingLines (world: string, aging: Aging): string[] {
  const { from, to, days, findings, more, happened, unknown } = aging
  const kinds = new Map<string, AgingFinding[]>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.code, finding.right])
    kinds.set(key, [...kinds.get(key) ?? [], finding])
  }
  const broken = findings.filter(({ effect }) => effect === 'breaks').length
  return [
    `${world}: ${from} to ${to}, ${days} ${days === 1 ? 'day' : 'days'}; ` +
    `${findings.length + more} ${
      findings.length + more === 1 ? 'finding' : 'findings'
    }, ${broken} of them breaks`,
    ...[...kinds.values()].flatMap((of) => [
      '',
      `${of[0]?.code ?? ''} (${of[0]?.effect ?? ''}); right: ${of[0]?.right ?? ''}`,
      ...table(
        ['DAY', 'UNIT', 'FINDING'],
        of.map(({ day, unit = '-', message }) => [String(day), unit, message])
      )
    ]),
    ...(more > 0 ? ['', `${more} more findings are left out`] : []),
    ...(happened.length > 0
      ? [
        '',
        'came by itself:',
        ...table(
          ['KIND', 'NAME', 'UNIT', 'TIMES', 'WHAT'],
          happened.map(({ kind, name, unit = '-', times, what }) => [kind, name, unit, String(times), what])
        )
      ]
      : []),
    ...(unknown.length > 0 ? ['', 'unknown:', ...unknown.map((line) => `  ${line}`)] : [])
  ]
}
