/**
 * One value of a stack's configuration: a text, or an object whose secrets are encrypted (pulumi
 * `sdk/go/common/resource/config`). Arguments are never changed.
 */
import { type PropertyPath } from '../values/property-path.ts'
import { ExitCode, Failure } from './failure.ts'

/** A value as the file has it. A secret is `{ secure: ciphertext }`, also inside objects. */
export type Setting = null | boolean | number | bigint | string | Setting[] | { [key: string]: Setting }

/** A setting as programs and `pulumi config` get it. */
export interface ConfigValue {
  /** The text; of an object its JSON. */
  value: string
  secret: boolean
  /** Present for objects and arrays. */
  objectValue?: unknown
}

type Cipher = (text: string) => string

export function isMap (value: Setting | undefined): value is { [key: string]: Setting } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isSecure (value: Setting | undefined): value is { secure: string } {
  return isMap(value) && typeof value['secure'] === 'string' && Object.keys(value).length === 1
}

/** Tells if a value is a secret or has one inside. */
export function hasSecrets (value: Setting): boolean {
  if (isSecure(value)) return true
  if (Array.isArray(value)) return value.some(hasSecrets)
  return isMap(value) && Object.values(value).some(hasSecrets)
}

/** The value with its secrets in plain text. */
export function decrypted (value: Setting, decrypt: Cipher): Setting {
  return mapSecrets(value, (ciphertext) => decrypt(ciphertext))
}

/** The value with its secrets encrypted anew. */
export function recrypted (value: Setting, decrypt: Cipher, encrypt: Cipher): Setting {
  return mapSecrets(value, (ciphertext) => ({ secure: encrypt(decrypt(ciphertext)) }))
}

function mapSecrets (value: Setting, change: (ciphertext: string) => Setting): Setting {
  if (isSecure(value)) return change(value.secure)
  if (Array.isArray(value)) return value.map((member) => mapSecrets(member, change))
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapSecrets(member, change)]))
}

/** JSON with the keys in order. Whole numbers beyond the safe ones stay exact. */
export function settingJson (value: Setting): string {
  if (Array.isArray(value)) return `[${value.map(settingJson).join(',')}]`
  if (typeof value === 'bigint') return String(value)
  if (!isMap(value)) return JSON.stringify(value)
  return `{${
    Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${settingJson(value[key] ?? null)}`).join(
      ','
    )
  }}`
}

/** A value without encrypted secrets, as a program gets it. */
export function shownSetting (stored: Setting, decrypt: Cipher): ConfigValue {
  const secret = hasSecrets(stored)
  const value = decrypted(stored, decrypt)
  if (typeof value === 'string') return { value, secret }
  const text = settingJson(value)
  const isObject = value === null || typeof value === 'object'
  return { value: text, secret, ...(isObject && { objectValue: JSON.parse(text) as unknown }) }
}

/** The text of a scalar at the top of a file, where the engine keeps texts only. */
export function topLevel (value: Setting): Setting {
  return typeof value === 'string' || value === null || typeof value === 'object'
    ? value
    : settingJson(value)
}

/** Largest value of an unsigned whole number of 64 bits, and the least of a signed one. */
const largest = 2n ** 64n - 1n
const least = -(2n ** 63n)

/**
 * A text that is set inside an object: `true`, `false` and whole numbers without leading zeros
 * become what they say.
 */
export function coerced (text: string): Setting {
  if (text === 'true' || text === 'false') return text === 'true'
  if (!/^[+-]?\d+$/.test(text) || (text.length > 1 && text.startsWith('0'))) return text
  const number = BigInt(text.replace(/^\+/, ''))
  if (number > largest || number < least) return text
  return Number.isSafeInteger(Number(number)) ? Number(number) : number
}

export function settingAt (value: Setting | undefined, path: PropertyPath): Setting | undefined {
  let found = value
  for (const part of path) {
    found = Array.isArray(found)
      ? (typeof part === 'number' ? found[part] : undefined)
      : isMap(found) && !isSecure(found) && typeof part === 'string'
      ? found[part]
      : undefined
  }
  return found
}

function refuse (path: PropertyPath, problem: string): never {
  throw new Failure(ExitCode.Failed, `error: could not set config: [${path.join(' ')}]: ${problem}`)
}

const reserved = 'maps with the single key "secure" are reserved'

/** The value with another one at a path. `at` is the way to the value, for messages. */
export function withSetting (
  value: Setting | undefined,
  path: PropertyPath,
  setting: Setting,
  at: PropertyPath
): Setting {
  const [part, ...rest] = path
  if (part === undefined) return setting
  let container = value
  if (container === undefined || container === null || typeof container !== 'object' || isSecure(container)) {
    // A scalar at the top is overwritten; one further down is a mistake.
    if (container !== undefined && container !== null && at.length !== 1) {
      refuse(at, typeof part === 'number' ? 'expected an array' : 'expected a map')
    }
    container = typeof part === 'number' ? Array.from({ length: part + 1 }, () => null) : {}
  }
  const here = [...at, part]
  if (Array.isArray(container)) {
    if (typeof part !== 'number') refuse(here, 'key for an array must be an int')
    if (part > container.length) refuse(here, 'array index out of range')
    const list = [...container]
    list[part] = withSetting(container[part], rest, setting, here)
    return list
  }
  if (typeof part !== 'string') refuse(here, 'key for a map must be a string')
  if (
    rest.length === 0 && part === 'secure' && typeof setting === 'string' &&
    Object.keys(container).length === 0
  ) {
    throw new Failure(ExitCode.Failed, `error: could not set config: ${reserved}`)
  }
  return { ...container, [part]: withSetting(container[part], rest, setting, here) }
}

/** The value without the member at a path. */
export function withoutSetting (value: Setting, path: PropertyPath): Setting {
  const [part, ...rest] = path
  if (Array.isArray(value)) {
    if (typeof part !== 'number' || part >= value.length) return value
    return rest.length === 0
      ? value.toSpliced(part, 1)
      : value.with(part, withoutSetting(value[part] ?? null, rest))
  }
  if (!isMap(value) || isSecure(value) || typeof part !== 'string' || !(part in value)) return value
  if (rest.length > 0) return { ...value, [part]: withoutSetting(value[part] ?? null, rest) }
  const { [part]: _, ...others } = value
  if (isSecure(others)) throw new Failure(ExitCode.Failed, `error: [${part}]: ${reserved}`)
  return others
}
