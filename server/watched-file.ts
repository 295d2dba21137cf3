import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { readRegularFile } from '../automation/index.ts'
import { ConfigError } from './start-errors.ts'

/** Bytes that are hashed: a settings file that is larger is refused by who loads it. */
const mostBytes = 1024 * 1024

/**
 * Time, size and place on the disk, from one system call: a file is read again when they change.
 */
type Signature = string

export interface WatchedFileOptions<T> {
  file: string
  /** Reads and checks it; rejects with a ConfigError that lists everything that is wrong. */
  load(): Promise<T>
  /**
   * Puts the settings that were read in force. Hashes are SHA-256 of the file's bytes, in
   * hexadecimal digits. When it rejects it is called again at the next check.
   */
  take(value: T, hashes: { before: string | undefined, after: string }): Promise<void>
  logger: {
    info(fields: object, message: string): void
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
}

/**
 * A settings file that is read again when it has changed. A file that cannot be used changes
 * nothing: what was read before stays in force.
 */
export class WatchedFile<T> {
  readonly #options: WatchedFileOptions<T>
  #signature: Signature | undefined
  /** The hash of the settings in force. */
  #hash: string | undefined

  constructor (options: WatchedFileOptions<T>) {
    this.#options = options
  }

  /** Notes the settings in force. To be called right after the file was read at the start. */
  async begin (): Promise<string | undefined> {
    this.#signature = await this.#sign()
    this.#hash = await this.#read()
    return this.#hash
  }

  /** Reads the file again when it has changed, or, with `anyway`, in any case. */
  async look (options: { anyway?: boolean } = {}): Promise<void> {
    const { file, logger, load, take } = this.#options
    const signature = await this.#sign()
    if (signature === this.#signature && options.anyway !== true) return
    try {
      const after = await this.#read()
      if (after !== undefined && after === this.#hash) {
        this.#signature = signature
        if (options.anyway === true) logger.info({ file }, 'the file has not changed')
        return
      }
      const value = await load()
      // It is being written: the next check reads all of it.
      if (after === undefined || await this.#read() !== after) return
      await take(value, { before: this.#hash, after })
      this.#hash = after
      this.#signature = signature
      logger.info({ file, hash: after }, 'the changed file is in force')
    } catch (error) {
      if (!(error instanceof ConfigError)) {
        logger.warn({ err: error, file }, 'the changed file could not be put in force; this is tried again')
        return
      }
      // Logged once for each change.
      this.#signature = signature
      logger.error(
        { file, problems: error.details.problems.map(({ text }) => text) },
        'the file cannot be used: what was read before stays in force'
      )
    }
  }

  async #sign (): Promise<Signature> {
    return await stat(this.#options.file).then(
      ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
      (error: NodeJS.ErrnoException) => error.code ?? 'unknown'
    )
  }

  /** The hash of its bytes; undefined when it cannot be read, which loading it reports. */
  async #read (): Promise<string | undefined> {
    const bytes = await readRegularFile(this.#options.file, mostBytes).catch(() => undefined)
    return bytes && createHash('sha256').update(bytes).digest('hex')
  }
}
