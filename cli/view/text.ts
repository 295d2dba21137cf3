/** Text for terminals: durations, tables, bars. Pure. */
import { cutText } from '../../contract/text/cut.ts'
import { visibleLine } from '../../contract/text/visible.ts'

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

/**
 * The lines of a table: columns as wide as their widest cell, with two spaces between them. A cell
 * stays in its line and in its order, whatever it holds.
 */
export function table (head: string[], rows: string[][]): string[] {
  const shown = rows.map((row) => row.map(visibleLine))
  const widths = head.map((name, column) =>
    shown.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), name.length)
  )
  return [head, ...shown].map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()
  )
}

/**
 * A text on one line of at most `columns` columns; an ellipsis stands for what was cut. What would
 * move the cursor or reorder the line is made visible.
 */
export function cut (text: string, columns: number): string {
  return cutText(visibleLine(text.replaceAll(/\s+/g, ' ')), columns)
}

/** A bar of `columns` columns, `share` (0 to 1) of it full. */
export function bar (share: number, columns: number): { full: string, empty: string } {
  const full = Math.round(Math.min(1, Math.max(0, share)) * columns)
  return { full: '█'.repeat(full), empty: '░'.repeat(columns - full) }
}
