/** An error as recordings hold it. */
export function recordedError (error) {
  const result = error?.commandResult
  return {
    class: error?.name ?? error?.constructor?.name,
    message: error?.message,
    ...(result
      ? {
        commandResult: { code: result.code, stdout: result.stdout, stderr: result.stderr },
        exitCode: result.err?.exitCode ?? null,
        signal: result.err?.signal ?? null,
        processStdout: result.err?.stdout ?? null,
        processStderr: result.err?.stderr ?? null
      }
      : {})
  }
}
