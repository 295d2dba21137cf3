import { type Command } from 'commander'
import { type Waiting } from '../../contract/gate.ts'
import { lastPhase } from '../../contract/words.ts'
import { type Client } from '../client.ts'
import { CliError } from '../errors.ts'
import { windowText } from '../view/window.ts'
import {
  clientOf,
  common,
  placeText,
  printList,
  wholeNumber,
  type CommonOptions,
  type Context
} from './common.ts'
import { showSteered, steeringOptions, type SteeringOptions } from './steering.ts'

const rowOf = (waiting: Waiting): string[] => {
  const { deployment, federation, operation, gate, launchedBy, mine, refusal } = waiting
  return [
    deployment,
    federation,
    operation,
    placeText(waiting),
    String(gate.phase),
    `${gate.missing} of ${gate.needed}`,
    launchedBy?.name ?? '',
    gate.expiresAt ?? '',
    mine ? 'yes' : `no: ${refusal ?? ''}`
  ]
}

export function gatesCommand (program: Command, { io }: Context): void {
  common(program.command('gates'), io)
    .description('show what waits for your approval')
    .option('--all', 'show what waits for others too', false)
    .action(async (options: CommonOptions & { all: boolean }) => {
      const waiting = (await clientOf(options, io).approvals()).filter(({ mine }) => options.all || mine)
      printList(io, options, waiting, {
        none: options.all
          ? 'nothing waits for an approval'
          : 'nothing waits for your approval (--all shows what waits for others)',
        head: [
          'DEPLOYMENT',
          'FEDERATION',
          'OPERATION',
          'MODE',
          'PHASE',
          'MISSING',
          'LAUNCHED BY',
          'UNTIL',
          'YOURS'
        ],
        row: rowOf
      })
    })
}

/** The phase that a deployment waits for, from its last `deployment.waiting` event. */
async function waitingPhase (client: Client, id: string): Promise<number> {
  const { status, lastEvent, window, eventsFrom = 1 } = await client.deployment(id)
  if (window) {
    const wrong =
      `deployment ${id} waits for ${windowText(window)}, which nobody approves: windlass override ` +
      `${id} --reason '…' continues it`
    throw new CliError('cli-usage', { argument: 'deployment', wrong })
  }
  if (status !== 'waiting') {
    throw new CliError('cli-usage', {
      argument: 'deployment',
      wrong: `deployment ${id} is ${status}: there is nothing to decide`
    })
  }
  // Nothing runs while it waits, so the event is among the last.
  const { items } = await client.eventPage(id, Math.max(eventsFrom - 1, lastEvent - 1000))
  const phase = items.findLast((event) => event.type === 'deployment.waiting')?.phase
  if (phase !== undefined) return phase
  throw new CliError('cli-usage', {
    argument: '--phase',
    wrong: `the phase that deployment ${id} waits for is not among its last events: name it with --phase`
  })
}

interface DecisionOptions extends SteeringOptions {
  phase?: number
  comment?: string
}

function decisionCommand (decision: 'approve' | 'reject', program: Command, context: Context): void {
  steeringOptions(program.command(`${decision} <deployment>`), context)
    .description(`${decision} the phase that a deployment waits for`)
    .option('--phase <number>', 'the phase (default: the one that waits)', wholeNumber(1, lastPhase))
    .option('--comment <text>', 'why')
    .action(async (id: string, options: DecisionOptions) => {
      const { phase, comment } = options
      const client = clientOf(options, context.io)
      const decided = await client[decision](id, {
        phase: phase ?? await waitingPhase(client, id),
        ...(comment !== undefined && { comment })
      })
      await showSteered(client, decided, context, options)
    })
}

export function approveCommand (program: Command, context: Context): void {
  decisionCommand('approve', program, context)
}

export function rejectCommand (program: Command, context: Context): void {
  decisionCommand('reject', program, context)
}
