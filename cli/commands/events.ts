import { type Command } from 'commander'
import { type Event } from '../../contract/event.ts'
import { type Client, type Page } from '../client.ts'
import { firstKept } from '../follow.ts'
import { print, type Io } from '../io.ts'
import { lineOf } from '../view/lines.ts'
import { removedLine, watch } from '../watch.ts'
import { clientOf, common, wholeNumber, type CommonOptions, type Context } from './common.ts'

interface EventsOptions extends CommonOptions {
  after: number
  follow: boolean
  wait: boolean
  verbose: boolean
}

/** A page of events; the first that are kept, when those after `after` were removed. */
async function pageAfter (client: Client, id: string, after: number, { stderr }: Io): Promise<Page<Event>> {
  try {
    return await client.eventPage(id, after)
  } catch (error) {
    const from = firstKept(error)
    if (from === undefined) throw error
    print(stderr, removedLine(from))
    return await client.eventPage(id, from - 1)
  }
}

/** Prints what is stored, page by page. */
async function printStored (client: Client, id: string, io: Io, options: EventsOptions): Promise<void> {
  let after: number | undefined = options.after
  while (after !== undefined) {
    const { items, next }: Page<Event> = await pageAfter(client, id, after, io)
    for (const event of items) {
      const line = options.json ? JSON.stringify(event) : lineOf(event, options)
      if (line !== undefined) print(io.stdout, line)
    }
    after = next === undefined ? undefined : Number(next)
  }
}

export function eventsCommand (program: Command, { io, exit }: Context): void {
  common(program.command('events <deployment>'), io)
    .description("print a deployment's events and follow it to its end")
    .option('--after <seq>', 'begin after this event', wholeNumber(0, 9_999_999_999), 0)
    .option('--no-follow', 'print what is stored and end')
    .option('--no-wait', 'end when it waits for an approval (exit code 4)')
    .option('--verbose', 'print a line for each resource too', false)
    .action(async (id: string, options: EventsOptions) => {
      const client = clientOf(options, io)
      const deployment = await client.deployment(id)
      if (!options.follow) return await printStored(client, id, io, options)
      exit(await watch(client, deployment, io, { ...options, plain: true }))
    })
}

export function watchCommand (program: Command, { io, exit }: Context): void {
  common(program.command('watch <deployment>'), io)
    .description('show the progress of a deployment to its end')
    .option('--no-wait', 'end when it waits for an approval (exit code 4)')
    .option('--verbose', 'print a line for each resource too', false)
    .action(async (id: string, options: CommonOptions & { wait: boolean, verbose: boolean }) => {
      const client = clientOf(options, io)
      exit(await watch(client, await client.deployment(id), io, options))
    })
}
