/** Messages between the page and the worker that follows events. */
import type { Filter, Row } from './event-store.ts'

export type Connection = 'closed' | 'connecting' | 'open' | 'lost' | 'complete'

export type ToWorker =
  /**
   * Follow a deployment's events after a seq. `known` is the last one whose effects the page has
   * read.
   */
  | { type: 'open', deployment: string, after: number, known: number }
  /** Look for more, though the log was complete: the deployment was resumed. */
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
  /** A deployment, phase or unit changed: what is read by polling should be read now. */
  | { type: 'step' }
  | { type: 'rows', from: number, rows: Row[], version: number }
  | { type: 'trouble', unit: string, rows: Row[] }
