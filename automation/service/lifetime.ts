import { type Logger } from '../logger.ts'

type Release = () => Promise<void> | void

/**
 * The lifetime of a started service: the signal that it is to stop, and the parts to release then,
 * in the reverse order of their start.
 */
export class Lifetime {
  readonly #stopping = new AbortController()
  readonly #releases: Release[] = []
  readonly #logger: Logger
  #closing: Promise<void> | undefined

  constructor (logger: Logger) {
    this.#logger = logger
  }

  /** Aborted when the process is to end. */
  get stopping (): AbortSignal {
    return this.#stopping.signal
  }

  /** Keeps the release of a part that was just started. */
  keep (release: Release): void {
    this.#releases.push(release)
  }

  /**
   * Stops, waits until `idle` resolves (running resource operations end or are cut off within the
   * grace time, and their attempts are noted as interrupted), and releases all parts. Idempotent.
   */
  close (idle: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    return (this.#closing ??= this.#close(idle))
  }

  async #close (idle: () => Promise<void>): Promise<void> {
    this.#stopping.abort()
    await idle()
    for (const release of this.#releases.splice(0).reverse()) {
      await Promise.resolve(release()).catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'a part could not be closed')
      })
    }
  }
}
