/** Rules that several types have for their inputs, in the provider's words. */
import { type CheckFailure } from '../../provider.ts'
import { unknownValue, type WireObject } from '../../wire.ts'
import { parseCidr } from '../cidr.ts'
import { stringAt } from '../wire-values.ts'

/** Failures of a CIDR block: its form, and its prefix length from the widest to the narrowest. */
export function cidrFailures (
  inputs: WireObject,
  property: string,
  [widest, narrowest]: [widest: number, narrowest: number]
): CheckFailure[] {
  const text = stringAt(inputs, property)
  if (text === undefined || text === unknownValue) return []
  const cidr = parseCidr(text)
  if (!cidr) return [{ property, reason: `"${text}" is not a valid IPv4 CIDR block; did you set host bits?` }]
  if (cidr.prefix >= widest && cidr.prefix <= narrowest) return []
  return [{
    property,
    reason: `expected "${property}" to contain a network Value with between ${widest} and ${narrowest} ` +
      `significant bits, got: ${cidr.prefix}`
  }]
}

/** Failure unless exactly one of the properties is given. */
export function exactlyOne (inputs: WireObject, properties: string[], what: string): CheckFailure[] {
  const given = properties.filter((property) => inputs[property] !== undefined)
  if (given.length === 1) return []
  return [{
    property: given[1] ?? properties[0] ?? '',
    reason: given.length === 0
      ? `one of ${properties.join(', ')} must be specified as the ${what}`
      : `only one of ${given.join(', ')} can be specified as the ${what}`
  }]
}
