/**
 * Property values in wire form (`wire.ts`): their kinds, equality, and copies with changes.
 * Arguments are never changed.
 */
import {
  archiveSignature,
  assetSignature,
  outputValueSignature,
  resourceReferenceSignature,
  secretSignature,
  signatureKey,
  unknownValue,
  type WireObject,
  type WireValue
} from '../../wire.ts'

export function isObject (value: WireValue | undefined): value is WireObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** Kind of a marked object, one of the constants of `wire.ts`; undefined for plain values. */
export function signatureOf (value: WireValue | undefined): string | undefined {
  if (!isObject(value)) return undefined
  const signature = value[signatureKey]
  return typeof signature === 'string' ? signature : undefined
}

export function isSecret (value: WireValue | undefined): boolean {
  return signatureOf(value) === secretSignature
}
export function makeSecret (value: WireValue): WireObject {
  return { [signatureKey]: secretSignature, value }
}
/** The value inside a secret. */
export function secretValue (value: WireValue): WireValue {
  return (value as WireObject)['value'] ?? null
}

/**
 * Calls `change` for every member of an array or object and rebuilds it; leaves are returned as
 * they are.
 */
export function mapMembers (value: WireValue, change: (member: WireValue) => WireValue): WireValue {
  if (Array.isArray(value)) return value.map(change)
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member)]))
  }
  return value
}

function some (value: WireValue, test: (value: WireValue) => boolean): boolean {
  if (test(value)) return true
  if (Array.isArray(value)) return value.some((member) => some(member, test))
  return isObject(value) && Object.values(value).some((member) => some(member, test))
}
export function containsUnknowns (value: WireValue): boolean {
  return some(value, (v) => v === unknownValue)
}
export function containsSecrets (value: WireValue): boolean {
  return some(value, isSecret)
}

/** The value without the members of objects that are unknown. */
export function withoutUnknowns (value: WireValue): WireValue {
  if (!containsUnknowns(value)) return value
  if (!isObject(value)) return mapMembers(value, withoutUnknowns)
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) =>
      member !== unknownValue && !(isSecret(member) && secretValue(member) === unknownValue)
    ).map(([key, member]) => [key, withoutUnknowns(member)])
  )
}

/** The value without the marks of secrets. */
export function revealSecrets (value: WireValue): WireValue {
  return isSecret(value) ? revealSecrets(secretValue(value)) : mapMembers(value, revealSecrets)
}

/**
 * Equality by the engine's rules: assets and archives with hashes are equal when the hashes are.
 */
export function sameValue (a: WireValue | undefined, b: WireValue | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((member, n) => sameValue(member, b[n]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const kind = signatureOf(a)
  if (
    (kind === assetSignature || kind === archiveSignature) && signatureOf(b) === kind && a['hash'] &&
    b['hash']
  ) {
    return a['hash'] === b['hash']
  }
  // References to one resource are equal whatever they say of its package.
  if (kind === resourceReferenceSignature && signatureOf(b) === kind) {
    return a['urn'] === b['urn'] && a['id'] === b['id']
  }
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameValue(a[key], b[key]))
}

/** Keys in which two property maps differ, sorted. */
export function changedKeys (olds: WireObject, news: WireObject): string[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((key) =>
    !sameValue(olds[key], news[key])
  ).sort()
}

/**
 * The value with output values replaced by their contents: UNKNOWN where they are unknown, a secret
 * where they are secret.
 */
export function lowerOutputValues (value: WireValue): WireValue {
  if (signatureOf(value) !== outputValueSignature) return mapMembers(value, lowerOutputValues)
  const output = value as WireObject
  const element = 'value' in output ? lowerOutputValues(output['value'] ?? null) : unknownValue
  return output['secret'] === true ? makeSecret(element) : element
}

/** URNs that the output values in a value depend on. */
export function outputDependencies (value: WireValue, found: Set<string> = new Set()): Set<string> {
  if (signatureOf(value) === outputValueSignature) {
    const dependencies = (value as WireObject)['dependencies']
    if (Array.isArray(dependencies)) {
      for (const urn of dependencies) if (typeof urn === 'string') found.add(urn)
    }
  }
  if (Array.isArray(value)) { for (const member of value) outputDependencies(member, found) }
  else if (isObject(value)) { for (const member of Object.values(value)) outputDependencies(member, found) }
  return found
}

/** Outputs with everything secret that is secret in the inputs, for providers that drop secrets. */
export function annotateSecrets (outputs: WireObject, inputs: WireObject): WireObject {
  const result: WireObject = { ...outputs }
  for (const [key, input] of Object.entries(inputs)) {
    const output = result[key]
    if (output === undefined) continue
    if (isObject(output) && isObject(input) && !isSecret(output) && !isSecret(input)) {
      result[key] = annotateSecrets(output, input)
    } else if (!isSecret(output) && containsSecrets(input)) result[key] = makeSecret(output)
  }
  return result
}

/** The value with sorted keys at every depth, as states are written. */
export function sortKeys<T extends WireValue> (value: T): T {
  if (Array.isArray(value)) return value.map(sortKeys) as T
  if (!isObject(value)) return value
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sortKeys(value[key] ?? null)])) as T
}

/**
 * Tells whether a replacement trigger asks for one (pulumi `shouldTriggerReplace`): an unknown
 * always does, an absent one never, others when they differ, however they are wrapped.
 */
export function triggersReplacement (before: WireValue | undefined, after: WireValue | undefined): boolean {
  const [old, now] = [before, after].map((value) => revealSecrets(lowerOutputValues(value ?? null)))
  if (old === undefined || now === undefined) return false
  if (containsUnknowns(old) || containsUnknowns(now)) return true
  return old !== null && now !== null && !sameValue(old, now)
}
