/** Where a command reads its surroundings and writes its results. */
export interface Io {
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  environment: Readonly<Record<string, string | undefined>>
  /** Aborts when the user interrupts. */
  signal: AbortSignal
}

/** One line of output. */
export function print (stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${text}\n`)
}

/** A value as JSON: on one line for programs, spread out for people who look at documents. */
export function printJson (stream: NodeJS.WriteStream, value: unknown, spread = false): void {
  print(stream, JSON.stringify(value, null, spread ? 2 : 0))
}
