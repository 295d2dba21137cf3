/** IPv4 ranges in CIDR notation. */

/** A range of addresses. */
export interface Cidr {
  /** First address as a number. */
  first: number
  /** Length of the prefix. */
  prefix: number
}

/**
 * Parses `a.b.c.d/n`; undefined for other text, and for a block with bits set beyond its prefix.
 */
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

/** Tells if one range contains all of another. */
export function cidrContains (outer: Cidr, inner: Cidr): boolean {
  return inner.first >= outer.first && inner.first + cidrSize(inner) <= outer.first + cidrSize(outer)
}

/** Tells if two ranges share an address. */
export function cidrsOverlap (a: Cidr, b: Cidr): boolean {
  return a.first < b.first + cidrSize(b) && b.first < a.first + cidrSize(a)
}

/** The address at an offset from the first one, in dotted form. */
export function addressAt (cidr: Cidr, offset: number): string {
  const address = cidr.first + offset
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}
