/**
 * Alerts on how fast an error budget is spent, by the multiwindow, multi-burn-rate method (Google,
 * The Site Reliability Workbook, chapter 5, table 5-8). Pure.
 */
import { type AlertRow } from './alert.ts'

export interface Objective {
  /** Beginning of the alerts' names. */
  readonly name: string
  /** Beginning of their sentences. */
  readonly subject: string
  /** Percent that may not fail. */
  readonly objective: number
  /** PromQL of the share that failed over a window. */
  readonly ratio: (window: string) => string
  /** Beginning of the descriptions, by the labels that the ratio keeps. */
  readonly where?: string
}

/**
 * Rates at which a budget of 30 days is spent, seen over a long window and still true over a short
 * one. 14.4 spends 2 % of the budget in an hour, 6 spends 5 % in six hours; 3 and 1 spend 10 % in a
 * day and in three.
 */
const rates = [
  { suffix: 'BurnsFast', factor: 14.4, long: '1h', short: '5m', for: '2m', severity: 'critical' },
  { suffix: 'BurnsSteadily', factor: 6, long: '6h', short: '30m', for: '15m', severity: 'critical' },
  { suffix: 'BurnsSlowly', factor: 3, long: '1d', short: '2h', for: '1h', severity: 'warning' },
  { suffix: 'IsSpent', factor: 1, long: '3d', short: '6h', for: '3h', severity: 'warning' }
] as const

/**
 * The share of errors at which a budget burns `factor` times too fast, as PromQL writes numbers.
 */
export function threshold (objective: number, factor: number): number {
  return Number(((100 - objective) / 100 * factor).toPrecision(6))
}

/**
 * The alerts of an objective. `longest` is the longest window, for stores that keep less than three
 * days.
 */
export function errorBudgetRows (
  { name, subject, objective, ratio, where }: Objective,
  longest: '6h' | '3d' = '3d'
): AlertRow[] {
  return rates.slice(0, longest === '6h' ? 2 : rates.length).map(
    ({ suffix, factor, long, short, for: duration, severity }) => {
      const limit = threshold(objective, factor)
      return {
        name: `${name}${suffix}`,
        section: `${name}Burns`,
        severity,
        for: duration,
        expression: `${ratio(long)} > ${limit} and ${ratio(short)} > ${limit}`,
        summary: `${subject} spends its error budget ${
          factor === 1 ? 'as fast as it is given' : `${factor} times too fast`
        }`,
        description:
          `${where ?? ''}{{ $value | humanizePercentage }} failed over the last ${long}; ${objective} % ` +
          `may not, so ${limit} is the share at which this alert begins.`
      }
    }
  )
}
