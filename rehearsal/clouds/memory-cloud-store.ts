/** A CloudStore in memory, for tests and for an engine that runs on its own. */
import { type Fault } from '../../contract/launch.ts'
import { type CloudQuery, type CloudRecord, type CloudStore } from '../store.ts'
import { frozen } from './wire-values.ts'

const fields = ['pkg', 'type', 'account', 'region', 'name', 'id', 'token'] as const

/** Tells if a record matches a query. Also filters the answers of stores that give more. */
export function matches (record: CloudRecord, query: CloudQuery): boolean {
  for (const field of fields) {
    if (query[field] !== undefined && query[field] !== record[field]) return false
  }
  return query.any === undefined || query.any.some((part) => matches(record, part))
}

const keyOf = (record: Pick<CloudRecord, 'pkg' | 'account' | 'type' | 'id'>): string =>
  [record.pkg, record.account, record.type, record.id].join('\n')

/**
 * One world's clouds in memory. Records are copied and frozen when they come in, so that a caller
 * cannot change the cloud through them.
 */
export class MemoryCloudStore implements CloudStore {
  readonly unions = true
  readonly #records = new Map<string, CloudRecord>()
  readonly #faults = new Map<string, number>()
  /** Number of the records, of which `find` gives those that were put first before others. */
  get size (): number {
    return this.#records.size
  }

  /** Outages of the world. */
  down: readonly Fault[] = []

  find (query: CloudQuery): Promise<CloudRecord[]> {
    return Promise.resolve([...this.#records.values()].filter((record) => matches(record, query)))
  }

  async count (query: CloudQuery): Promise<number> {
    return [...this.#records.values()].filter((record) => matches(record, query)).length
  }

  async put (...records: CloudRecord[]): Promise<void> {
    for (const record of records) this.#records.set(keyOf(record), frozen(record))
  }

  async delete (key: Pick<CloudRecord, 'pkg' | 'account' | 'type' | 'id'>): Promise<boolean> {
    return this.#records.delete(keyOf(key))
  }

  async outages (): Promise<readonly Fault[]> {
    return this.down
  }

  async countFault (key: string): Promise<number> {
    const before = this.#faults.get(key) ?? 0
    this.#faults.set(key, before + 1)
    return before
  }
}
