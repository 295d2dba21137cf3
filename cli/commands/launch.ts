import { randomUUID } from 'node:crypto'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { type Deployment } from '../../contract/deployment.ts'
import { type Fault, type LaunchRequest } from '../../contract/launch.ts'
import {
  approvalRequests,
  lastPhase,
  modes,
  orderings,
  orphanOperations,
  type ApprovalRequest,
  type Mode,
  type Operation,
  type Ordering
} from '../../contract/words.ts'
import { type Client } from '../client.ts'
import { CliError, ProblemError, type ExitCode } from '../errors.ts'
import { parseFault } from '../faults.ts'
import { print, printJson, type Io } from '../io.ts'
import { changeLines } from '../view/changes.ts'
import { markdownOf } from '../view/markdown.ts'
import { orphanLines } from '../view/orphan.ts'
import { windowLines } from '../view/window.ts'
import { watch } from '../watch.ts'
import {
  checkRange,
  clientOf,
  common,
  list,
  phasesOf,
  wholeNumber,
  type CommonOptions,
  type Context
} from './common.ts'

export interface LaunchOptions extends CommonOptions {
  from?: number
  to?: number
  clusters?: string[]
  orphaned?: boolean
  mode?: Mode
  ordering?: Ordering
  approvals?: ApprovalRequest
  parallelism?: number
  world?: string
  timeScale?: number
  seed?: number
  scenario?: string
  fault: Fault[]
  idempotencyKey?: string
  watch: boolean
  wait: boolean
  verbose: boolean
  markdown: boolean
  diff?: boolean
}

const launchedOperations = ['up', 'preview', 'refresh', 'destroy'] as const
const descriptions: Record<typeof launchedOperations[number], string> = {
  up: 'deploy a federation',
  preview: 'show what an up would change',
  refresh: 'update the state from what the clouds have',
  destroy: 'destroy what is deployed, the last phase first'
}

function timeScale (text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1000)) {
    throw new InvalidArgumentError('expected a number from 0 to 1000.')
  }
  return value
}

/** The body of the launch; the service's defaults fill in what is not given. */
export function bodyOf (federation: string, operation: Operation, options: LaunchOptions): LaunchRequest {
  const {
    from,
    to,
    clusters,
    orphaned,
    mode,
    ordering,
    approvals,
    parallelism,
    world,
    timeScale,
    seed,
    scenario,
    fault
  } = options
  const rehearsal = {
    ...(world !== undefined && { world }),
    ...(timeScale !== undefined && { timeScale }),
    ...(seed !== undefined && { seed }),
    ...(fault.length > 0 && { faults: fault }),
    ...(scenario !== undefined && { scenario })
  }
  return {
    federation,
    operation,
    ...(mode !== undefined && { mode }),
    ...phasesOf(from, to),
    ...(clusters !== undefined && { clusters }),
    ...(orphaned && { orphaned }),
    ...(ordering !== undefined && { ordering }),
    ...(approvals !== undefined && { approvals }),
    ...(parallelism !== undefined && { parallelism }),
    ...(Object.keys(rehearsal).length > 0 && { rehearsal })
  }
}

/**
 * Follows a deployment with its lines on stderr, and writes it to stdout as Markdown when it has
 * ended or waits.
 */
async function showMarkdown (
  client: Client,
  deployment: Deployment,
  io: Io,
  options: LaunchOptions
): Promise<ExitCode> {
  const code = await watch(client, deployment, { ...io, stdout: io.stderr }, { ...options, plain: true })
  const { federation, operation, mode, world, request } = deployment
  const { phases: { from, to }, clusters, ordering, parallelism, orphaned } = request
  const [ended, units, findings, plan] = await Promise.all([
    client.deployment(deployment.id),
    client.units(deployment.id),
    client.policyFindings(deployment.id),
    // A preview shows an up. If the file was changed meanwhile there may be nothing to predict.
    client.plan(federation, {
      operation: operation === 'preview' ? 'up' : operation,
      from,
      to,
      ordering,
      parallelism,
      clusters: clusters?.join(','),
      ...(orphaned && { orphaned: 'true' }),
      mode,
      world
    }).catch((error: unknown) => {
      if (error instanceof ProblemError) return undefined
      throw error
    })
  ])
  io.stdout.write(markdownOf({ deployment: ended, units, findings, ...(plan !== undefined && { plan }) }))
  return code
}

