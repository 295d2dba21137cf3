/** Access to property values in wire form: secrets, unknowns, paths, equality. */
import { secretSignature, signatureKey, unknownValue, type WireObject, type WireValue } from '../wire.ts'

/** Tells if a value is a map; marked objects such as secrets and assets are maps too. */
export function isObject (value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A value as JSON with sorted keys. The text is the same for both engines: the real one sorts keys,
 * the rehearsal engine keeps the program's order.
 */
export function stableText (value: WireValue): string {
  return JSON.stringify(
    value,
    (_, member: WireValue) =>
      isObject(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => a < b ? -1 : 1))
        : member
  )
}

/** A secret in wire form. */
export interface WireSecret extends WireObject {
  value: WireValue
}

/** Tells if a value is a secret. */
export function isSecret (value: WireValue | undefined): value is WireSecret {
  return isObject(value) && value[signatureKey] === secretSignature
}

/** A value as a secret; one that is a secret already stays as it is. */
export function secret (value: WireValue): WireValue {
  return isSecret(value) ? value : { [signatureKey]: secretSignature, value }
}

function strip (value: WireValue): WireValue {
  if (Array.isArray(value)) return value.map(strip)
  if (!isObject(value)) return value
  if (isSecret(value)) return strip(value.value)
  const result: WireObject = {}
  for (const [key, item] of Object.entries(value)) result[key] = strip(item)
  return result
}

// Every object of a cluster reads the cluster's record: its values, which stores give out frozen,
// are stripped of secrets once.
const stripped = new WeakMap<object, WireValue>()

/**
 * A value without the marks of secrets, at any depth. A frozen value gives the same frozen result
 * each time.
 */
export function plain (value: WireValue): WireValue
export function plain (value: WireValue | undefined): WireValue | undefined
export function plain (value: WireValue | undefined): WireValue | undefined {
  if (value === undefined || typeof value !== 'object' || value === null || !Object.isFrozen(value)) {
    return value === undefined ? undefined : strip(value)
  }
  let known = stripped.get(value)
  if (known === undefined) {
    known = frozen(strip(value))
    stripped.set(value, known)
  }
  return known
}

/** A frozen copy of JSON, at any depth. */
export function frozen<T> (value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => Object.freeze(part)) as T
}

/**
 * A property map in plain values, without nulls and without keys that begin with `__` (the
 * provider's own).
 */
export function plainObject (value: WireObject): WireObject {
  const result: WireObject = {}
  for (const [key, item] of Object.entries(value)) {
    if (item !== null && item !== undefined && !key.startsWith('__')) result[key] = plain(item)
  }
  return result
}

/** Tells if a value is unknown or contains an unknown. */
export function hasUnknown (value: WireValue | undefined): boolean {
  if (value === unknownValue) return true
  if (Array.isArray(value)) return value.some(hasUnknown)
  return isObject(value) && Object.values(value).some(hasUnknown)
}

/** Deep equality. The order of keys does not count, and a null equals an absent key. */
export function equal (a: WireValue | undefined, b: WireValue | undefined): boolean {
  if (a === b) return true
  if ((a ?? null) === null || (b ?? null) === null) return (a ?? null) === (b ?? null)
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  for (const key of keys) {
    if (!equal(a[key], b[key])) return false
  }
  return true
}

/**
 * The values at a dotted path, in which `[]` after a segment stands for every element
 * (`vpcConfig.subnetIds[]`). Absent parts give no value.
 */
export function valuesAt (value: WireValue | undefined, path: string): WireValue[] {
  let current: WireValue[] = value === undefined ? [] : [value]
  for (const segment of path.split('.')) {
    const each = segment.endsWith('[]')
    const key = each ? segment.slice(0, -2) : segment
    const next: WireValue[] = []
    for (const item of current) {
      if (!isObject(item)) continue
      const child = item[key]
      if (child === undefined || child === null) continue
      if (each) { if (Array.isArray(child)) next.push(...child.filter((element) => element !== null)) }
      else next.push(child)
    }
    current = next
  }
  return current
}

/** The first value at a path, or undefined. */
export function valueAt (value: WireValue | undefined, path: string): WireValue | undefined {
  return valuesAt(value, path)[0]
}

/** The string at a path, or undefined. */
export function stringAt (value: WireValue | undefined, path: string): string | undefined {
  const found = valueAt(value, path)
  return typeof found === 'string' ? found : undefined
}

/** The strings at a path, without unknowns. */
export function stringsAt (value: WireValue | undefined, path: string): string[] {
  return valuesAt(value, path).filter((item): item is string =>
    typeof item === 'string' && item !== unknownValue
  )
}

/** The number at a path (a numeric string counts), or the fallback. */
export function numberAt (value: WireValue | undefined, path: string, fallback: number): number {
  const found = valueAt(value, path)
  if (typeof found === 'number') return found
  return typeof found === 'string' && found !== '' && Number.isFinite(Number(found))
    ? Number(found)
    : fallback
}

/** The map at a path, or an empty one. */
export function objectAt (value: WireValue | undefined, path: string): WireObject {
  const found = valueAt(value, path)
  return isObject(found) ? found : {}
}
