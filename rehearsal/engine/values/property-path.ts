/**
 * Property paths: `a.b[0]["c d"]`, with `*` for every member. Used by ignoreChanges and
 * replaceOnChanges.
 */
import { type WireObject, type WireValue } from '../../wire.ts'
import { isObject } from './wire-values.ts'

export type PropertyPath = (string | number)[]

/** Parses a path; undefined for other text. */
export function parsePath (text: string): PropertyPath | undefined {
  const path: PropertyPath = []
  let rest = text
  while (rest !== '') {
    const quoted = /^\["((?:[^"\\]|\\.)*)"\]/.exec(rest)
    const index = /^\[(\d+|\*)\]/.exec(rest)
    const name = /^\.?([^.[\]"]+)/.exec(rest)
    const match = quoted ?? index ?? name
    if (match === null) return undefined
    const part = match[1] ?? ''
    path.push(quoted ? part.replaceAll(/\\(.)/g, '$1') : index && part !== '*' ? Number(part) : part)
    rest = rest.slice(match[0].length)
  }
  return path
}

/** Tells if one path names another, or something around it. */
export function containsPath (outer: PropertyPath, inner: PropertyPath): boolean {
  return outer.length <= inner.length && outer.every((part, n) => part === '*' || part === inner[n])
}

/**
 * `news` with the property at a path as it is in `olds`; undefined when the path cannot be
 * followed, because an element of an array was added or removed, or a parent is missing.
 */
export function resetPath (olds: WireObject, news: WireObject, path: PropertyPath): WireObject | undefined {
  const result = reset(olds, news, path)
  return isObject(result) ? result : undefined
}

function reset (
  olds: WireValue | undefined,
  news: WireValue | undefined,
  path: PropertyPath
): WireValue | undefined {
  const [part, ...rest] = path
  if (part === undefined) return olds
  if (Array.isArray(news)) {
    if (!Array.isArray(olds)) return undefined
    if (part === '*') {
      if (olds.length !== news.length) return undefined
      const members = news.map((member, n) => reset(olds[n], member, rest))
      return members.every((member) => member !== undefined) ? members : undefined
    }
    if (typeof part !== 'number' || part >= news.length || part >= olds.length) return undefined
    const member = reset(olds[part], news[part], rest)
    return member === undefined ? undefined : news.with(part, member)
  }
  if (!isObject(news) || !isObject(olds)) return undefined
  const result: WireObject = { ...news }
  for (
    const key of part === '*'
      ? [...new Set([...Object.keys(olds), ...Object.keys(news)])]
      : [String(part)]
  ) {
    if (rest.length === 0) {
      // The property itself may have been added or removed.
      if (olds[key] === undefined) delete result[key]
      else result[key] = olds[key]
      continue
    }
    if (olds[key] === undefined && news[key] === undefined) continue
    const member = reset(olds[key], news[key], rest)
    if (member === undefined) return undefined
    result[key] = member
  }
  return result
}
