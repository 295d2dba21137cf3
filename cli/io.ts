import { visibleJson, visibleLine } from '../contract/text/visible.ts'

/** The surroundings of a command, and where it writes. */
export interface Io {
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  environment: Readonly<Record<string, string | undefined>>
  /** Aborts when the user interrupts. */
  signal: AbortSignal
}

/**
 * Prints one line, and no more: the place that everything for people passes. What would begin
 * another line, move the cursor or reorder the text is made visible.
 */
export function print (stream: NodeJS.WriteStream, line: string): void {
  stream.write(`${visibleLine(line)}\n`)
}

/**
 * Prints a value as JSON: on one line for programs, or spread over lines for people. What a
 * terminal would act on is escaped: the value is the same.
 */
export function printJson (stream: NodeJS.WriteStream, value: unknown, spread = false): void {
  stream.write(`${visibleJson(JSON.stringify(value, null, spread ? 2 : 0))}\n`)
}
