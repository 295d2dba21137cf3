/**
 * The worker that follows a deployment's events: connection, parsing, filter and search, away from
 * the page's own thread.
 */
import type { Event, EventType } from '../../../contract/event.ts'
import type { Deployment } from '../api/client.ts'
import { parseShown } from '../api/shown.ts'
import { isEnded } from '../model/state.ts'
import { EventStore, type Filter } from './event-store.ts'
import { kinds } from './event-text.ts'
import type { Connection, FromWorker, ToWorker } from './messages.ts'

/** Milliseconds between states that are sent to the page: ten times a second looks live. */
const statePause = 100
/** Milliseconds until a connection that the browser gave up is opened again; doubled each time. */
const firstWait = 500
const longestWait = 5_000
/** Rows of a unit that its details show. */
const mostTrouble = 200

const post = (message: FromWorker) => {
  self.postMessage(message)
}

let filter: Filter = { kinds: [...kinds], level: 'all', text: '' }
let version = 0
let store = new EventStore(filter)
let source: EventSource | undefined
let deployment: string | undefined
let after = 0
let known = 0
let connection: Connection = 'closed'
let wait = firstWait
let reopening: ReturnType<typeof setTimeout> | undefined
let telling: ReturnType<typeof setTimeout> | undefined
let batch: Event[] = []
let wanted: string | undefined

function take (): void {
  if (batch.length === 0) return
  store.append(batch)
  batch = []
  if (wanted !== undefined) post({ type: 'trouble', unit: wanted, rows: store.trouble(wanted, mostTrouble) })
}

function tell (): void {
  telling = undefined
  take()
  post({
    type: 'state',
    connection,
    total: store.total,
    matching: store.matching,
    dropped: store.dropped,
    lastSeq: Math.max(after, store.lastSeq),
    version,
    resources: [...store.resources]
  })
}
const tellSoon = () => {
  telling ??= setTimeout(tell, statePause)
}

function close (): void {
  clearTimeout(reopening)
  source?.close()
  source = undefined
}

/**
 * Connects. The browser reconnects by itself with the last id; when it gives up, `ended` decides.
 */
function connect (): void {
  close()
  if (deployment === undefined) return
  take()
  connection = 'connecting'
  const opened = new EventSource(
    `/v1/deployments/${encodeURIComponent(deployment)}/events?after=${Math.max(after, store.lastSeq)}`
  )
  source = opened
  opened.onopen = () => {
    connection = 'open'
    wait = firstWait
    tellSoon()
  }
  opened.onmessage = ({ data }: MessageEvent<string>) => {
    const event = parseShown(data) as Event
    batch.push(event)
    if (event.seq > known && /^(?:deployment|phase|unit)\./.test(event.type)) post({ type: 'step' })
    tellSoon()
  }
  opened.onerror = () => {
    if (source !== opened) return
    // CLOSED after an answer that is not a stream: 204 when there is nothing more, else something
    // is wrong for now. After a final event the service closes the stream, and there is nothing
    // more unless the deployment was resumed in the meantime.
    if (opened.readyState === EventSource.CLOSED || lastIsFinal()) void ended()
    else connection = 'lost'
    tellSoon()
  }
  tellSoon()
}

/** Types after which a deployment has no further event, unless it is resumed. */
const finalTypes: readonly (EventType | undefined)[] = [
  'deployment.succeeded',
  'deployment.failed',
  'deployment.canceled'
]
const lastIsFinal = () => finalTypes.includes(batch.at(-1)?.type ?? store.lastType)

/** Asks the API whether there is nothing more to come, or the connection only failed for now. */
async function ended (): Promise<void> {
  const mine = source
  mine?.close()
  take()
  try {
    const response = await fetch(`/v1/deployments/${encodeURIComponent(deployment ?? '')}`, {
      cache: 'no-store'
    })
    if (source !== mine) return
    if (response.ok) {
      const found = await response.json() as Pick<Deployment, 'lastEvent' | 'status' | 'eventsFrom'>
      const { lastEvent, eventsFrom = 1 } = found
      // The next events have passed their retention time and were removed.
      after = Math.max(after, eventsFrom - 1)
      if (isEnded(found) && Math.max(after, store.lastSeq) >= lastEvent) {
        connection = 'complete'
        tellSoon()
        return
      }
    } else if (response.status === 401 || response.status === 403 || response.status === 404) {
      connection = 'closed'
      tellSoon()
      return
    }
  } catch {
    // Nothing answers: the next attempt asks again.
  }
  if (source !== mine) return
  connection = 'lost'
  reopening = setTimeout(connect, wait)
  wait = Math.min(longestWait, wait * 2)
  tellSoon()
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'open':
      deployment = data.deployment
      after = data.after
      known = data.known
      batch = []
      store = new EventStore(filter)
      wait = firstWait
      connect()
      break
    case 'wake':
      if (connection === 'complete' || connection === 'closed') connect()
      break
    case 'filter':
      take()
      filter = data.filter
      version = data.version
      store.filter(filter)
      tell()
      break
    case 'rows':
      if (data.version === version) {
        post({ type: 'rows', from: data.from, rows: store.window(data.from, data.to), version })
      }
      break
    case 'trouble':
      wanted = data.unit
      take()
      post({ type: 'trouble', unit: data.unit, rows: store.trouble(data.unit, mostTrouble) })
      break
    case 'close':
      deployment = undefined
      connection = 'closed'
      close()
  }
}
