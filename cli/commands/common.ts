/** Options that commands share, and how they read and print. */
import { InvalidArgumentError, Option, type Command } from 'commander'
import { modes } from '../../contract/words.ts'
import { Client } from '../client.ts'
import { credentialsOf } from '../credentials.ts'
import { CliError, type ExitCode } from '../errors.ts'
import { print, printJson, type Io } from '../io.ts'
import { table } from '../view/text.ts'

/** The options that every command has. */
export interface CommonOptions {
  server: string
  json: boolean
}

/** The surroundings of a command. */
export interface Context {
  io: Io
  /** Sets the exit code; 0 unless called. */
  exit: (code: ExitCode) => void
}

/** Adds a command to the program, or to another command. */
export type AddCommand = (program: Command, context: Context) => void

export const defaultServer = 'http://127.0.0.1:8080'

/** Adds --server and --json. */
export function common (command: Command, { environment }: Io): Command {
  return command
    .option(
      '--server <url>',
      'the service (or WINDLASS_SERVER)',
      environment.WINDLASS_SERVER || defaultServer
    )
    .option('--json', 'print JSON, for programs', false)
}

export interface PlaceOptions extends CommonOptions {
  mode?: string
  world?: string
}

/** Adds --mode and --world, for what is stored in a place. */
export function placeOptions (command: Command): Command {
  return command
    .addOption(new Option('--mode <mode>', 'of rehearsals or live').choices(modes))
    .option('--world <name>', 'the world it was rehearsed in')
}

/** The API at the chosen server. */
export function clientOf (options: CommonOptions, io: Io): Client {
  // Traced jobs have their trace in the environment.
  const { TRACEPARENT: traceparent } = io.environment
  return new Client(
    options.server,
    io.signal,
    credentialsOf(io.environment),
    traceparent !== undefined && /^[0-9a-f-]{55}$/.test(traceparent) ? traceparent : undefined
  )
}

/** Prints items as JSON, or as a table; `none` when there are no items. */
export function printList<T> (
  { stdout }: Io,
  { json }: CommonOptions,
  items: readonly T[],
  { head, row, none }: { head: string[], row: (item: T) => string[], none?: string }
): void {
  if (json) printJson(stdout, items)
  else if (items.length === 0 && none !== undefined) print(stdout, none)
  else for (const line of table(head, items.map(row))) print(stdout, line)
}

/** Prints a value as JSON, or as lines. */
export function printLines (
  { stdout }: Io,
  { json }: CommonOptions,
  value: unknown,
  lines: () => readonly string[]
): void {
  if (json) printJson(stdout, value)
  else for (const line of lines()) print(stdout, line)
}

/** A mode, with the world of a rehearsal. */
export function placeText ({ mode, world }: { mode: string, world?: string }): string {
  return world === undefined ? mode : `${mode} in ${world}`
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

/** Reads a list with commas, which may be given several times. */
export function list (text: string, before: string[] | undefined): string[] {
  const items = text.split(',').map((item) => item.trim())
  if (items.includes('')) throw new InvalidArgumentError('expected names with commas between them.')
  return [...new Set([...before ?? [], ...items])]
}

/** Refuses phases in the wrong order before anything is sent. */
export function checkRange (from: number | undefined, to: number | undefined): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw new CliError('cli-usage', { argument: '--from', wrong: `--from ${from} is after --to ${to}` })
  }
}

/** A range of phases as requests have it; nothing when neither end is given. */
export function phasesOf (
  from: number | undefined,
  to: number | undefined
): { phases?: { from?: number, to?: number } } {
  if (from === undefined && to === undefined) return {}
  return { phases: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) } }
}
