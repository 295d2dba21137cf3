import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises'
import { type Event } from '../../../contract/event.ts'
import { AutomationError } from '../../errors.ts'
import { type Observe } from '../../observations.ts'
import { readEvents } from '../../store/deployments/events.ts'
import { type Pool } from '../../store/postgres/database.ts'
import { eventsRemoved } from '../refusals.ts'
import { isEnded } from '../states.ts'

/**
 * Events of a deployment that are kept for followers at its head: some seconds of a busy one, about
 * a megabyte. Who is further behind reads the store.
 */
const keptEvents = 2_000
/** Events read at once. */
const pageSize = 1_000
/**
 * Followers that are told in one go: their writes take about a millisecond together. Between two
 * groups the process turns to what else waits, above all to the events that come next, which would
 * otherwise wait for a thousand writes at each step of their way.
 */
const followersAtOnce = 20
/**
 * Milliseconds of rest for each follower told: a write to a connection costs about as much whatever
 * it holds, so the more there are the more events go into one. A thousand hear some ten times a
 * second.
 */
const restPerFollower = 0.02
/**
 * Milliseconds between looks of a feed into the store without an announcement: they cover one that
 * got lost with its connection.
 */
const safetyInterval = 3_000

/** The latest events of one deployment, read once for all who follow it here. */
class Feed {
  readonly #pool: Pool
  readonly #id: string
  readonly #timer: NodeJS.Timeout
  #events: Event[] = []
  /** Everything up to here was read. */
  #head: number
  #ended = false
  #announced: number
  #reading: Promise<void> | undefined
  #followers = new Set<Follower>()
  /** Followers were told of everything up to here, and take nothing beyond it. */
  #published: number
  #telling = false
  #tellAgain = false
  #closed = false
  #failure: unknown
  readonly #observe: Observe
  #caughtUp = false
  /**
   * The events that were given out last, and their range: followers at the head all ask for the
   * same, and get the same array.
   */
  #given: { after: number, upTo: number, events: Event[] } | undefined

  constructor (pool: Pool, observe: Observe, id: string, head: number) {
    this.#pool = pool
    this.#observe = observe
    this.#id = id
    this.#head = head
    this.#announced = head
    this.#published = head
    this.#timer = setInterval(() => {
      this.#read()
    }, safetyInterval)
  }

  close (): void {
    this.#closed = true
    clearInterval(this.#timer)
    for (const follower of this.#followers) follower.wake()
  }

  join (follower: Follower): void {
    this.#followers.add(follower)
  }

  /** Says whether others are left. */
  leave (follower: Follower): boolean {
    this.#followers.delete(follower)
    return this.#followers.size > 0
  }

  /** Called for each announcement, and without a number when some may have been missed. */
  announce (lastEvent?: number): void {
    this.#announced = Math.max(this.#announced, lastEvent ?? this.#head + 1)
    if (this.#announced > this.#head) this.#read()
  }

  /**
   * Gives the events after `after`, if they are kept: undefined when the store must be asked.
   * `ended`: the deployment ended with the last event of all.
   */
  since (after: number): { events: Event[], ended: boolean } | undefined {
    const first = this.#events[0]?.seq ?? this.#head + 1
    if (after < first - 1) return undefined
    const upTo = this.#published
    if (this.#given?.after !== after || this.#given.upTo !== upTo) {
      this.#given = {
        after,
        upTo,
        events: this.#events.slice(Math.max(0, after - first + 1), Math.max(0, upTo - first + 1))
      }
    }
    return { events: this.#given.events, ended: this.#ended && upTo === this.#head && after <= this.#head }
  }

  /** Throws what the last read failed with. */
  check (): void {
    if (this.#failure) throw this.#failure
  }

  #read (): void {
    this.#reading ??= this.#readOn().catch((error: unknown) => {
      this.#failure = error
    }).finally(() => {
      this.#reading = undefined
      this.#tell()
    })
  }

  async #readOn (): Promise<void> {
    do {
      const read = await readEvents(this.#pool, this.#id, { after: this.#head, limit: pageSize })
      if (!read) throw new AutomationError('deployment-not-found', { deployment: this.#id })
      this.#failure = undefined
      this.#head = read.events.at(-1)?.seq ?? this.#head
      // Nothing more is to come but by a new announcement.
      if (read.events.length < pageSize) {
        this.#announced = Math.min(this.#announced, Math.max(this.#head, read.lastEvent))
      }
      this.#ended = isEnded(read.status) && this.#head >= read.lastEvent
      const newest = read.events.at(-1)
      // A first look back is no lag.
      if (newest && this.#caughtUp) {
        this.#observe({
          kind: 'event-lag',
          seconds: Math.max(0, Date.now() - Date.parse(newest.time)) / 1000
        })
      }
      this.#caughtUp = true
      if (read.events.length > 0) {
        this.#events.push(...read.events)
        if (this.#events.length > keptEvents) this.#events = this.#events.slice(-keptEvents)
        this.#tell()
      }
    } while (this.#head < this.#announced)
  }

  /**
   * Wakes all followers, group by group, and rests for as long as there are many. What happens
   * meanwhile is told in the next go.
   */
  #tell (): void {
    if (this.#telling) this.#tellAgain = true
    else void this.#tellAll()
  }

  async #tellAll (): Promise<void> {
    this.#telling = true
    do {
      this.#tellAgain = false
      this.#published = this.#head
      const followers = [...this.#followers]
      for (const [index, follower] of followers.entries()) {
        if (index > 0 && index % followersAtOnce === 0) await immediate()
        follower.wake()
      }
      const rest = followers.length * restPerFollower
      if (rest >= 1 && !this.#closed) await delay(rest)
    } while (this.#tellAgain)
    this.#telling = false
  }
}

/** One who waits for what comes next. */
class Follower {
  #told = Promise.withResolvers<void>()

  /** Wakes the follower: something happened since its last look. */
  wake (): void {
    this.#told.resolve()
  }

  /** Resolves at once when it was woken since the last time. */
  async wait (): Promise<void> {
    await this.#told.promise
    this.#told = Promise.withResolvers()
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

  /** Follows a deployment's events; see Events. */
  async *follow (
    id: string,
    { after, signal: stop }: { after: number, signal: AbortSignal }
  ): AsyncGenerator<Event[]> {
    const signal = AbortSignal.any([stop, this.#closing.signal])
    let cursor = after
    // The store first: it says whether there is such a deployment and whether it ended.
    for (;;) {
      if (signal.aborted) return
      const read = await readEvents(this.#pool, id, { after: cursor, limit: pageSize })
      if (!read) {
        throw new AutomationError('deployment-not-found', { deployment: id })
      }
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
    const feed = this.#feedOf(id, cursor)
    const follower = new Follower()
    const stopped = (): void => {
      follower.wake()
    }
    feed.join(follower)
    signal.addEventListener('abort', stopped, { once: true })
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
        else {
          await follower.wait()
          feed.check()
        }
      }
    } finally {
      signal.removeEventListener('abort', stopped)
      if (!feed.leave(follower)) this.#drop(id, feed)
    }
  }

  #feedOf (id: string, head: number): Feed {
    let feed = this.#feeds.get(id)
    if (!feed) {
      feed = new Feed(this.#pool, this.#observe, id, head)
      this.#feeds.set(id, feed)
    }
    return feed
  }

  #drop (id: string, feed: Feed): void {
    feed.close()
    if (this.#feeds.get(id) === feed) this.#feeds.delete(id)
  }
}
