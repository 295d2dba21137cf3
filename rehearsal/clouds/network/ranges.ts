/** Comparisons of address ranges as texts. */
import { cidrContains, parseCidr } from '../cidr.ts'

/** Tells if a range contains all of another; false for what is no range. */
export function rangeHolds (outer: string, inner: string): boolean {
  const [a, b] = [parseCidr(outer), parseCidr(inner)]
  return a !== undefined && b !== undefined && cidrContains(a, b)
}
