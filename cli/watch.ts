import { type Deployment } from '../contract/deployment.ts'
import { type DeploymentStatus } from '../contract/words.ts'
import { type Client } from './client.ts'
import { exitCodes, type ExitCode } from './errors.ts'
import { follow } from './follow.ts'
import { print, printJson, type Io } from './io.ts'
import { lineOf } from './view/lines.ts'
import { openLiveView, type LiveView } from './view/live.ts'
import { deploymentCostLines } from './view/money.ts'
import { scenarioResultLines } from './view/scenario.ts'
import { windowText } from './view/window.ts'

export interface WatchOptions {
  json: boolean
  /** Keep following while the deployment waits for an approval. */
  wait: boolean
  verbose: boolean
  after?: number
  /** Plain lines in a terminal too. */
  plain?: boolean
}

/** The line that reports events that retention removed. */
export function removedLine (eventsFrom: number): string {
  return `the first ${eventsFrom - 1} events were removed after their retention period`
}

/** The exit code of a deployment's status. */
export function exitCodeOf (status: DeploymentStatus): ExitCode {
  switch (status) {
    case 'failed':
      return exitCodes.failed
    case 'canceled':
      return exitCodes.canceled
    case 'waiting':
      return exitCodes.waiting
    default:
      return exitCodes.succeeded
  }
}

/** Tells whether stdout is a terminal that a live view can be drawn on. */
const drawable = ({ stdout, environment }: Io) =>
  stdout.isTTY && environment.TERM !== 'dumb' && !environment.CI

/**
 * Follows a deployment to its end: a live view in a terminal, lines elsewhere, or one JSON object
 * for each event. Returns the exit code of how it ended; with `wait: false` it ends when the
 * deployment waits for an approval, too.
 */
export async function watch (
  client: Client,
  deployment: Deployment,
  io: Io,
  options: WatchOptions
): Promise<ExitCode> {
  const { id } = deployment
  const live: LiveView | undefined = !options.json && !options.plain && drawable(io)
    ? openLiveView(deployment, io.stdout, io.environment)
    : undefined
  // The live view itself shows that nothing moves.
  const onReconnect = (error: Error, milliseconds: number) => {
    if (!live) print(io.stderr, `${error.message}; trying again in ${milliseconds / 1000} s`)
  }
  const onRemoved = (eventsFrom: number) => {
    if (!live) print(io.stderr, removedLine(eventsFrom))
  }
  try {
    for await (
      const event of follow(client, id, {
        after: options.after ?? 0,
        signal: io.signal,
        onReconnect,
        onRemoved
      })
    ) {
      if (live) live.add(event)
      else if (options.json) printJson(io.stdout, event)
      else {
        const line = lineOf(event, options)
        if (line !== undefined) print(io.stdout, line)
      }
      // The event may be an old one: only the current status says whether somebody has approved
      // since.
      if (
        event.type === 'deployment.waiting' && !options.wait &&
        (await client.deployment(id)).status === 'waiting'
      ) {
        if (!options.json) {
          print(
            io.stderr,
            event.window
              ? `waiting for ${windowText(event.window)}: windlass override ${id} --reason '…' continues it`
              : `waiting for the approval of phase ${event.phase ?? ''}: windlass approve ${id} --phase ` +
                `${event.phase ?? ''}`
          )
        }
        return exitCodes.waiting
      }
    }
  } finally {
    live?.end()
  }
  const ended = await client.deployment(id)
  if (!options.json) { for (const line of deploymentCostLines(ended)) print(io.stdout, line) }
  if (!options.json) { for (const line of scenarioResultLines(ended.scenario)) print(io.stdout, line) }
  if (ended.error && !options.json) print(io.stderr, `failed: ${ended.error.message} (${ended.error.code})`)
  if (ended.status === 'succeeded' && ended.drift && ended.drift.changed + ended.drift.missing > 0) {
    return exitCodes.drift
  }
  return exitCodeOf(ended.status)
}
