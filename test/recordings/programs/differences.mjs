// Differences between inputs, as the scripted provider finds them.
import { isObject, unsecret } from '../lib/wire.mjs'
import { same } from './messages.mjs'

/** A changed input whose name starts so needs a replacement. */
const isFixed = (key) => key.startsWith('fixed')

/** Paths that differ below two values, with their kinds. */
function detailsOf (path, left, right, suffix) {
  if (same(left, right)) return {}
  const [a, b] = [unsecret(left), unsecret(right)]
  if (isObject(a) && isObject(b)) {
    return Object.assign(
      {},
      ...[...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) =>
        detailsOf(`${path}${/^\w+$/.test(key) ? `.${key}` : `["${key}"]`}`, a[key], b[key], suffix)
      )
    )
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const length = Math.max(a.length, b.length)
    return Object.assign(
      {},
      ...Array.from({ length }, (_, n) => detailsOf(`${path}[${n}]`, a[n], b[n], suffix))
    )
  }
  const kind = left === undefined ? 'ADD' : right === undefined ? 'DELETE' : 'UPDATE'
  return { [path]: `${kind}${suffix}` }
}

export function differencesOf (olds, news) {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])]
  const changed = keys.filter((key) => !key.startsWith('__') && !same(olds[key], news[key])).sort()
  return {
    changed,
    replaces: changed.filter(isFixed),
    detailed: Object.assign(
      {},
      ...changed.map((key) => detailsOf(key, olds[key], news[key], isFixed(key) ? '_REPLACE' : ''))
    )
  }
}
