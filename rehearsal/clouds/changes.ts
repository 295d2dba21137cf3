/** Changes between two property maps. Pure. */
import { type PropertyDiff } from '../provider.ts'
import { unknownValue, type WireObject, type WireValue } from '../wire.ts'
import { hasUnknown, isObject, isSecret, plain, equal } from './wire-values.ts'

/** One changed value. */
export interface Change {
  /** Path of the value, such as `tags.Name` or `vpcConfig.subnetIds[1]`. */
  path: string
  /** The path with dots and without list indices, as tables of replacing properties have it. */
  keys: string
  kind: 'ADD' | 'DELETE' | 'UPDATE'
  /** Value that is there after the change; absent for one that goes. */
  after?: WireValue
}

const segment = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key)
    ? (path ? `${path}.${key}` : key)
    : `${path}["${key.replaceAll('"', '\\"')}"]`
const present = (value: WireValue | undefined): value is WireValue => value !== undefined && value !== null

function walk (
  path: string,
  keys: string,
  before: WireValue | undefined,
  after: WireValue | undefined,
  into: Change[]
): void {
  if (after !== unknownValue && equal(before, after)) return
  if (!present(before) || !present(after)) {
    if (present(before) || present(after)) {
      into.push(present(after) ? { path, keys, kind: 'ADD', after } : { path, keys, kind: 'DELETE' })
    }
  } else if (isObject(before) && isObject(after) && !isSecret(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      walk(segment(path, key), keys ? `${keys}.${key}` : key, before[key], after[key], into)
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      walk(`${path}[${index}]`, keys, before[index], after[index], into)
    }
  } else {
    into.push({ path, keys, kind: 'UPDATE', after })
  }
}

/**
 * The changes between two property maps. Secrets compare by their values, keys that begin with `__`
 * do not count, and an unknown counts as changed.
 */
export function changesBetween (before: WireObject, after: WireObject, ignore: string[] = []): Change[] {
  const changes: Change[] = []
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (key.startsWith('__')) continue
    walk(segment('', key), key, plain(before[key]), plain(after[key]), changes)
  }
  return changes
    .filter((change) =>
      !ignore.some((path) =>
        change.path === path || change.keys === path || change.path.startsWith(`${path}.`) ||
        change.path.startsWith(`${path}[`)
      )
    )
    .sort((a, b) => a.path < b.path ? -1 : 1)
}

/** The detailed diff of changes, of which some replace. */
export function detailed (
  changes: Change[],
  replaces: (change: Change) => boolean
): Record<string, PropertyDiff> {
  const result: Record<string, PropertyDiff> = {}
  for (const change of changes) {
    result[change.path] = { kind: replaces(change) ? `${change.kind}_REPLACE` : change.kind, inputDiff: true }
  }
  return result
}

/**
 * The inputs as they are now, seen from the cloud: an input whose output differs from the state
 * (`known`) takes its value from the output. Other inputs stay as they are, since clouds write many
 * values in another form than they were given (ids as links, filled-in fields).
 */
export function observedInputs (inputs: WireObject, known: WireObject, outputs: WireObject): WireObject {
  const result: WireObject = {}
  for (const [key, value] of Object.entries(inputs)) {
    const seen = outputs[key]
    const unchanged = seen === undefined || key.startsWith('__') || equal(plain(known[key]), plain(seen))
    result[key] = unchanged || hasUnknown(value) ? value : observe(value, seen)
  }
  return result
}

function observe (given: WireValue, seen: WireValue): WireValue {
  if (equal(plain(given), plain(seen))) return given
  if (isSecret(given) || isSecret(seen)) return seen
  if (isObject(given) && isObject(seen)) {
    const result: WireObject = {}
    // A map of strings (tags, labels) is taken as a whole: an added tag is drift.
    const whole = Object.values(seen).every((item) => typeof item === 'string') &&
      Object.values(given).every((item) => typeof item === 'string')
    for (const key of whole ? Object.keys(seen) : Object.keys(given)) {
      const before = given[key]
      const now = seen[key]
      if (now !== undefined) result[key] = before === undefined ? now : observe(before, now)
    }
    return result
  }
  if (Array.isArray(given) && Array.isArray(seen) && given.length === seen.length) {
    return given.map((item, index) => observe(item, seen[index] ?? item))
  }
  return seen
}
