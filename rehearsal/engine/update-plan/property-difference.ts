/**
 * Differences between property maps, as update plans hold them (pulumi
 * `sdk/go/common/resource/properties_diff.go`).
 */
import { unknownValue, type WireObject, type WireValue } from '../../wire.ts'
import { isObject, isSecret, sameValue, secretValue, signatureOf } from '../values/wire-values.ts'

/** Changes that a plan expects of a property map. */
export interface PlanDifference {
  adds: WireObject
  deletes: string[]
  /** New values of properties that change. */
  updates: WireObject
}
export interface PropertyDifference extends PlanDifference {
  sames: WireObject
}

type Same = (olds: WireValue, news: WireValue) => boolean

/**
 * Equality in which an unknown equals anything, and a property that was unknown may turn out to be
 * absent.
 */
export function sameButUnknowns (a: WireValue, b: WireValue): boolean {
  if (a === unknownValue || b === unknownValue) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((member, n) => sameButUnknowns(member, b[n] ?? null))
  }
  if (isSecret(a) && isSecret(b)) return sameButUnknowns(secretValue(a), secretValue(b))
  if (!isObject(a) || !isObject(b) || signatureOf(a) !== undefined || signatureOf(b) !== undefined) {
    return sameValue(a, b)
  }
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => {
    const [left, right] = [a[key], b[key]]
    if (right === undefined) return left === null || left === unknownValue
    return left === undefined ? right === null : sameButUnknowns(left, right)
  })
}

/** The changes from one property map to another; undefined when there are none. */
export function propertyDifference (
  olds: WireObject,
  news: WireObject,
  same: Same = sameValue
): PropertyDifference | undefined {
  const found: PropertyDifference = { adds: {}, deletes: [], updates: {}, sames: {} }
  for (const [key, before] of Object.entries(olds)) {
    const after = news[key]
    if (after === undefined) {
      const resolved = same === sameButUnknowns && before === unknownValue
      if (before !== null && !resolved) found.deletes.push(key)
    } else if (same(before, after)) found.sames[key] = after
    else if (before === null) found.adds[key] = after
    else if (after === null) found.deletes.push(key)
    else found.updates[key] = after
  }
  for (const [key, after] of Object.entries(news)) {
    if (!(key in olds) && after !== null) found.adds[key] = after
  }
  const { adds, deletes, updates } = found
  return Object.keys(adds).length + deletes.length + Object.keys(updates).length > 0 ? found : undefined
}

export const noChanges: PlanDifference = { adds: {}, deletes: [], updates: {} }

/** The changes from one property map to another, for a plan. */
export function planDifference (olds: WireObject, news: WireObject): PlanDifference {
  const found = propertyDifference(olds, news)
  if (found === undefined) return noChanges
  const { adds, deletes, updates } = found
  return { adds, deletes, updates }
}
