import { type Command } from 'commander'
import { type Deployment } from '../../contract/deployment.ts'
import { type Client } from '../client.ts'
import { printJson, print } from '../io.ts'
import { gateLines } from '../view/gate.ts'
import { watch } from '../watch.ts'
import { clientOf, common, type CommonOptions, type Context } from './common.ts'

export interface SteeringOptions extends CommonOptions {
  watch: boolean
  wait: boolean
  verbose: boolean
}

/** Adds the options of commands that steer a deployment. */
export function steeringOptions (command: Command, { io }: Context): Command {
  return common(command, io)
    .option('-w, --watch', 'follow it to its end', false)
    .option('--no-wait', 'with --watch: end when it waits for an approval (exit code 4)')
    .option('--verbose', 'with --watch: print a line for each resource too', false)
}

/** Shows a deployment that was steered, or follows it. */
export async function showSteered (
  client: Client,
  deployment: Deployment,
  { io, exit }: Context,
  options: SteeringOptions
): Promise<void> {
  const { id, status, lastEvent } = deployment
  if (options.watch) {
    // Earlier events are known to the person who steers it.
    return exit(
      await watch(client, deployment, io, { ...options, ...(options.json && { after: lastEvent }) })
    )
  }
  if (options.json) return printJson(io.stdout, deployment)
  for (const line of [`deployment ${id} is ${status}`, ...gateLines(deployment)]) print(io.stdout, line)
}

export function cancelCommand (program: Command, context: Context): void {
  steeringOptions(program.command('cancel <deployment>'), context)
    .description('cancel a deployment: resource operations under way end first')
    .action(async (id: string, options: SteeringOptions) => {
      const client = clientOf(options, context.io)
      await showSteered(client, await client.cancel(id), context, options)
    })
}

export function resumeCommand (program: Command, context: Context): void {
  steeringOptions(program.command('resume <deployment>'), context)
    .description('run the units that have not succeeded')
    .action(async (id: string, options: SteeringOptions) => {
      const client = clientOf(options, context.io)
      await showSteered(client, await client.resume(id), context, options)
    })
}

export function overrideCommand (program: Command, context: Context): void {
  steeringOptions(program.command('override <deployment>'), context)
    .description('continue a deployment that waits for a maintenance window, or for the end of a freeze')
    .requiredOption('--reason <text>', 'why it cannot wait')
    .action(async (id: string, options: SteeringOptions & { reason: string }) => {
      const client = clientOf(options, context.io)
      await showSteered(client, await client.overrideWindow(id, { reason: options.reason }), context, options)
    })
}
