import { sorted } from './wire.mjs'

/** A value as JSON with its keys in order. */
export const stableText = (value) => JSON.stringify(sorted(value))

/** Orders values by their text. */
export const byText = (a, b) => (stableText(a) < stableText(b) ? -1 : 1)

/** Lists of items by a key. */
export function groupBy (items, keyOf) {
  const groups = {}
  for (const item of items) (groups[keyOf(item)] ??= []).push(item)
  return groups
}

/** Characters of a value that a difference shows. */
const SHOWN = 300

/** The first place where two values differ, and both values there; undefined for equal ones. */
export function firstDifference (a, b, path = '') {
  if (stableText(a) === stableText(b)) return undefined
  if (a && b && typeof a === 'object' && typeof b === 'object' && Array.isArray(a) === Array.isArray(b)) {
    if (Array.isArray(a) && a.length !== b.length) return `${path}: length ${a.length} != ${b.length}`
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const difference = firstDifference(a[key], b[key], `${path}.${key}`)
      if (difference) return difference
    }
  }
  const shown = (value) => (stableText(value) ?? 'absent').slice(0, SHOWN)
  return `${path}: ${shown(a)} != ${shown(b)}`
}

/** Collects differences at the levels that are compared. */
export class Differences {
  found = []
  #levels

  constructor (levels) {
    this.#levels = new Set(levels)
  }

  compare (level, step, where, expected, actual) {
    if (!this.#levels.has(level)) return
    const diff = firstDifference(expected, actual)
    if (diff) this.found.push({ level, step, where, diff })
  }

  add (level, step, where, diff) {
    if (this.#levels.has(level)) this.found.push({ level, step, where, diff })
  }
}
