/** Ends a command with an exit code other than 0, and with a text on standard error. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exitCode: number
  readonly stderr: string
  constructor (exitCode: number, stderr: string) {
    super(stderr)
    this.exitCode = exitCode
    this.stderr = stderr
  }
}
/** Exit codes of the real CLI. */
export const ExitCode = { Failed: 1, StackNotFound: 6, NoChangesExpected: 7 } as const
