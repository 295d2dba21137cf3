/**
 * The signal that ended the CLI's process, when that is why a command of it rejected: the SDK's
 * errors keep the error of the library that runs the process.
 */
export function killedBy (error: unknown): string | undefined {
  const { commandResult } = error as { commandResult?: { err?: { signal?: string } } }
  return commandResult?.err?.signal
}
