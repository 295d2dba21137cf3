/**
 * Property paths: `a.b[0]["c d"]`, with `*` for every member. Used by ignoreChanges and
 * replaceOnChanges.
 */
import { type WireObject, type WireValue } from '../../wire.ts'
import { isObject } from './wire-values.ts'

export type PropertyPath = (string | number)[]

type Parsed = { path: PropertyPath } | { problem: string }

/** Parses a path; undefined for other text. */
export function parsePath (text: string): PropertyPath | undefined {
  const parsed = parse(text, false)
  return 'path' in parsed ? parsed.path : undefined
}

/** Parses a path by the strict grammar, which keys of the configuration follow. */
export function parseStrictPath (text: string): Parsed {
  return parse(text, true)
}

/** Reads a path as pulumi `properties_path.go` does. */
function parse (text: string, strict: boolean): Parsed {
  if (text.startsWith('.')) return { problem: 'expected property path to start with a name or index' }
  const path: PropertyPath = []
  let rest = text
  while (rest !== '') {
    if (rest.startsWith('.')) {
      rest = rest.slice(1)
      if (rest === '') return { problem: 'expected property path to end with a name or index' }
      if (strict && rest.startsWith('[')) return { problem: "expected property name after '.'" }
      continue
    }
    const part = rest.startsWith('[') ? bracket(rest) : nameIn(rest)
    if ('problem' in part) return part
    path.push(part.key)
    rest = rest.slice(part.length)
  }
  return { path }
}

function nameIn (text: string): { key: string, length: number } {
  const key = /^[^.[]*/.exec(text)?.[0] ?? ''
  return { key, length: key.length }
}

/** The key in the brackets that a text starts with. */
function bracket (text: string): { key: string | number, length: number } | { problem: string } {
  if (text.startsWith('["')) {
    const quoted = /^\["((?:\\"|[^"])*)"/.exec(text)
    if (quoted === null) return { problem: 'missing closing quote in property name' }
    if (text[quoted[0].length] !== ']') return { problem: 'missing closing bracket in property access' }
    return { key: (quoted[1] ?? '').replaceAll('\\"', '"'), length: quoted[0].length + 1 }
  }
  const end = text.indexOf(']')
  if (end < 0) return { problem: 'missing closing bracket in array index' }
  const index = text.slice(1, end)
  if (index === '*') return { key: '*', length: end + 1 }
  return /^[+-]?\d+$/.test(index)
    ? { key: Number(index), length: end + 1 }
    : { problem: `invalid array index: strconv.ParseInt: parsing "${index}": invalid syntax` }
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
