/**
 * The one pattern language of files that people write: `*` stands for anything but a slash, `**`
 * for anything, every other character for itself. Pure.
 *
 * A value is held to a pattern in at most as many steps as the product of their lengths; there is
 * no backtracking.
 */

/** Counts the work that was done: a position that was looked at, or a character compared. */
export interface Steps {
  count: number
}

/** A pattern that is ready to be held against many values. */
export interface Pattern {
  /** Says whether a whole value fits. */
  fits(value: string, steps?: Steps): boolean
}

/** Reads a pattern. */
export function patternOf (text: string): Pattern {
  // Literals at even places, the stars between them at odd ones.
  const parts = text.split(/(\*+)/)
  const [first = ''] = parts
  if (parts.length === 1) {
    return {
      fits (value, steps = { count: 0 }) {
        steps.count++
        return value === first
      }
    }
  }
  const last = parts.at(-1) ?? ''
  const middle = parts.slice(1, -1)
  return {
    fits (value, steps = { count: 0 }) {
      // Most values differ here: their ends are compared before anything is looked for between.
      steps.count++
      if (value.length < first.length + last.length) return false
      steps.count += first.length + last.length
      if (!value.startsWith(first) || !value.endsWith(last)) return false
      return between(middle, value.slice(first.length, value.length - last.length), steps)
    }
  }
}

/** Says whether a value fits parts that begin and end with stars. */
function between (parts: readonly string[], value: string, steps: Steps): boolean {
  // Positions in the value to which the parts so far may reach.
  let reached = new Uint8Array(value.length + 1)
  reached[0] = 1
  for (const [index, part] of parts.entries()) {
    reached = index % 2 === 0
      ? afterStars(part.length > 1, value, reached, steps)
      : afterLiteral(part, value, reached, steps)
  }
  return reached[value.length] === 1
}

function afterStars (
  anything: boolean,
  value: string,
  reached: Uint8Array,
  steps: Steps
): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(reached.length)
  steps.count += reached.length
  let open = false
  for (let at = 0; at < reached.length; at++) {
    open ||= reached[at] === 1
    if (open) next[at] = 1
    if (!anything && value[at] === '/') open = false
  }
  return next
}

function afterLiteral (
  literal: string,
  value: string,
  reached: Uint8Array,
  steps: Steps
): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(reached.length)
  steps.count += reached.length
  for (let at = 0; at + literal.length < reached.length; at++) {
    if (reached[at] !== 1) continue
    steps.count += literal.length
    if (value.startsWith(literal, at)) next[at + literal.length] = 1
  }
  return next
}

const read = new WeakMap<readonly string[], readonly Pattern[]>()

/** Says whether a whole value fits one of the patterns of a list, which are read once. */
export function fitsAny (patterns: readonly string[], value: string, steps?: Steps): boolean {
  const known = read.get(patterns) ?? patterns.map(patternOf)
  read.set(patterns, known)
  return known.some((pattern) => pattern.fits(value, steps))
}
