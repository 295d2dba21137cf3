/** The events of one deployment, kept small, and those of them that a filter lets through. Pure. */
import type { Event, EventType } from '../../../contract/event.ts'
import { headOf } from '../../../contract/text/cut.ts'
import { kindOf, levelOf, textOf, type Kind, type Level } from './event-text.ts'

/** An event as the list shows it. The API has all of its fields. */
export interface Row {
  seq: number
  time: number
  type: EventType
  kind: Kind
  level: Level
  phase?: number
  unit?: string
  text: string
}

export interface Filter {
  kinds: readonly Kind[]
  /** The lowest level. */
  level: 'all' | Exclude<Level, 'info'>
  /** Part of the text, type or unit; in any case. */
  text: string
  unit?: string
}

/** Rows that are kept, some 60 MB of them. A deployment of Nautilus has 7,000. */
const keptRows = 250_000
/** Rows that are dropped together when there are more, so that it happens seldom. */
const droppedRows = 25_000

/** Letters of a text that a row keeps: as many as two lines of a wide screen show. */
const keptText = 400

function rowOf (event: Event): Row {
  return {
    seq: event.seq,
    time: Date.parse(event.time),
    type: event.type,
    kind: kindOf(event.type),
    level: levelOf(event),
    text: headOf(textOf(event), keptText),
    ...('phase' in event && { phase: event.phase }),
    ...('unit' in event && { unit: event.unit })
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
  /** Number of old rows that were dropped. */
  dropped = 0
  /** Resources that succeeded in each unit's present attempt, for units whose start is known. */
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
  get lastType (): EventType | undefined {
    return this.#rows.at(-1)?.type
  }
  get lastSeq (): number {
    return this.#rows.at(-1)?.seq ?? 0
  }

  /** Takes events in order and leaves out those that it has. */
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

  /** Replaces the filter. */
  filter (filter: Filter): void {
    this.#filter = { ...filter, text: filter.text.trim().toLowerCase() }
    this.#matching = this.#rows.filter((row) => passes(row, this.#filter))
  }

  /** The matching rows from one index to before another. */
  window (from: number, to: number): Row[] {
    return this.#matching.slice(from, to)
  }

  /** A unit's diagnostics, warnings and errors, the newest last, `most` at most. */
  trouble (unit: string, most: number): Row[] {
    return this.#rows.filter((row) =>
      row.unit === unit && (row.level !== 'info' || row.kind === 'diagnostics')
    ).slice(-most)
  }
}
