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
 * Choices of checks to show: those with a measured figure and those that did not pass, the latter
 * alone, or all.
 */
export type CheckChoice = 'measured' | 'trouble' | 'all'

const rank = ({ check }: UnitCheck): number => check.passed ? 2 : check.required ? 0 : 1

/** The checks of a choice, what failed first. */
export const chosenChecks = (checks: readonly UnitCheck[], choice: CheckChoice): UnitCheck[] =>
  checks.filter(({ check }) =>
    choice === 'all' || !check.passed || (choice === 'measured' && typeof check.measured === 'number')
  ).toSorted((a, b) => rank(a) - rank(b))
