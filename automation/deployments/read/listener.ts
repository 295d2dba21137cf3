import pg from 'pg'
import { type Logger } from '../../logger.ts'
import { controlChannel } from '../../store/deployments/control-announcement.ts'
import { eventsChannel } from '../../store/deployments/new-events.ts'

/**
 * Pauses before connecting again, milliseconds: at once for a dropped connection, up to two seconds
 * while PostgreSQL restarts.
 */
const reconnectPauses = [50, 200, 500, 1_000, 2_000]

/** Reactions to what is announced. */
export interface ListenerHandlers {
  onEvent(deployment: string, lastEvent: number): void
  onControl(deployment: string): void
  /** Announcements may have been missed. */
  onGap(): void
}

/** The process's one connection that hears what is announced. It connects again by itself. */
export class Listener {
  readonly #url: string
  readonly #handlers: ListenerHandlers
  readonly #logger: Logger
  #client: pg.Client | undefined
  #closed = false
  #failures = 0
  #timer: NodeJS.Timeout | undefined

  constructor (url: string, handlers: ListenerHandlers, logger: Logger) {
    this.#url = url
    this.#handlers = handlers
    this.#logger = logger
  }

  get connected (): boolean {
    return this.#client !== undefined
  }

  /** Rejects when the first connection fails. */
  async start (): Promise<void> {
    await this.#connect()
  }

  async close (): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    const client = this.#client
    this.#client = undefined
    await client?.end()
  }

  async #connect (): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'windlass-listen',
      keepAlive: true,
      connectionTimeoutMillis: 5_000
    })
    let gone = false
    const lose = (error?: Error): void => {
      if (gone) return
      gone = true
      if (this.#client === client) this.#client = undefined
      if (this.#closed) return
      this.#logger.warn(
        { ...(error && { err: error }) },
        'the connection that listens for events was lost; connecting again'
      )
      this.#retry()
    }
    client.on('notification', ({ channel, payload = '' }) => {
      if (channel === controlChannel) this.#handlers.onControl(payload)
      else {
        const [deployment = '', last = '0'] = payload.split(' ')
        this.#handlers.onEvent(deployment, Number(last))
      }
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${eventsChannel}; LISTEN ${controlChannel}`)
    } catch (error) {
      await client.end().catch((ending: Error) => {
        this.#logger.debug({ err: ending }, 'a connection that failed could not be ended')
      })
      throw error
    }
    client.on('error', lose)
    client.on('end', () => {
      lose()
    })
    if (this.#closed) {
      await client.end()
      return
    }
    this.#client = client
    this.#failures = 0
  }

  #retry (): void {
    const pause = reconnectPauses[Math.min(this.#failures++, reconnectPauses.length - 1)] ?? 0
    this.#timer = setTimeout(() => {
      this.#connect().then(() => {
        this.#handlers.onGap()
      }, () => {
        if (!this.#closed) this.#retry()
      })
    }, pause)
  }
}
