import { type Command } from 'commander'
import { type Deployment } from '../../contract/deployment.ts'
import { type Event } from '../../contract/event.ts'
import { lastPhase } from '../../contract/words.ts'
import { type Client, type Page } from '../client.ts'
import { CliError } from '../errors.ts'
import { firstKept } from '../follow.ts'
import { print, printJson, type Io } from '../io.ts'
import { gateLines } from '../view/gate.ts'
import { lineOf } from '../view/lines.ts'
import { windowText } from '../view/window.ts'
import { removedLine, watch } from '../watch.ts'
import { clientOf, common, wholeNumber, type CommonOptions, type Context } from './common.ts'

interface FollowingOptions extends CommonOptions {
  watch: boolean
  wait: boolean
  verbose: boolean
}
interface DecisionOptions extends FollowingOptions {
  phase?: number
  comment?: string
}

/** The phase that a deployment waits for, as its last `deployment.waiting` event says. */
async function waitingPhase (client: Client, id: string): Promise<number> {
  const { status, lastEvent, window, eventsFrom = 1 } = await client.deployment(id)
  if (window) {
    throw new CliError(
      'cli-usage',
      `deployment ${id} waits for ${windowText(window)}, which nobody approves: windlass override ${id} ` +
        `--reason '…' has it go on`
    )
  }
  if (status !== 'waiting') {
    throw new CliError('cli-usage', `deployment ${id} is ${status}: there is nothing to decide`)
  }
  // Nothing runs while it waits, so the event is among the last.
  const { items } = await client.eventPage(id, Math.max(eventsFrom - 1, lastEvent - 1000))
  const phase = items.findLast((event) => event.type === 'deployment.waiting')?.phase
  if (phase === undefined) {
    throw new CliError(
      'cli-usage',
      `the phase that deployment ${id} waits for is not among its last events: name it with --phase`
    )
  }
  return phase
}

/** A page of events; when those after `after` are kept no more, the first that are. */
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

/** events, watch, cancel, resume, approve and reject. */
export function steerCommands (program: Command, { io, exit }: Context): void {
  const following = (command: Command) =>
    common(command, io)
      .option('-w, --watch', 'follow it to its end', false)
      .option('--no-wait', 'with --watch: end when it waits for an approval (exit code 4)')
      .option('--verbose', 'with --watch: a line for each resource too', false)

  const show = async (client: Client, deployment: Deployment, options: FollowingOptions) => {
    // What happened before is known to whoever steers it.
    if (options.watch) {
      return exit(
        await watch(client, deployment, io, {
          ...options,
          ...(options.json && { after: deployment.lastEvent })
        })
      )
    }
    if (options.json) printJson(io.stdout, deployment)
    else {print(
        io.stdout,
        [`deployment ${deployment.id} is ${deployment.status}`, ...gateLines(deployment)].join('\n')
      )}
  }

  common(program.command('events <deployment>'), io)
    .description("print a deployment's events and follow it to its end")
    .option('--after <seq>', 'begin after this event', wholeNumber(0, 9_999_999_999), 0)
    .option('--no-follow', 'print what is stored and end')
    .option('--no-wait', 'end when it waits for an approval (exit code 4)')
    .option('--verbose', 'a line for each resource too', false)
    .action(
      async (
        id: string,
        options: CommonOptions & { after: number, follow: boolean, wait: boolean, verbose: boolean }
      ) => {
        const client = clientOf(options, io)
        const deployment = await client.deployment(id)
        if (options.follow) return exit(await watch(client, deployment, io, { ...options, plain: true }))
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
    )

  common(program.command('watch <deployment>'), io)
    .description('show a deployment while it goes on')
    .option('--no-wait', 'end when it waits for an approval (exit code 4)')
    .option('--verbose', 'a line for each resource too', false)
    .action(async (id: string, options: CommonOptions & { wait: boolean, verbose: boolean }) => {
      const client = clientOf(options, io)
      exit(await watch(client, await client.deployment(id), io, options))
    })

  following(program.command('cancel <deployment>')).description(
    'cancel a deployment: running resource operations end first'
  ).action(async (id: string, options: FollowingOptions) => {
    const client = clientOf(options, io)
    const deployment = await client.cancel(id)
    await show(client, deployment, options)
  })

  following(program.command('resume <deployment>')).description('run what has not succeeded').action(
    async (id: string, options: FollowingOptions) => {
      const client = clientOf(options, io)
      await show(client, await client.resume(id), options)
    }
  )

  following(program.command('override <deployment>'))
    .description('have a deployment that waits for a maintenance window, or the end of a freeze, go on now')
    .requiredOption('--reason <text>', 'why it can not wait')
    .action(async (id: string, options: FollowingOptions & { reason: string }) => {
      const client = clientOf(options, io)
      await show(client, await client.overrideWindow(id, { reason: options.reason }), options)
    })

  for (const decision of ['approve', 'reject'] as const) {
    following(program.command(`${decision} <deployment>`))
      .description(`${decision} the phase that a deployment waits for`)
      .option('--phase <number>', 'the phase (the one that waits unless given)', wholeNumber(1, lastPhase))
      .option('--comment <text>', 'why')
      .action(async (id: string, options: DecisionOptions) => {
        const client = clientOf(options, io)
        const phase = options.phase ?? await waitingPhase(client, id)
        await show(
          client,
          await client[decision](id, {
            phase,
            ...(options.comment !== undefined && { comment: options.comment })
          }),
          options
        )
      })
  }
}
