import { type Finding } from '../../contract/doctor.ts'
import { table } from './text.ts'

const marks = { ok: 'ok', warn: 'WARN', fail: 'FAIL' } as const

/** Findings as a table, with advice below what is wrong, and a sum. */
export function findingLines (findings: readonly Finding[]): string[] {
  const rows = findings.flatMap(({ check, level, detail, advice }) => {
    const [first = '', ...more] = detail.split('\n')
    return [
      [marks[level], check, first],
      ...more.map((line) => ['', '', `  ${line}`]),
      ...advice === undefined ? [] : [['', '', `-> ${advice}`]]
    ]
  })
  const count = (level: Finding['level']): number => findings.filter((one) => one.level === level).length
  const sum = count('fail') > 0
    ? `${count('fail')} of ${findings.length} checks failed, ${count('warn')} warned`
    : count('warn') > 0
    ? `nothing failed; ${count('warn')} of ${findings.length} checks warned`
    : `all ${findings.length} checks passed`
  return [...table(['', 'CHECK', 'FOUND'], rows), '', sum]
}
