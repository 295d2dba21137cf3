/** Checks of phase 8 as they are shown. Pure. */
import type { Validation } from '../api/client.ts'
import type { State } from './state.ts'

export type Check = Validation['units'][number]['checks'][number]
/** A check with the unit that made it. */
export interface UnitCheck {
  unit: string
  check: Check
}

export const checksOf = ({ units }: Validation): UnitCheck[] =>
  units.flatMap(({ unit, checks }) => checks.map((check) => ({ unit, check })))

/** The result of a check in one word. */
export const verdict = ({ passed, required }: Check): { state: State, word: string } =>
  passed
    ? { state: 'succeeded', word: 'passed' }
    : required
    ? { state: 'failed', word: 'failed' }
    : { state: 'waiting', word: 'missed' }

/** The result of all checks in one word. */
export const overallVerdict = ({ passed, complete }: Validation): { state: State, word: string } =>
  passed
    ? { state: 'succeeded', word: 'passed' }
    : complete
    ? { state: 'failed', word: 'failed' }
    : { state: 'waiting', word: 'incomplete' }

/** Writes a figure or text that a check compares, with its unit. */
export const measureText = (value: string | number, unit: string | undefined): string =>
  typeof value === 'number'
    ? `${value.toLocaleString('en-US')}${unit === undefined ? '' : ` ${unit}`}`
    : value

/**
 * Choices of checks to show: those that were measured and those that did not pass, the latter
 * alone, or all.
 */
export type CheckChoice = 'measured' | 'trouble' | 'all'

const rank = ({ check }: UnitCheck): number => check.passed ? 2 : check.required ? 0 : 1

/** Tells if a check was measured; reports of earlier versions do not say it, but for figures. */
const isMeasured = ({ check: { basis, measured } }: UnitCheck): boolean =>
  basis === undefined ? typeof measured === 'number' : basis === 'measured'

/** The checks of a choice, what failed first. */
export const chosenChecks = (checks: readonly UnitCheck[], choice: CheckChoice): UnitCheck[] =>
  checks.filter((one) => choice === 'all' || !one.check.passed || (choice === 'measured' && isMeasured(one)))
    .toSorted((a, b) => rank(a) - rank(b))
