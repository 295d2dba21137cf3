/** The log's destination: standard output, without ever waiting for its reader. */
import { pino, type DestinationStream } from 'pino'
import { withoutSecrets } from '../automation/index.ts'
import { visibleJson } from '../contract/text/visible.ts'

/**
 * Characters that wait for a reader: minutes of a busy service. Further lines are dropped and
 * counted, because a log that nobody reads must not fill the memory.
 */
const mostWaiting = 16 * 1024 * 1024

/**
 * Fields of an error of PostgreSQL that may hold values of rows: of the one that a constraint
 * refused, and of the statement around it (PostgreSQL, "Error and Notice Message Fields").
 */
const rowFields: readonly string[] = ['detail', 'where', 'internalQuery']

/** Fields that pino's serializer gives of an error. */
type Serialized = Readonly<Record<string, unknown>>

const isSerialized = (value: unknown): value is Serialized =>
  typeof value === 'object' && value !== null && 'stack' in value && 'message' in value

/** A serialized error without values of rows, nor in the errors that are in it. */
function withoutRows (error: Serialized): Serialized {
  const ofPostgres = typeof error['severity'] === 'string'
  return Object.fromEntries(
    Object.entries(error).filter(([name]) => !ofPostgres || !rowFields.includes(name)).map((
      [name, value]
    ) => [
      name,
      Array.isArray(value)
        ? value.map((one: unknown) => isSerialized(one) ? withoutRows(one) : one)
        : isSerialized(value)
        ? withoutRows(value)
        : value
    ])
  )
}

/** Serializes an error for the log, without values of rows: neither its own nor its causes'. */
export function logError (error: unknown): unknown {
  return error instanceof Error ? withoutRows({ ...pino.stdSerializers.err(error) }) : error
}

/**
 * Writes lines in the background. A write that waits would block every request and every unit
 * whenever the reader of the log (a container's runtime, a terminal, a pipe) is slow, and for ever
 * when it stops. Waiting lines are written when the process exits by itself, so a stopped reader
 * blocks it there; a killed process loses them. Secrets are taken out of each line, wherever in it
 * they are, and what a terminal would act on or not show is escaped, as JSON escapes it.
 */
export function openLog (): DestinationStream {
  let dropped = 0
  const destination = pino.destination({ dest: 1, sync: false, maxLength: mostWaiting })
  destination.on('drop', () => {
    dropped++
  })
  destination.on('drain', () => {
    if (dropped === 0) return
    const lines = dropped
    dropped = 0
    destination.write(
      `${
        JSON.stringify({
          level: 40,
          time: Date.now(),
          pid: process.pid,
          dropped: lines,
          msg: 'lines of this log were dropped: its reader was too slow'
        })
      }\n`
    )
  })
  const write = destination.write.bind(destination)
  destination.write = (line) => write(visibleJson(withoutSecrets(line)))
  return destination
}
