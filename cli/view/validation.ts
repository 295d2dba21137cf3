/** A validation report for terminals. Pure. */
import { type Validation, type ValidationCheck } from '../../contract/validation.ts'
import { cut, table } from './text.ts'

const withUnit = (value: string | number, unit?: string): string =>
  typeof value === 'number' && unit !== undefined ? `${value} ${unit}` : String(value)
const verdict = ({ passed, required }: ValidationCheck): string =>
  passed ? 'passed' : required ? 'FAILED' : 'missed'

/** Tells if a check was measured; reports of earlier versions do not say it, but for figures. */
const isMeasured = ({ basis, measured }: ValidationCheck): boolean =>
  basis === undefined ? typeof measured === 'number' : basis === 'measured'

/** Failed checks first, then measured ones; with `all`, every check. */
export function validationLines (report: Validation, all: boolean): string[] {
  const rows = report.units.flatMap(({ unit, checks }) => checks.map((check) => ({ unit, check })))
  const shown = all ? rows : rows.filter(({ check }) => !check.passed || isMeasured(check))
  const rank = ({ check }: typeof rows[number]): number => check.passed ? 2 : check.required ? 0 : 1
  const { passed, failed, advisory } = report.counts
  return [
    ...(shown.length === 0
      ? []
      : [
        ...table(
          ['RESULT', 'KIND', 'CHECK', 'UNIT', 'FOUND', 'BASIS', 'TARGET'],
          shown.map((row, index) => ({ row, index })).sort((a, b) =>
            rank(a.row) - rank(b.row) || a.index - b.index
          )
            .map(({ row: { unit, check } }) => [
              verdict(check),
              check.kind,
              check.name,
              unit,
              cut(withUnit(check.measured, check.unit), 60),
              check.basis ?? '',
              withUnit(check.target, check.unit)
            ])
        )
      ]),
    ...report.units.flatMap(({ unit, error }) => error ? [`${unit}: ${error.message} (${error.code})`] : []),
    `${report.passed ? 'passed' : report.complete ? 'FAILED' : 'incomplete'}: ${passed} checks passed, ` +
    `${failed} failed, ${advisory} advisory checks missed`
  ]
}
