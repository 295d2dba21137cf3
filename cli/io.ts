/** The surroundings of a command, and where it writes. */
export interface Io {
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  environment: Readonly<Record<string, string | undefined>>
  /** Aborts when the user interrupts. */
  signal: AbortSignal
}

/** Prints one line. */
export function print (stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${text}\n`)
}

/** Prints a value as JSON: on one line for programs, or spread over lines for people. */
export function printJson (stream: NodeJS.WriteStream, value: unknown, spread = false): void {
  print(stream, JSON.stringify(value, null, spread ? 2 : 0))
}
