import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { ConfigError } from './config.ts'

/**
 * Files are read again when their time, size or place on the disk is another: one call of the
 * system for each look.
 */
type Signature = string

export interface WatchedFileOptions<T> {
  file: string
  /** Reads and judges it; rejects with a ConfigError that has all that is wrong. */
  load(): Promise<T>
  /**
   * Takes what was read in place of what was before. Hashes are SHA-256 of the file's bytes, in
   * hexadecimal digits. Until it resolves nothing counts as taken: it is called again at the next
   * look when it rejects.
   */
  take(value: T, hashes: { before: string | undefined, after: string }): Promise<void>
  logger: {
    info(fields: object, message: string): void
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
}

/**
 * A settings file that is read again when it has changed. One that can't be used changes nothing:
 * what was read before stays in force.
 */
export class WatchedFile<T> {
  readonly #options: WatchedFileOptions<T>
  #signature: Signature | undefined
  /** Of what is in force. */
  #hash: string | undefined

  constructor (options: WatchedFileOptions<T>) {
    this.#options = options
  }

  /** Notes what is in force: to be called right after the file was read at the start. */
  async begin (): Promise<string | undefined> {
    this.#signature = await this.#sign()
    this.#hash = await this.#read()
    return this.#hash
  }

  /** Reads the file again if it has changed, or, with `anyway`, judges it in any case. */
  async look (options: { anyway?: boolean } = {}): Promise<void> {
    const { file, logger, load, take } = this.#options
    const signature = await this.#sign()
    if (signature === this.#signature && options.anyway !== true) return
    try {
      const after = await this.#read()
      if (after !== undefined && after === this.#hash) {
        this.#signature = signature
        if (options.anyway === true) logger.info({ file }, 'the file is what it was: nothing changes')
        return
      }
      const value = await load()
      // Written meanwhile: the next look has the whole of it.
      if (after === undefined || await this.#read() !== after) return
      await take(value, { before: this.#hash, after })
      this.#hash = after
      this.#signature = signature
      logger.info({ file, hash: after }, 'the file was read again: it counts from now on')
    } catch (error) {
      if (!(error instanceof ConfigError)) {
        logger.warn({ err: error, file }, 'the file has changed and could not be taken; it is tried again')
        return
      }
      // Said once for each change.
      this.#signature = signature
      logger.error(
        { file, problems: error.problems },
        'the file can not be used: what was read before stays in force'
      )
    }
  }

  async #sign (): Promise<Signature> {
    return await stat(this.#options.file).then(
      ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
      (error: NodeJS.ErrnoException) => error.code ?? 'unknown'
    )
  }

  /** The hash of its bytes; undefined when it can't be read, which judging it says in words. */
  async #read (): Promise<string | undefined> {
    const bytes = await readFile(this.#options.file).catch(() => undefined)
    return bytes && createHash('sha256').update(bytes).digest('hex')
  }
}
