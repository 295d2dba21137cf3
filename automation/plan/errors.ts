/**
 * The room's table of coded errors. Only a durations file that cannot be read is worth a retry: the
 * same question has the same answer.
 */
import { defineErrors } from '../../contract/errors.ts'

const table = {
  /** `units`: those of a circle, the first one again at its end; empty when it is not known. */
  PLAN_CYCLE: {
    retryable: false,
    message: ({ units }: { units: readonly string[] }) =>
      `units depend on each other in a circle: ` +
      (units.length === 0 ? 'among the selected units' : [...units, units[0]].join(' -> '))
  },
  PLAN_EMPTY: {
    retryable: false,
    message: ({ from, to, orphaned }: { from: number, to: number, orphaned: boolean }) =>
      `nothing is selected: no ${orphaned ? 'orphaned unit' : 'unit'} of ${
        from === to ? `phase ${from}` : `phases ${from} to ${to}`
      } concerns ` +
      (orphaned
        ? 'only the clusters asked for: the federation file has what is deployed there'
        : 'only the clusters asked for; ask for more phases or clusters')
  },
  /** `orphaned`: those that are deployed and were taken out of the federation file. */
  PLAN_UNKNOWN_CLUSTER: {
    retryable: false,
    message: (
      { unknown, known, orphaned }: {
        unknown: readonly string[]
        known: readonly string[]
        orphaned: readonly string[]
      }
    ) =>
      `clusters names ${unknown.join(', ')}, which the federation does not have; it has ${known.join(', ')}` +
      (orphaned.length === 0
        ? ''
        : `; deployed and no longer in its file: ${orphaned.join(', ')}, which refresh, destroy and ` +
          'drift-check take')
  },
  /** `inverted`: it is above the other end, `highest`. */
  PLAN_PHASE_RANGE: {
    retryable: false,
    message: ({ field, value, lowest, highest, inverted }: {
      field: 'from' | 'to'
      value: unknown
      lowest: number
      highest: number
      inverted: boolean
    }) =>
      `phases.${field} is ${String(value)}; right is ` +
      (inverted ? `at most phases.to, ${highest}` : `a whole number from ${lowest} to ${highest}`)
  },
  PLAN_PARALLELISM: {
    retryable: false,
    message: ({ field, value }: { field: string, value: unknown }) =>
      `${field} is ${String(value)}; right is a whole number from 1`
  },
  PLAN_DURATION: {
    retryable: false,
    message: ({ unit, seconds }: { unit: string, seconds: number }) =>
      `${unit} is predicted to take ${seconds} s; right is a finite number, not below 0`
  },
  PLAN_UNKNOWN_DEPENDENCY: {
    retryable: false,
    message: ({ unit, dependency }: { unit: string, dependency: string }) =>
      `${unit} depends on ${dependency}, which no phase makes for this federation`
  },
  PLAN_PHASE_ORDER: {
    retryable: false,
    message: ({ unit, dependency }: { unit: string, dependency: string }) =>
      `${unit} depends on ${dependency} of a later phase; right is one of its own phase or an earlier one`
  },
  PLAN_DUPLICATE_UNIT: {
    retryable: false,
    message: ({ unit }: { unit: string }) =>
      `two units have the id ${unit}; right is one unit for each phase and scope`
  },
  PLAN_ESTIMATE: {
    retryable: false,
    message: ({ unit, problem }: { unit: string, problem: string }) =>
      `the estimate of ${unit} cannot be computed: ${problem}`
  },
  PLAN_DURATIONS_UNREADABLE: {
    retryable: true,
    message: ({ path, reason }: { path: string, reason: string }) =>
      `the duration table ${path} cannot be read: ${reason}`
  },
  PLAN_DURATIONS_INVALID: {
    retryable: false,
    message: ({ path, problems }: { path: string, problems: readonly string[] }) =>
      `the duration table ${path} is wrong: ${problems.join('; ')}`
  }
} as const

export type PlanErrorCode = keyof typeof table

/** Thrown when no plan can be made. */
export const PlanError = defineErrors('PlanError', 'PLAN_', table)
