/**
 * The room's table of coded errors. None is worth a retry: the same question has the same answer.
 */
const table = {
  PLAN_CYCLE: (names: string) => `units depend on each other in a circle: ${names}`,
  PLAN_EMPTY: (selection: string) =>
    `nothing is selected: no unit of ${selection} concerns only the clusters asked for; ask for more ` +
    'phases or clusters',
  PLAN_UNKNOWN_CLUSTER: (name: string, known: string) =>
    `clusters names ${name}, which the federation doesn't have; it has ${known}`,
  PLAN_PHASE_RANGE: (field: string, value: string, range: string) =>
    `phases.${field} is ${value}; right is ${range}`,
  PLAN_PARALLELISM: (field: string, value: string) => `${field} is ${value}; right is a whole number from 1`,
  PLAN_DURATION: (unit: string, value: string) =>
    `${unit} is predicted to take ${value} s; right is a finite number, not below 0`,
  PLAN_UNKNOWN_DEPENDENCY: (unit: string, dependency: string) =>
    `${unit} depends on ${dependency}, which no phase makes for this federation`,
  PLAN_PHASE_ORDER: (unit: string, dependency: string) =>
    `${unit} depends on ${dependency} of a later phase; right is one of its own phase or an earlier one`,
  PLAN_DUPLICATE_UNIT: (unit: string) =>
    `two units have the id ${unit}; right is one unit for each phase and scope`,
  PLAN_ESTIMATE: (unit: string, problem: string) => `the estimate of ${unit} can't be computed: ${problem}`,
  PLAN_DURATIONS_UNREADABLE: (path: string, reason: string) =>
    `the duration table ${path} can't be read: ${reason}`,
  PLAN_DURATIONS_INVALID: (path: string, problems: string) =>
    `the duration table ${path} is wrong: ${problems}`
} as const

export type PlanErrorCode = keyof typeof table

/**
 * Thrown when no plan can be made. `details` holds the names that the message lists: units of a
 * cycle, unknown clusters.
 */
export class PlanError extends Error {
  override readonly name = 'PlanError'
  readonly code: PlanErrorCode
  readonly retryable = false
  readonly details: readonly string[]

  constructor (
    code: PlanErrorCode,
    values: readonly string[],
    options: ErrorOptions & { details?: readonly string[] } = {}
  ) {
    // The entries take different numbers of strings; missing ones would show in every message's
    // test.
    const describe = table[code] as (...values: readonly string[]) => string
    super(describe(...values), options)
    this.code = code
    this.details = options.details ?? values
  }
}
