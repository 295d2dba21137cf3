/** Ranges from which operators reach API servers, by the way that they take. Pure. */
import { type Federation } from '../types.ts'

/** Ranges of RFC 1918 and RFC 6598, which are routed in private networks only. */
const privateFirst = [
  [[10, 0], [10, 255]],
  [[172, 16], [172, 31]],
  [[192, 168], [192, 168]],
  [[100, 64], [100, 127]]
] as const

/** Tells if a range in CIDR notation is of private addresses. */
export function isPrivateRange (cidr: string): boolean {
  const [a = 0, b = 0] = cidr.split('.').map(Number)
  const value = a * 256 + b
  return privateFirst.some(([[low, lowNext], [high, highNext]]) =>
    value >= low * 256 + lowNext && value <= high * 256 + highNext
  )
}

/** The operators' ranges of the internet, and those of networks joined to the clusters'. */
export function operatorRanges (
  federation: Federation
): { readonly internet: readonly string[], readonly joined: readonly string[] } {
  const operators = federation.operators ?? []
  return {
    internet: operators.filter((cidr) => !isPrivateRange(cidr)),
    joined: operators.filter(isPrivateRange)
  }
}
