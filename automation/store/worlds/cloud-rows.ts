import { type CloudRecord } from '../../stacks/types.ts'
import { type Sealer } from '../postgres/sealer.ts'

/** A record as it is stored. */
export interface CloudRow {
  id: string
  pkg: string
  type: string
  account: string
  region: string
  name: string
  token: string
  /** Sealed. */
  body: string
}

/** Parts of a record that are sealed. */
type Sealed = Pick<CloudRecord, 'incarnation' | 'created' | 'inputs' | 'outputs'>

// A cluster's record is looked at by every object that is made in it. A text never changes its
// meaning, so nothing here can be stale, and what they hold is frozen, so that nobody changes it
// for others; the bound keeps it to a few megabytes.
const rememberedTexts = 256

/** Makes records of rows; remembers the sealed texts that were opened last. */
export class CloudRows {
  readonly #sealer: Sealer
  readonly #opened = new Map<string, Sealed>()

  constructor (sealer: Sealer) {
    this.#sealer = sealer
  }

  /** A record whose sealed parts are opened when one is looked at: most finds look at none. */
  record ({ body, ...row }: CloudRow): CloudRecord {
    let content: Sealed | undefined
    const open = (): Sealed => (content ??= this.#open(body))
    return {
      ...row,
      get incarnation () {
        return open().incarnation
      },
      get created () {
        return open().created
      },
      get inputs () {
        return open().inputs
      },
      get outputs () {
        return open().outputs
      }
    }
  }

  #open (body: string): Sealed {
    const content = this.#opened.get(body) ??
      JSON.parse(this.#sealer.openText(body), (_key, part: unknown) => Object.freeze(part)) as Sealed
    // Last used last: what is dropped is what nobody asked for lately.
    this.#opened.delete(body)
    this.#opened.set(body, content)
    const [oldest] = this.#opened.keys()
    if (this.#opened.size > rememberedTexts && oldest !== undefined) this.#opened.delete(oldest)
    return content
  }
}
