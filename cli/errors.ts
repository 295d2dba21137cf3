/** Exit codes and errors of the command line. */
import { defineErrors } from '../contract/errors.ts'
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

/** Nothing answers, or not in time; `reason` is the system's. */
type Unreachable =
  | { readonly what: 'service', readonly server: string, readonly reason: string }
  | { readonly what: 'job-token', readonly reason: string }
  | { readonly what: 'stream' }

function unreachableText (details: Unreachable): string {
  switch (details.what) {
    case 'service':
      return `nothing answers at ${details.server} (${details.reason}): start the service with \`npm ` +
        'start`, or name another with --server'
    case 'job-token':
      return `GitHub gives this job no token: ${details.reason}`
    case 'stream':
      return 'the service closed the stream'
  }
}

/** `gave`: the answer; `status`: that of GitHub's answer, which holds no token. */
type Unexpected =
  | { readonly what: 'service', readonly server: string, readonly gave: string }
  | { readonly what: 'job-token', readonly status: number }

const unexpectedText = (details: Unexpected): string =>
  details.what === 'service'
    ? `${details.server} gave ${details.gave}: expected a Windlass service`
    : `GitHub gives this job no token (${details.status}): expected permissions: id-token: write`

const table = {
  /** `argument`: the option, argument or variable that is wrong; `wrong` says how. */
  'cli-usage': {
    exitCode: exitCodes.usage,
    retryable: false,
    message: ({ wrong }: { argument: string, wrong: string }) => wrong
  },
  'cli-unreachable': { exitCode: exitCodes.unreachable, retryable: true, message: unreachableText },
  /** The answer is not from Windlass, or from a version that this command line does not know. */
  'cli-unexpected-answer': { exitCode: exitCodes.failed, retryable: false, message: unexpectedText }
} as const

/** An error of the command line itself. */
export const CliError = defineErrors('CliError', 'cli-', table)
export type CliError = InstanceType<typeof CliError>

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
