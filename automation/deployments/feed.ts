import { AutomationError } from '../errors.ts'
import { type DeploymentEvent } from '../model.ts'
import { type Observe } from '../observations.ts'
import { type Pool } from '../store/database.ts'
import { readEvents } from '../store/read-events.ts'
import { eventsRemoved } from './decisions.ts'
import { isEnded } from './states.ts'

/** Events of a deployment that are kept for followers at its head: some seconds of a busy one, about a megabyte. Who is further behind reads the store. */
const keptEvents = 2_000
/** Events read at once. */
const pageSize = 1_000
/** How often a feed looks into the store without being told, milliseconds: covers an announcement that got lost with its connection. */
const safetyInterval = 3_000

/** The latest events of one deployment, read once for all who follow it here. */
class Feed {
  readonly #pool: Pool
  readonly #id: string
  readonly #timer: NodeJS.Timeout
  #events: DeploymentEvent[] = []
  /** Everything up to here was read. */
  #head: number
  #ended = false
  #announced: number
  #reading: Promise<void> | undefined
  #waiters = new Set<() => void>()
  #failure: unknown
  readonly #observe: Observe
  #caughtUp = false
  followers = 0

  constructor (pool: Pool, observe: Observe, id: string, head: number) {
    this.#pool = pool
    this.#observe = observe
    this.#id = id
    this.#head = head
    this.#announced = head
    this.#timer = setInterval(() => { this.#read() }, safetyInterval)
  }

  close (): void {
    clearInterval(this.#timer)
    this.#tell()
  }

  /** Called for each announcement, and without a number when some may have been missed. */
  announce (lastEvent?: number): void {
    this.#announced = Math.max(this.#announced, lastEvent ?? this.#head + 1)
    if (this.#announced > this.#head) this.#read()
  }

  /** What comes after `after`, if it is kept: undefined when the store must be asked. `ended`: the deployment ended with the last event of all. */
  since (after: number): { events: DeploymentEvent[], ended: boolean } | undefined {
    const first = this.#events[0]?.seq ?? this.#head + 1
    if (after < first - 1) return undefined
    return { events: this.#events.slice(Math.max(0, after - first + 1)), ended: this.#ended && after <= this.#head }
  }

  /** Resolves when something was read, the deployment's state changed or the feed closed; rejects when the store failed. */
  async changed (signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiters.add(resolve)
    const stop = (): void => { resolve() }
    signal.addEventListener('abort', stop, { once: true })
    try {
      await promise
    } finally {
      signal.removeEventListener('abort', stop)
      this.#waiters.delete(resolve)
    }
    if (this.#failure) throw this.#failure
  }

  #read (): void {
    this.#reading ??= this.#readOn().catch((error: unknown) => { this.#failure = error }).finally(() => {
      this.#reading = undefined
      this.#tell()
    })
  }

  async #readOn (): Promise<void> {
    do {
      const read = await readEvents(this.#pool, this.#id, { after: this.#head, limit: pageSize })
      if (!read) throw new AutomationError('deployment-not-found', `there is no deployment ${this.#id}`)
      this.#failure = undefined
      this.#head = read.events.at(-1)?.seq ?? this.#head
      // Nothing more is to come but by a new announcement.
      if (read.events.length < pageSize) this.#announced = Math.min(this.#announced, Math.max(this.#head, read.lastEvent))
      this.#ended = isEnded(read.status) && this.#head >= read.lastEvent
      const newest = read.events.at(-1)
      // A first look back is no lag.
      if (newest && this.#caughtUp) this.#observe({ kind: 'event-lag', seconds: Math.max(0, Date.now() - Date.parse(newest.time)) / 1000 })
      this.#caughtUp = true
      if (read.events.length > 0) {
        this.#events.push(...read.events)
        if (this.#events.length > keptEvents) this.#events = this.#events.slice(-keptEvents)
        this.#tell()
      }
    } while (this.#head < this.#announced)
  }

  #tell (): void {
    const waiters = this.#waiters
    this.#waiters = new Set()
    for (const waiter of waiters) waiter()
  }
}

/** All feeds of this process: one for each deployment that someone follows. */
export class Feeds {
  readonly #pool: Pool
  readonly #feeds = new Map<string, Feed>()
  readonly #closing = new AbortController()
  readonly #observe: Observe

  constructor (pool: Pool, observe: Observe) {
    this.#pool = pool
    this.#observe = observe
  }

  announce (deployment: string, lastEvent: number): void {
    this.#feeds.get(deployment)?.announce(lastEvent)
  }

  gap (): void {
    for (const feed of this.#feeds.values()) feed.announce()
  }

  /** Ends all followers. */
  close (): void {
    this.#closing.abort()
    for (const feed of this.#feeds.values()) feed.close()
    this.#feeds.clear()
  }

  /** See Automation.follow. */
  async * follow (id: string, { after, signal: stop }: { after: number, signal: AbortSignal }): AsyncGenerator<DeploymentEvent[]> {
    const signal = AbortSignal.any([stop, this.#closing.signal])
    let cursor = after
    // The store first: it says whether there is such a deployment and whether it ended.
    for (;;) {
      if (signal.aborted) return
      const read = await readEvents(this.#pool, id, { after: cursor, limit: pageSize })
      if (!read) throw new AutomationError('deployment-not-found', `there is no deployment ${id}`, { deployment: id })
      if (cursor < read.eventsFrom - 1) throw eventsRemoved(id, read)
      if (read.events.length > 0) {
        cursor = read.events.at(-1)?.seq ?? cursor
        yield read.events
      }
      if (cursor >= read.lastEvent) {
        if (isEnded(read.status)) return
        break
      }
    }
    const feed = this.#join(id, cursor)
    try {
      // What was stored between the last page and now.
      feed.announce()
      while (!signal.aborted) {
        const kept = feed.since(cursor)
        if (!kept) {
          // Too slow for what is kept: back to the store.
          const read = await readEvents(this.#pool, id, { after: cursor, limit: pageSize })
          if (read && cursor < read.eventsFrom - 1) throw eventsRemoved(id, read)
          cursor = read?.events.at(-1)?.seq ?? cursor
          if (read && read.events.length > 0) yield read.events
        } else if (kept.events.length > 0) {
          cursor = kept.events.at(-1)?.seq ?? cursor
          yield kept.events
        } else if (kept.ended) return
        else await feed.changed(signal)
      }
    } finally {
      this.#leave(id, feed)
    }
  }

  #join (id: string, head: number): Feed {
    let feed = this.#feeds.get(id)
    if (!feed) {
      feed = new Feed(this.#pool, this.#observe, id, head)
      this.#feeds.set(id, feed)
    }
    feed.followers++
    return feed
  }

  #leave (id: string, feed: Feed): void {
    if (--feed.followers > 0) return
    feed.close()
    if (this.#feeds.get(id) === feed) this.#feeds.delete(id)
  }
}