/** Adds the options that select what of a federation is launched, and how. */
export function launchOptions (command: Command): Command {
  return command
    .option('--from <phase>', 'first phase', wholeNumber(1, lastPhase))
    .option('--to <phase>', 'last phase', wholeNumber(1, lastPhase))
    .option('--clusters <names>', 'only these clusters, with commas between them', list)
    .addOption(new Option('--mode <mode>', 'simulated or real clouds').choices(modes))
    .option('--parallelism <units>', 'units at once', wholeNumber(1, 64))
    .option('--world <name>', 'the world to rehearse in; "fresh" creates one for this deployment')
    .option(
      '--time-scale <factor>',
      'seconds that a simulated second takes; 0 is as fast as possible',
      timeScale
    )
    .option('--seed <number>', 'the seed of random numbers', wholeNumber(0, 4294967295))
    .option(
      '--fault <fault>',
      'a fault such as kind=fail,type=aws:ec2/vpc:Vpc,cluster=nautilus-hub-us-west,times=2 (may be given ' +
        'several times)',
      (text: string, before: Fault[]) => [...before, parseFault(text)],
      []
    )
    .option('--scenario <name>', 'what goes wrong in the rehearsal, by name: windlass scenarios lists them')
    .option('--idempotency-key <key>', 'launch only once for this key, however often the command is run')
    .option('--verbose', 'while following: print a line for each resource too', false)
}

/** Adds the option that selects orphans alone. */
export function orphanedOption (command: Command): Command {
  return command.option(
    '--orphaned',
    'only what is deployed and no longer in the federation file',
    false
  )
}

/** Refuses two forms of the same output. */
export function checkForms ({ markdown, json }: Pick<LaunchOptions, 'markdown' | 'json'>): void {
  if (!markdown || !json) return
  throw new CliError('cli-usage', {
    argument: '--markdown',
    wrong: '--markdown and --json are two forms of stdout: expected one of them'
  })
}

/** Launches a deployment. Tried again, the same request launches nothing more. */
export async function launch (
  client: Client,
  federation: string,
  operation: Operation,
  options: LaunchOptions
): Promise<Deployment> {
  checkRange(options.from, options.to)
  checkForms(options)
  return await client.launch(
    bodyOf(federation, operation, options),
    options.idempotencyKey ?? randomUUID()
  )
}

/** Follows a launched deployment, and shows its changes at the end where they are asked for. */
async function followLaunched (
  client: Client,
  deployment: Deployment,
  io: Io,
  options: LaunchOptions
): Promise<ExitCode> {
  if (options.json) return await watch(client, deployment, io, options)
  print(io.stderr, `deployment ${deployment.id}`)
  const code = await watch(client, deployment, io, options)
  if (options.diff) {
    for (const line of changeLines(await client.changes(deployment.id))) print(io.stdout, line)
  }
  return code
}

/** Prints what a launch warned of. */
export function printWarnings ({ stderr }: Io, deployment: Deployment): void {
  for (const line of [...orphanLines(deployment.warnings), ...windowLines(deployment)]) print(stderr, line)
}

async function launchAndShow (
  federation: string,
  operation: Operation,
  { io, exit }: Context,
  options: LaunchOptions
): Promise<void> {
  const client = clientOf(options, io)
  const deployment = await launch(client, federation, operation, options)
  if (!options.json) printWarnings(io, deployment)
  if (options.markdown) return exit(await showMarkdown(client, deployment, io, options))
  if (options.watch) return exit(await followLaunched(client, deployment, io, options))
  if (options.json) return printJson(io.stdout, deployment)
  const { id, status, position } = deployment
  const place = position === undefined ? '' : `, position ${position}`
  print(io.stdout, `deployment ${id} is ${status}${place}: follow it with windlass watch ${id}`)
}

/** up, preview, refresh and destroy. */
export function launchCommands (program: Command, context: Context): void {
  for (const operation of launchedOperations) {
    const command = launchOptions(common(program.command(`${operation} <federation>`), context.io))
    if (orphanOperations.includes(operation)) orphanedOption(command)
    command
      .description(descriptions[operation])
      .addOption(
        new Option('--ordering <ordering>', 'phase by phase, or each unit as soon as it can')
          .choices(orderings)
      )
      .addOption(
        new Option('--approvals <approvals>', 'what waits for an approval').choices(approvalRequests)
      )
      .option('-w, --watch', 'follow it to its end', false)
      .option('--diff', 'with --watch: show at the end which resources change, property by property', false)
      .option('--no-wait', 'with --watch: end when it waits for an approval (exit code 4)')
      .option(
        '--markdown',
        'follow it to its end on stderr, and write it to stdout as Markdown, for a comment',
        false
      )
      .action(async (federation: string, options: LaunchOptions) => {
        await launchAndShow(federation, operation, context, options)
      })
  }
}
