/** Text for terminals: durations, tables, bars. Pure. */
import { stripVTControlCharacters } from 'node:util'

/** Seconds as people read them: `0.4 s`, `12 s`, `3 min 05 s`, `1 h 04 min`. */
export function duration (seconds: number): string {
  if (seconds < 10) return `${Math.max(0, Math.round(seconds * 10) / 10)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const two = (value: number) => String(value).padStart(2, '0')
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
    : `${Math.floor(whole / 3600)} h ${two(Math.floor(whole % 3600 / 60))} min`
}

/** Seconds between two points in time; `end` may be a time in milliseconds. */
export function secondsBetween (start: string, end: string | number): number {
  return Math.max(0, ((typeof end === 'number' ? end : Date.parse(end)) - Date.parse(start)) / 1000)
}

const width = (cell: string) => stripVTControlCharacters(cell).length

/** A table: columns as wide as their widest cell, with two spaces between them. */
export function table (head: string[], rows: string[][]): string {
  const widths = head.map((name, column) =>
    Math.max(width(name), ...rows.map((row) => width(row[column] ?? '')))
  )
  return [head, ...rows].map((row) =>
    row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)))).join('  ')
      .trimEnd()
  ).join('\n')
}

/**
 * Shortens a text to `columns` columns; an ellipsis stands for what was cut. For texts without
 * escape sequences.
 */
export function cut (text: string, columns: number): string {
  const flat = text.replaceAll(/\s+/g, ' ')
  return flat.length <= columns ? flat : `${flat.slice(0, Math.max(0, columns - 1))}…`
}

/**
 * Removes the control characters that could move a terminal's cursor or change its title from a
 * text that comes from elsewhere.
 */
export function harmless (text: string): string {
  return stripVTControlCharacters(text).replaceAll(
    /\p{Cc}/gu,
    (character) => character === '\n' || character === '\t' ? character : ''
  )
}

/** A bar of `columns` columns, `share` (0 to 1) of it full. */
export function bar (share: number, columns: number): { full: string, empty: string } {
  const full = Math.round(Math.min(1, Math.max(0, share)) * columns)
  return { full: '█'.repeat(full), empty: '░'.repeat(columns - full) }
}
