/** Unstorable texts and bottomless nesting in JSON values. No recursion: depth costs no stack. */
import { cutText } from './cut.ts'
import { isStorable, madeStorable } from './storable.ts'

/**
 * Levels of a value at most. The deepest of our own schemas has six, a Kubernetes definition about
 * thirty; JSON.stringify and validators overflow the stack at a few thousand.
 */
export const mostLevels = 64

/** Stands for what lies deeper. */
const deepMark = `… (nested deeper than ${mostLevels} levels)`

/** What is wrong with a place in a value. */
export interface JsonFault {
  /** Keys and indexes that lead there. */
  readonly path: readonly (string | number)[]
  readonly wrong: 'key' | 'text' | 'depth'
}

/** A place on the way through a value; the way back to the top is the chain of `above`. */
interface Place {
  readonly value: unknown
  readonly level: number
  readonly step?: string | number
  readonly above?: Place
}

/** Arrays and objects that JSON.stringify walks into; what has a `toJSON` (dates) is a leaf. */
const isContainer = (value: unknown): value is Record<string, unknown> | unknown[] =>
  typeof value === 'object' && value !== null &&
  (Array.isArray(value) || typeof (value as { toJSON?: unknown }).toJSON !== 'function')

function pathOf (place: Place): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: Place | undefined = place; at?.step !== undefined; at = at.above) path.push(at.step)
  return path.reverse()
}

/**
 * The places, in the order of the text, that cannot be stored or lie too deep. Looks at each part
 * once, and only as far as it is asked.
 */
export function* faultsOf (value: unknown): Generator<JsonFault, undefined> {
  const waiting: Place[] = [{ value, level: 0 }]
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const { value: part, level } = place
    if (typeof part === 'string') {
      if (!isStorable(part)) yield { path: pathOf(place), wrong: 'text' }
      continue
    }
    if (!isContainer(part)) continue
    if (level >= mostLevels) {
      yield { path: pathOf(place), wrong: 'depth' }
      continue
    }
    const steps = Array.isArray(part) ? [...part.keys()] : Object.keys(part)
    if (steps.some((step) => typeof step === 'string' && !isStorable(step))) {
      yield { path: pathOf(place), wrong: 'key' }
    }
    // Taken from the end: the first part comes first.
    for (const step of steps.reverse()) {
      waiting.push({
        value: (part as Record<string | number, unknown>)[step],
        level: level + 1,
        step,
        above: place
      })
    }
  }
  return undefined
}

/** The first of these places; undefined when all is well. */
export function faultIn (value: unknown): JsonFault | undefined {
  return faultsOf(value).next().value
}

/** A container that is being copied. */
interface Copy {
  readonly from: Record<string, unknown> | unknown[]
  readonly to: Record<string | number, unknown>
  readonly level: number
}

/** Defines a field whatever its name: an assignment to `__proto__` would make no field. */
function put (to: object, step: string | number, value: unknown): void {
  Object.defineProperty(to, step, { value, writable: true, enumerable: true, configurable: true })
}

/**
 * The value itself when all of it can be stored; else a copy with every text and key made storable
 * and a mark in place of what lies too deep.
 */
export function storableValue<T> (value: T): T {
  if (faultIn(value) === undefined) return value
  const top: { value?: unknown } = {}
  const waiting: Copy[] = []
  const copy = (to: object, step: string | number, part: unknown, level: number): void => {
    if (typeof part === 'string') put(to, step, madeStorable(part))
    else if (!isContainer(part)) put(to, step, part)
    else if (level >= mostLevels) put(to, step, deepMark)
    else {
      const made = Array.isArray(part) ? [] : {}
      put(to, step, made)
      waiting.push({ from: part, to: made as Record<string | number, unknown>, level })
    }
  }
  copy(top, 'value', value, 0)
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { from, to, level } = next
    if (Array.isArray(from)) {
      for (const [index, part] of from.entries()) copy(to, index, part, level + 1)
    } else for (const [key, part] of Object.entries(from)) copy(to, madeStorable(key), part, level + 1)
  }
  return top.value as T
}

/** Says what is wrong: `U+0000 or half a surrogate pair at commits[0].message`. */
export function faultText ({ path, wrong }: JsonFault): string {
  const place = path.map((step) => typeof step === 'number' ? `[${step}]` : `.${cutText(step, 60)}`).join('')
    .replace(/^\./, '') || 'its top'
  return wrong === 'depth'
    ? `more than ${mostLevels} levels at ${cutText(place, 200)}`
    : `U+0000 or half a surrogate pair ${wrong === 'key' ? 'in a name ' : ''}at ${cutText(place, 200)}`
}
