/**
 * Reading properties whose shape is the provider's. Every getter reads step by step, so that an
 * unknown value says where it is.
 */

/** A resource's properties: many SDK versions share a type, so each policy reads what it needs. */
export type Properties = Record<string, unknown>

/**
 * Tells whether an error is the SDK's for a value that is not known yet: its class is not exported.
 */
export function isUnknownValue (error: unknown): error is Error {
  return error instanceof Error && error.constructor.name === 'UnknownValueError'
}

export function isObject (value: unknown): value is Properties {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** The value at `path` (names and indexes between dots); undefined when a step is missing. */
export function at (value: unknown, path: string): unknown {
  let node = value
  for (const step of path.split('.')) {
    if (Array.isArray(node)) node = node[Number(step)] as unknown
    else if (isObject(node)) node = node[step]
    else return undefined
  }
  return node
}

export function list (value: unknown, path: string): readonly unknown[] {
  const found = at(value, path)
  return Array.isArray(found) ? found : []
}
export function object (value: unknown, path: string): Properties {
  const found = at(value, path)
  return isObject(found) ? found : {}
}
export function text (value: unknown, path: string): string | undefined {
  const found = at(value, path)
  return typeof found === 'string' ? found : undefined
}

/** Text in the place of a value that is not known yet. */
const notKnown = '(not known yet)'

/** A copy without values that throw: what is not known yet is a text that says so. */
export function known (value: Properties): Properties {
  return copied(value) as Properties
}
function copied (value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => readable(value, index))
  return isObject(value)
    ? Object.fromEntries(Object.keys(value).map((key) => [key, readable(value, key)]))
    : value
}
function readable (value: object, key: string | number): unknown {
  try {
    return copied((value as Record<string | number, unknown>)[key])
  } catch (error) {
    if (isUnknownValue(error)) return notKnown
    throw error
  }
}

/** All strings inside a value with their paths. */
export function* strings (value: unknown, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) {
    for (let n = 0; n < value.length; n++) yield* strings(value[n], `${path}[${n}]`)
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) yield* strings(value[key], path === '' ? key : `${path}.${key}`)
  }
}
