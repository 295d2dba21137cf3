/** Exit codes and errors of the command line. */
import { type Problem } from '../contract/problem.ts'

export const exitCodes = {
  succeeded: 0,
  failed: 1,
  usage: 2,
  canceled: 3,
  waiting: 4,
  unreachable: 5,
  drift: 6
} as const
export type ExitCode = typeof exitCodes[keyof typeof exitCodes]

const table = {
  /** An option or argument is wrong. */
  'cli-usage': exitCodes.usage,
  /** Nothing answers at the server's address, or not in time. */
  'cli-unreachable': exitCodes.unreachable,
  /** The answer is not from Windlass, or from a version that this command line does not know. */
  'cli-unexpected-answer': exitCodes.failed
} as const satisfies Record<string, ExitCode>

/** An error of the command line itself. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: keyof typeof table
  readonly exitCode: ExitCode
  constructor (code: keyof typeof table, message: string) {
    super(message)
    this.code = code
    this.exitCode = table[code]
  }
}

/**
 * The service refused a request. Its own words say why; 503 counts as unreachable, a malformed
 * request as wrong usage.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem
  readonly exitCode: ExitCode
  constructor (problem: Problem) {
    super(problem.detail)
    this.problem = problem
    this.exitCode = problem.status === 503
      ? exitCodes.unreachable
      : problem.status === 400
      ? exitCodes.usage
      : exitCodes.failed
  }
}
