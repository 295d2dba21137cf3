/** Comparisons of address ranges as texts. */
import { cidrContains, parseCidr } from '../cidr.ts'

/** Tells if a range contains all of another; false for what is no range. */
export function rangeHolds (outer: string, inner: string): boolean {
  const [a, b] = [parseCidr(outer), parseCidr(inner)]
  return a !== undefined && b !== undefined && cidrContains(a, b)
}

/** RFC 1918, and the shared space of RFC 6598. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']

/** Tells if a range is routed in private networks only. */
export function isPrivate (range: string): boolean {
  return privateRanges.some((outer) => rangeHolds(outer, range))
}
