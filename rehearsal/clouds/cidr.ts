/** IPv4 ranges in CIDR notation. */

/** First address as a number, and the prefix length. */
export interface Cidr {
  first: number
  prefix: number
}

/** Parses `a.b.c.d/n`; undefined when it is not one, or has bits set beyond its prefix. */
export function parseCidr (text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)
  if (!match) return undefined
  const octets = match.slice(1, 5).map(Number)
  const prefix = Number(match[5])
  if (octets.some((octet) => octet > 255) || prefix > 32) return undefined
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0)
  return first % cidrSize({ first, prefix }) === 0 ? { first, prefix } : undefined
}

/** Number of addresses. */
export function cidrSize (cidr: Cidr): number {
  return 2 ** (32 - cidr.prefix)
}

/** Whether `outer` holds all of `inner`. */
export function cidrContains (outer: Cidr, inner: Cidr): boolean {
  return inner.first >= outer.first && inner.first + cidrSize(inner) <= outer.first + cidrSize(outer)
}

/** Whether the two share an address. */
export function cidrsOverlap (a: Cidr, b: Cidr): boolean {
  return a.first < b.first + cidrSize(b) && b.first < a.first + cidrSize(a)
}

/** The address at an offset from the first one, dotted. */
export function addressAt (cidr: Cidr, offset: number): string {
  const address = cidr.first + offset
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}
