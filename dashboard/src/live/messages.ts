/** What the page and its worker say to each other. */
import type { Filter, Row } from './event-store.ts'

export type Connection = 'closed' | 'connecting' | 'open' | 'lost' | 'complete'

export type ToWorker =
  /**
   * Follow a deployment's events after a seq. `known` is the last one that the page has seen the
   * effects of.
   */
  | { type: 'open', deployment: string, after: number, known: number }
  /** There may be more, though the log was complete: the deployment was resumed. */
  | { type: 'wake' }
  | { type: 'filter', filter: Filter, version: number }
  | { type: 'rows', from: number, to: number, version: number }
  | { type: 'trouble', unit: string }
  | { type: 'close' }

export type FromWorker =
  | {
    type: 'state'
    connection: Connection
    total: number
    matching: number
    dropped: number
    lastSeq: number
    version: number
    resources: [string, number][]
  }
  /** Something changed beyond a resource: what is read by polling is worth reading now. */
  | { type: 'step' }
  | { type: 'rows', from: number, rows: Row[], version: number }
  | { type: 'trouble', unit: string, rows: Row[] }
