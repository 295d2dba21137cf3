/** Reading properties whose shape is the provider's. Every getter reads step by step, so that an unknown value says where it is. */
import { type Properties } from './policy.ts'

export function isObject (value: unknown): value is Properties { return value !== null && typeof value === 'object' && !Array.isArray(value) }

/** What `path` (names and indexes between dots) leads to; undefined when a step is missing. */
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

/** All strings inside a value with their paths. */
export function * strings (value: unknown, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) for (let n = 0; n < value.length; n++) yield * strings(value[n], `${path}[${n}]`)
  else if (isObject(value)) for (const key of Object.keys(value)) yield * strings(value[key], path === '' ? key : `${path}.${key}`)
}
