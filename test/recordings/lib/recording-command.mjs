import { recordedError } from './errors.mjs'

/** A PulumiCommand-like object that records every run of another one in a sink. */
export function recordingCommand (inner, sink) {
  return {
    command: inner.command,
    version: inner.version,
    async run (args, cwd, env, onOutput, onError, signal) {
      const entry = { args: [...args], envKeys: Object.keys(env ?? {}).sort() }
      sink.push(entry)
      try {
        const result = await inner.run(args, cwd, env, onOutput, onError, signal)
        Object.assign(entry, { exitCode: result.code, stdout: result.stdout, stderr: result.stderr })
        return result
      } catch (error) {
        const recorded = recordedError(error)
        Object.assign(entry, {
          exitCode: recorded.exitCode,
          signal: recorded.signal ?? undefined,
          error: recorded.class,
          stdout: recorded.processStdout,
          stderr: recorded.processStderr
        })
        throw error
      }
    }
  }
}
