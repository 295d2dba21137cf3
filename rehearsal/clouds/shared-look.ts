/**
 * A look at a whole world that many resources of a unit take alike: read once for all of them, and
 * again after the unit wrote something that it is about. What other units write meanwhile is seen
 * by the next look: nothing that a unit measures is deployed beside it, since it depends on that.
 */
import { type CloudQuery, type CloudRecord, type CloudStore } from '../store.ts'
import { findIn } from './finding.ts'
import { matches } from './memory-cloud-store.ts'

interface Look {
  readonly any: CloudQuery[]
  readonly records: Promise<CloudRecord[]>
}

/** The looks of one unit at its world. */
export class SharedLook {
  readonly #store: CloudStore
  readonly #looks = new Map<string, Look>()
  /** The world's records, of which each write is noticed. */
  readonly store: CloudStore

  constructor (store: CloudStore) {
    this.#store = store
    this.store = this.#watched(store)
  }

  /** Finds the records that match one of the queries. */
  find (any: CloudQuery[]): Promise<CloudRecord[]> {
    const key = JSON.stringify(any)
    const known = this.#looks.get(key)
    if (known) return known.records
    const records = findIn(this.#store, { any })
    this.#looks.set(key, { any, records })
    // A look that failed is taken again.
    records.catch(() => this.#looks.delete(key))
    return records
  }

  #forget (about: (look: Look) => boolean): void {
    for (const [key, look] of this.#looks) {
      if (about(look)) this.#looks.delete(key)
    }
  }

  #watched (store: CloudStore): CloudStore {
    return {
      get unions () {
        return store.unions ?? false
      },
      find: (query) => store.find(query),
      count: (query) => store.count(query),
      // Forgotten once it is there: a look that was taken meanwhile may not have seen it.
      put: async (...records) => {
        await store.put(...records)
        this.#forget(({ any }) => records.some((record) => matches(record, { any })))
      },
      delete: async (key) => {
        const deleted = await store.delete(key)
        this.#forget(({ any }) =>
          any.some(({ pkg, type, account }) =>
            (pkg ?? key.pkg) === key.pkg && (type ?? key.type) === key.type &&
            (account ?? key.account) === key.account
          )
        )
        return deleted
      },
      countFault: (key) => store.countFault(key),
      ...store.outages && { outages: () => store.outages?.() ?? Promise.resolve([]) }
    }
  }
}

/** Records of two finds, each once. */
export function joined (own: readonly CloudRecord[], others: readonly CloudRecord[]): CloudRecord[] {
  const keyOf = ({ pkg, account, region, type, id }: CloudRecord): string =>
    [pkg, account, region, type, id].join('\n')
  return [...new Map([...others, ...own].map((record) => [keyOf(record), record])).values()]
}
