import { type Event } from '../contract/event.ts'

/**
 * Seconds of silence after which a stream sends a heartbeat. Load balancers cut idle connections
 * after 60 s (AWS, nginx) or 30 s (Google's default). It also finds clients that went away
 * silently.
 */
export const heartbeatSeconds = 15

/**
 * Milliseconds that clients are asked to wait before they reconnect: about as long as a restart of
 * the service takes.
 */
const retryMilliseconds = 2_000

// Followers of one deployment get the same objects: each event is serialized once for all of them.
const written = new WeakMap<object, string>()

function json (event: Event): string {
  const known = written.get(event)
  if (known !== undefined) return known
  const text = JSON.stringify(event)
  written.set(event, text)
  return text
}

export interface StreamForm {
  /** Sent at once, so that the client sees its headers before the first event. */
  opening: string
  /** Sent after `heartbeatSeconds` of silence; nothing is sent when it is empty. */
  heartbeat: string
  /** Sent when the service ends the stream before the deployment does. */
  farewell: string
  lines: (events: Event[]) => Buffer
}

/**
 * Followers at the head of a deployment get the same batch, as the same array: its bytes are made
 * once for all of them.
 */
function shared (lines: (events: Event[]) => string): StreamForm['lines'] {
  const made = new WeakMap<Event[], Buffer>()
  return (events) => {
    const known = made.get(events)
    if (known) return known
    const bytes = Buffer.from(lines(events))
    made.set(events, bytes)
    return bytes
  }
}

/**
 * Server-sent events: `id` is the seq; there is no `event` field, so that EventSource gives all
 * events to `onmessage`.
 */
export const serverSentEvents: StreamForm = {
  opening: `retry: ${retryMilliseconds}\n\n`,
  heartbeat: ': still here\n\n',
  farewell: ': the service is closing, come back with Last-Event-ID\n\n',
  lines: shared((events) => events.map((event) => `id: ${event.seq}\ndata: ${json(event)}\n\n`).join(''))
}

/** One event a line and nothing else: strict readers accept no empty lines. */
export const newlineDelimited: StreamForm = {
  opening: '',
  heartbeat: '',
  farewell: '',
  lines: shared((events) => events.map((event) => `${json(event)}\n`).join(''))
}

/**
 * Gives the text of a stream, a piece for each batch. Takes nothing from `batches` before the
 * reader has taken the piece before it. Ends with the batches, or when `signal` aborts; a failure
 * of `batches` rejects, so that the connection breaks and the client reconnects.
 */
export async function* render (
  batches: AsyncIterable<Event[]>,
  form: StreamForm,
  options: { signal: AbortSignal, closing: AbortSignal, heartbeatMilliseconds?: number }
): AsyncGenerator<string | Buffer> {
  const iterator = batches[Symbol.asyncIterator]()
  const silence = options.heartbeatMilliseconds ?? heartbeatSeconds * 1000
  yield form.opening
  try {
    let next = iterator.next()
    while (true) {
      const winner = form.heartbeat === '' ? await next : await beforeSilence(next, silence)
      if (winner === undefined) {
        yield form.heartbeat
        continue
      }
      if (winner.done) break
      if (winner.value.length > 0) yield form.lines(winner.value)
      next = iterator.next()
    }
    if (options.closing.aborted) yield form.farewell
  } finally {
    await iterator.return?.()
  }
}

/**
 * Resolves with the promise's value, or with undefined after `milliseconds`. By a plain timer: an
 * abort signal for each batch of each client costs more than sending the batch.
 */
async function beforeSilence<T> (promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await Promise.race([
      promise,
      new Promise<undefined>((resolve) => {
        timer = setTimeout(resolve, milliseconds, undefined)
      })
    ])
  } finally {
    clearTimeout(timer)
  }
}
