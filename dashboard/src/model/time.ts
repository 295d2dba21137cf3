/** Times and durations as text. Pure. */

const two = (value: number) => String(value).padStart(2, '0')

/** Writes a duration in its two largest units: 0.4 s, 17 s, 2 min 04 s, 2 h 40 min, 3 d 4 h. */
export function duration (seconds: number): string {
  if (seconds < 0) return '0 s'
  if (seconds < 10) return `${(Math.floor(seconds * 10) / 10).toFixed(1).replace(/\.0$/, '')} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? '' : ` ${two(whole % 60)} s`}`
  const minutes = Math.round(whole / 60)
  if (minutes < 1440) {
    return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${two(minutes % 60)} min`}`
  }
  return `${Math.floor(minutes / 1440)} d ${Math.floor(minutes % 1440 / 60)} h`
}

/** Writes a duration in as few letters as fit a cell: 0.4s, 17s, 2m04, 2h40. */
export function shortDuration (seconds: number): string {
  if (seconds < 10) return `${Math.max(0, Math.floor(seconds * 10) / 10).toFixed(1).replace(/\.0$/, '')}s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}s`
  if (whole < 3600) return `${Math.floor(whole / 60)}m${two(whole % 60)}`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)}h${two(minutes % 60)}`
}

/** Writes how long ago something was, roughly: just now, 5 min ago, 3 h ago, 2 d ago. */
export function ago (milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  if (seconds < 10) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return `${Math.floor(seconds / 86_400)} d ago`
}

/**
 * Seconds between two times, or until `now` while the second has not come. Undefined before the
 * first.
 */
export function elapsed (
  startedAt: string | null | undefined,
  finishedAt: string | null | undefined,
  now: number
): number | undefined {
  if (!startedAt) return undefined
  const end = finishedAt ? Date.parse(finishedAt) : now
  return Math.max(0, (end - Date.parse(startedAt)) / 1000)
}

/** The time of day to the second, in the reader's time zone. */
export const clock = (time: string | number): string => {
  const date = new Date(time)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** The day and the time of day to the minute, in the reader's time zone. */
export const dateTime = (time: string | number): string => {
  const date = new Date(time)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The day and the time of day to the second, in the reader's time zone. */
export const dateTimeSeconds = (time: string | number): string => `${dateTime(time)}:${clock(time).slice(-2)}`
