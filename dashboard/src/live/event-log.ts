/** The page's side of the worker that follows a deployment's events: what it asked for and got. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Filter, Row } from './event-store.ts'
import type { FromWorker, ToWorker } from './messages.ts'

type State = Extract<FromWorker, { type: 'state' }>

/** Rows that are asked for and kept together: a few screens. */
export const rowsTogether = 200
/** Groups of rows that are kept, so that scrolling back asks for nothing. */
const keptGroups = 30

/**
 * Milliseconds that a hidden page keeps its connection: a browser has six for one server, and a
 * page in the background needs none.
 */
const hiddenPatience = 30_000

const unknown: State = {
  type: 'state',
  connection: 'closed',
  total: 0,
  matching: 0,
  dropped: 0,
  lastSeq: 0,
  version: 0,
  resources: []
}

export class EventLog {
  readonly #worker = new Worker(new URL('./events.worker.ts', import.meta.url), { type: 'module' })
  readonly #listeners = new Set<() => void>()
  readonly #groups = new Map<number, Row[]>()
  readonly #asked = new Map<number, number>()
  readonly #onStep: () => void
  #hiding: number | undefined
  #opened: { deployment: string, after: number } | undefined
  #version = 0
  state: State = unknown
  resources: ReadonlyMap<string, number> = new Map()
  trouble: { unit: string, rows: Row[] } | undefined
  /** Rises with every change. */
  revision = 0

  constructor (onStep: () => void) {
    this.#onStep = onStep
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      this.#hear(data)
    }
    document.addEventListener('visibilitychange', this.#onVisibility)
  }

  #say (message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  #hear (message: FromWorker): void {
    if (message.type === 'step') {
      this.#onStep()
      return
    }
    if (message.type === 'state') {
      // Old rows that were dropped move all others.
      if (
        message.version !== this.state.version || message.dropped !== this.state.dropped ||
        message.matching < this.state.matching
      ) this.#forget()
      this.state = message
      this.resources = new Map(message.resources)
    } else if (message.type === 'trouble') this.trouble = message
    else if (message.version === this.#version) {
      this.#groups.delete(message.from)
      this.#groups.set(message.from, message.rows)
      for (const from of this.#groups.keys()) {
        if (this.#groups.size <= keptGroups) break
        this.#groups.delete(from)
        this.#asked.delete(from)
      }
    }
    this.revision++
    for (const listener of this.#listeners) listener()
  }

  #forget (): void {
    this.#groups.clear()
    this.#asked.clear()
  }

  #onVisibility = (): void => {
    window.clearTimeout(this.#hiding)
    if (document.hidden) {
      this.#hiding = window.setTimeout(() => {
        this.#say({ type: 'close' })
      }, hiddenPatience)
    } else if (this.#opened && this.state.connection === 'closed') {
      this.open(this.#opened.deployment, this.#opened.after)
    }
  }

  /**
   * Follows a deployment's events after a seq, all of them after 0. Does nothing when the log
   * follows them already. `known` is the last event whose effects the page has read.
   */
  open (deployment: string, after: number, known = after): void {
    if (
      this.#opened?.deployment === deployment && this.#opened.after <= after &&
      this.state.connection !== 'closed'
    ) return
    this.#opened = { deployment, after }
    this.#forget()
    this.state = { ...this.state, connection: 'connecting' }
    this.#say({ type: 'open', deployment, after, known })
  }

  /** Follows the deployment again after its end: it was resumed. */
  wake (): void {
    this.#say({ type: 'wake' })
  }
  /** Asks for the rows that a unit's details show, now and after each change. */
  watchTrouble (unit: string): void {
    this.#say({ type: 'trouble', unit })
  }
  /** Shows the rows that a filter lets through. */
  filter (filter: Filter): void {
    this.#version++
    this.#say({ type: 'filter', filter, version: this.#version })
  }

  /** The row at an index of those that the filter lets through; undefined until it has arrived. */
  row (index: number): Row | undefined {
    const from = Math.floor(index / rowsTogether) * rowsTogether
    const there = Math.min(rowsTogether, this.state.matching - from)
    if ((this.#asked.get(from) ?? 0) < there && this.state.version === this.#version) {
      this.#asked.set(from, there)
      this.#say({ type: 'rows', from, to: from + rowsTogether, version: this.#version })
    }
    return this.#groups.get(from)?.[index - from]
  }

  subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Ends the worker. */
  end (): void {
    document.removeEventListener('visibilitychange', this.#onVisibility)
    window.clearTimeout(this.#hiding)
    this.#worker.terminate()
  }
}

/**
 * Holds one log while a page is shown. `onStep` is called when a deployment, phase or unit has
 * changed, not for single resources.
 */
export function useEventLog (onStep: () => void): EventLog | undefined {
  const [log, setLog] = useState<EventLog>()
  useEffect(() => {
    const made = new EventLog(onStep)
    setLog(made)
    return () => {
      made.end()
    }
  }, [])
  return log
}

const never = () => () => undefined
/** Renders the caller again whenever the log has changed. */
export function useRevision (log: EventLog | undefined): number {
  return useSyncExternalStore(log?.subscribe ?? never, () => log?.revision ?? 0)
}
