/** Heads of the audit log in a file: outside the database, so that its owner cannot change both. */
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { type AuditEntry } from '../../contract/audit.ts'
import { type Logger } from '../logger.ts'
import { Rounds } from '../rounds.ts'
import { type Link } from '../store/identity/audit-chain.ts'
import { auditEnds, readChain } from '../store/identity/audit.ts'
import { type Pool } from '../store/postgres/database.ts'

/** Milliseconds: entries of the last minute are not covered by a noted head. */
const interval = 60_000
/**
 * Heads that are kept: two weeks of one a minute, 2.5 MB. Beyond that every second one of the older
 * half goes; what remains covers the same entries, since each head covers all before it.
 */
const keptHeads = 20_000

/** A head as the file has it. */
interface Head extends Link {
  /** The time of the entry. */
  time: string
}

/**
 * Notes the head of the audit log in a file: at the start, each minute when it moved, at the end.
 */
export class HeadFile {
  readonly #pool: Pool
  readonly #file: string
  readonly #logger: Logger
  readonly #rounds: Rounds
  #noted: number | undefined
  #lines = 0

  constructor (pool: Pool, file: string, logger: Logger) {
    this.#pool = pool
    this.#file = file
    this.#logger = logger
    this.#rounds = new Rounds(() => this.#note(), interval)
  }

  /** Compares the log with the last head in the file, then notes its head from now on. */
  async start (): Promise<void> {
    try {
      await this.#compare()
    } catch (error) {
      this.#logger.error({ err: error, file: this.#file }, 'noted heads of the audit log cannot be read')
    }
    await this.#note()
    this.#rounds.start()
  }

  async close (): Promise<void> {
    await this.#rounds.close()
    await this.#note()
  }

  async #compare (): Promise<void> {
    const lines = await this.#read()
    this.#lines = lines.length
    const last = lines.at(-1)
    if (last === undefined) return
    const { seq, hash } = JSON.parse(last) as Head
    this.#noted = seq
    const ends = await auditEnds(this.#pool)
    if (!ends || seq <= ends.removed.seq) return
    const [entry] = await readChain(this.#pool, seq - 1, 1)
    if (entry?.seq === seq && entry.hash === hash) return
    this.#logger.error(
      { file: this.#file, seq, hash },
      'the audit log does not have the entry that was noted last: it was changed, or restored from a backup'
    )
  }

  async #read (): Promise<string[]> {
    try {
      return (await readFile(this.#file, 'utf8')).split('\n').filter((line) => line !== '')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    }
  }

  async #note (): Promise<void> {
    try {
      const ends = await auditEnds(this.#pool)
      if (!ends || ends.head.seq === 0 || ends.head.seq === this.#noted) return
      const [stored] = await readChain(this.#pool, ends.head.seq - 1, 1)
      if (stored?.seq !== ends.head.seq) return
      const { time } = JSON.parse(stored.entry) as AuditEntry
      await this.#append({ seq: stored.seq, hash: stored.hash, time })
      this.#noted = stored.seq
    } catch (error) {
      this.#logger.error(
        { err: error, file: this.#file },
        'the head of the audit log could not be noted; it is tried again in a minute'
      )
    }
  }

  async #append (head: Head): Promise<void> {
    if (this.#lines >= keptHeads) await this.#thin()
    const handle = await open(this.#file, 'a', 0o644)
    try {
      await handle.write(`${JSON.stringify(head)}\n`)
      await handle.datasync()
    } finally {
      await handle.close()
    }
    this.#lines++
  }

  async #thin (): Promise<void> {
    const lines = await this.#read()
    const half = lines.length >> 1
    const kept = lines.filter((_line, index) => index >= half || index % 2 === 0)
    await writeFile(`${this.#file}.new`, `${kept.join('\n')}\n`)
    await rename(`${this.#file}.new`, this.#file)
    this.#lines = kept.length
  }
}
