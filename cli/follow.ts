import { setTimeout as sleep } from 'node:timers/promises'
import { isFinal, type Event } from '../contract/event.ts'
import { type Client } from './client.ts'
import { CliError, ProblemError } from './errors.ts'
import { EventStreamParser } from './sse.ts'

/**
 * Milliseconds before a reconnect, at first and at most: a restart of the service takes about two
 * seconds.
 */
const firstWait = 250
const longestWait = 5_000

/**
 * Seconds without any connection after which following gives up: longer than a shutdown with its
 * grace time (30 s) and a start after it, so that a restart of the service is survived.
 */
export const reconnectSeconds = 90

/**
 * Milliseconds of silence after which a connection counts as dead: three missed heartbeats of 15 s.
 */
const silencePatience = 45_000

export interface FollowOptions {
  after: number
  signal: AbortSignal
  /**
   * Called when events before `eventsFrom` were removed: following continues with those that are
   * kept.
   */
  onRemoved?: (eventsFrom: number) => void
  /** Called when the connection was lost and is tried again. */
  onReconnect?: (error: Error, waitMilliseconds: number) => void
  /** Seconds without a connection after which it gives up; `reconnectSeconds` unless given. */
  patienceSeconds?: number
}

async function* messages (stream: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  const parser = new EventStreamParser()
  let timer: NodeJS.Timeout | undefined
  try {
    while (true) {
      timer = setTimeout(() => {
        reader.cancel(new Error('silent')).catch(() => undefined)
      }, silencePatience)
      const { done, value } = await reader.read()
      clearTimeout(timer)
      if (done) return
      for (const { data } of parser.push(decoder.decode(value, { stream: true }))) {
        yield JSON.parse(data) as Event
      }
    }
  } finally {
    clearTimeout(timer)
    // A broken connection needs no closing.
    await reader.cancel().catch(() => undefined)
  }
}

/** The first event that is kept, when a request was refused because earlier ones were removed. */
export function firstKept (error: unknown): number | undefined {
  const eventsFrom = error instanceof ProblemError && error.problem.code === 'events-removed'
    ? error.problem.details?.eventsFrom
    : undefined
  return typeof eventsFrom === 'number' ? eventsFrom : undefined
}

/** Tells whether the same request may succeed in a moment. */
const passing = (error: unknown) =>
  error instanceof ProblemError
    ? error.problem.status >= 500 || error.problem.status === 429
    : error instanceof CliError
    ? error.retryable
    : true

/**
 * Gives a deployment's events after `after`, each once and in order, over as many connections as it
 * takes. Ends after the final event. Rejects with the last error when the service refuses or cannot
 * be reached for too long, and with the signal's reason when it aborts.
 */
export async function* follow (client: Client, id: string, options: FollowOptions): AsyncGenerator<Event> {
  const { signal, onReconnect, onRemoved, patienceSeconds = reconnectSeconds } = options
  let { after } = options
  let wait = firstWait
  let lost: number | undefined
  while (true) {
    let failure: unknown
    try {
      const stream = await client.events(id, after)
      if (!stream) return
      for await (const event of messages(stream)) {
        lost = undefined
        wait = firstWait
        if (event.seq <= after) continue
        after = event.seq
        yield event
        if (isFinal(event)) return
      }
      failure = new CliError('cli-unreachable', { what: 'stream' })
    } catch (error) {
      if (signal.aborted) throw signal.reason
      failure = error
    }
    const from = firstKept(failure)
    if (from !== undefined && from - 1 > after) {
      onRemoved?.(from)
      after = from - 1
      continue
    }
    if (!passing(failure)) throw failure
    lost ??= Date.now()
    if (Date.now() - lost > patienceSeconds * 1000) throw failure
    onReconnect?.(failure as Error, wait)
    await sleep(wait, undefined, { signal })
    wait = Math.min(longestWait, wait * 2)
  }
}
