/**
 * The events of one deployment, kept small, with what a filter lets through. Pure; lives in the
 * worker.
 */
import { kindOf, levelOf, textOf, type Event, type Kind, type Level } from './event-text.ts'

/** An event as the list shows it. The whole of it is in the API. */
export interface Row {
  seq: number
  time: number
  type: string
  kind: Kind
  level: Level
  phase?: number
  unit?: string
  text: string
}

export interface Filter {
  kinds: readonly Kind[]
  level: 'all' | 'warning' | 'error'
  text: string
  unit?: string
}

/** Rows that are kept, the newest: some 60 MB. A deployment of Nautilus has 7,000. */
const keptRows = 250_000
/** Dropped at once when there are more, so that it is rare. */
const droppedRows = 25_000

/** The longest text that a row keeps: what two lines of a wide screen show. */
const keptText = 400

function rowOf (event: Event): Row {
  return {
    seq: event.seq,
    time: Date.parse(event.time),
    type: event.type,
    kind: kindOf(event.type),
    level: levelOf(event),
    text: textOf(event).slice(0, keptText),
    ...(event.phase !== undefined && { phase: event.phase }),
    ...(event.unit !== undefined && { unit: event.unit })
  }
}

const passes = (row: Row, { kinds, level, text, unit }: Filter): boolean =>
  kinds.includes(row.kind) &&
  (level === 'all' || row.level === level || (level === 'warning' && row.level === 'error')) &&
  (unit === undefined || row.unit === unit) &&
  (text === '' || row.text.toLowerCase().includes(text) || row.type.includes(text) ||
    row.unit?.includes(text) === true)

export class EventStore {
  #rows: Row[] = []
  #matching: Row[] = []
  #filter: Filter
  #kept: number
  /** How many old rows were let go. */
  dropped = 0
  /**
   * Resources that went well in each unit's present attempt; only for units whose start was seen.
   */
  readonly resources = new Map<string, number>()

  constructor (filter: Filter, kept = keptRows) {
    this.#filter = filter
    this.#kept = kept
  }

  get total (): number {
    return this.#rows.length
  }
  get matching (): number {
    return this.#matching.length
  }
  get lastType (): string | undefined {
    return this.#rows.at(-1)?.type
  }
  get lastSeq (): number {
    return this.#rows.at(-1)?.seq ?? 0
  }

  /** Takes events in order; those that are known already are left out. */
  append (events: readonly Event[]): void {
    for (const event of events) {
      if (event.seq <= this.lastSeq) continue
      const row = rowOf(event)
      this.#rows.push(row)
      if (passes(row, this.#filter)) this.#matching.push(row)
      this.#countResource(row)
    }
    if (this.#rows.length <= this.#kept) return
    const surplus = Math.max(
      Math.min(droppedRows, Math.floor(this.#kept / 10)),
      this.#rows.length - this.#kept
    )
    const first = this.#rows[surplus]?.seq ?? Infinity
    this.#rows.splice(0, surplus)
    this.dropped += surplus
    const kept = this.#matching.findIndex(({ seq }) => seq >= first)
    this.#matching.splice(0, kept < 0 ? this.#matching.length : kept)
  }

  #countResource ({ type, unit }: Row): void {
    if (unit === undefined) return
    if (type === 'unit.started') this.resources.set(unit, 0)
    else if (type.startsWith('unit.')) this.resources.delete(unit)
    else if (type === 'resource.succeeded' && this.resources.has(unit)) {
      this.resources.set(unit, (this.resources.get(unit) ?? 0) + 1)
    }
  }

  /** Shows something else from now on. */
  filter (filter: Filter): void {
    this.#filter = { ...filter, text: filter.text.trim().toLowerCase() }
    this.#matching = this.#rows.filter((row) => passes(row, this.#filter))
  }

  /** The matching rows from one index to before another. */
  window (from: number, to: number): Row[] {
    return this.#matching.slice(from, to)
  }

  /** A unit's rows that are more than its resources going well, the newest last, at most `most`. */
  trouble (unit: string, most: number): Row[] {
    return this.#rows.filter((row) =>
      row.unit === unit && (row.level !== 'info' || row.kind === 'diagnostics')
    ).slice(-most)
  }
}
