/**
 * Differences between two property maps, as paths in the engine's own notation: `tags.Name`,
 * `subnetIds[1]`, `tags["kubernetes.io/role"]`. Pure.
 */

/**
 * Pulumi's mark of a value that is more than JSON (sdk/nodejs/runtime/rpc.ts, specialSigKey), and
 * that of a secret: events have those without their value.
 */
const signatureKey = '4dabf18193072939515e22adb298388d'
const secretSignature = '1b47061264138c4ac30d75fd1eb44270'

/** Stands for a secret's value. */
export const maskedSecret = '[secret]'

/** A place where two maps differ; a side that has nothing there is undefined. */
export interface Difference {
  path: string
  before: unknown
  after: unknown
}

type Properties = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Says whether an event hides this value. */
export function isMasked (value: unknown): boolean {
  return isObject(value) && value[signatureKey] === secretSignature
}

/** A value as it may be shown: secrets inside it masked. */
export function shownValue (value: unknown): unknown {
  if (isMasked(value)) return maskedSecret
  if (Array.isArray(value)) return value.map(shownValue)
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shownValue(item)]))
    : value
}

const step = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key)
    ? (path === '' ? key : `${path}.${key}`)
    : `${path}["${key.replaceAll('"', '\\"')}"]`
const present = (value: unknown): boolean => value !== undefined && value !== null

function walk (path: string, before: unknown, after: unknown, into: Difference[]): void {
  // Of a secret that is hidden on either side nobody can say whether it differs; where it does, the
  // provider says so.
  if (isMasked(before) || isMasked(after)) {
    if (present(before) !== present(after)) into.push({ path, before, after })
    return
  }
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      walk(step(path, key), before[key], after[key], into)
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      walk(`${path}[${index}]`, before[index], after[index], into)
    }
  } else if (present(before) !== present(after) || (present(before) && before !== after)) {
    into.push({ path, before, after })
  }
}

/**
 * The differences between two property maps, in the order of their keys. Keys that begin with two
 * underscores are the providers' own notes and are left out, as everywhere in Pulumi.
 */
export function differencesOf (before: Properties, after: Properties): Difference[] {
  const found: Difference[] = []
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!key.startsWith('__')) walk(step('', key), before[key], after[key], found)
  }
  return found
}

/** Says whether a path is another or lies inside it. */
export function isWithin (path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`)
}

/** The property at the beginning of a path. */
export function firstOf (path: string): string {
  return /^\["((?:[^"\\]|\\.)*)"\]/.exec(path)?.[1]?.replaceAll('\\"', '"') ?? path.split(/[.[]/, 1)[0] ??
    path
}
