import { InvalidArgumentError, type Command } from 'commander'
import { Client } from '../client.ts'
import { credentialsOf } from '../credentials.ts'
import { CliError, type ExitCode } from '../errors.ts'
import { type Io } from '../io.ts'

/** The options that every command has. */
export interface CommonOptions {
  server: string
  json: boolean
}

/** What a command gets: the API, its surroundings, and where to leave the exit code. */
export interface Context {
  io: Io
  exit: (code: ExitCode) => void
}

export const defaultServer = 'http://127.0.0.1:8080'

/** Adds --server and --json. */
export function common (command: Command, { environment }: Io): Command {
  return command
    .option(
      '--server <url>',
      'the service (or WINDLASS_SERVER)',
      environment.WINDLASS_SERVER || defaultServer
    )
    .option('--json', 'JSON only, for programs', false)
}

/** The API at the chosen server. */
export function clientOf (options: CommonOptions, io: Io): Client {
  // Jobs that are traced have it in their environment.
  const { TRACEPARENT: traceparent } = io.environment
  return new Client(
    options.server,
    io.signal,
    credentialsOf(io.environment),
    traceparent !== undefined && /^[0-9a-f-]{55}$/.test(traceparent) ? traceparent : undefined
  )
}

/** A reader of whole numbers from `minimum` to `maximum`. */
export function wholeNumber (minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text)
    if (!/^\d{1,10}$/.test(text) || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`expected a whole number from ${minimum} to ${maximum}.`)
    }
    return value
  }
}

/** A reader of lists with commas that may be given several times. */
export function list (text: string, before: string[] | undefined): string[] {
  const items = text.split(',').map((item) => item.trim())
  if (items.includes('')) throw new InvalidArgumentError('expected names with commas between them.')
  return [...new Set([...before ?? [], ...items])]
}

/** Refuses phases in the wrong order before anything is sent. */
export function checkRange (from: number | undefined, to: number | undefined): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw new CliError('cli-usage', `--from ${from} is after --to ${to}`)
  }
}
