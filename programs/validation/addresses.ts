/** Arithmetic on IPv4 addresses and ranges. Pure. */

/** An IPv4 address as a number; undefined for anything else. */
export function ipv4 (text: string): number | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  if (!octets || octets.some((octet) => octet > 255)) return undefined
  return octets.reduce((sum, octet) => sum * 256 + octet, 0)
}

/** First and last address of a range in CIDR notation; undefined when it is none. */
export function range (cidr: string): { first: number, last: number } | undefined {
  const [address, bits, ...rest] = cidr.split('/')
  const start = ipv4(address ?? '')
  const length = /^\d{1,2}$/.test(bits ?? '') ? Number(bits) : 33
  if (start === undefined || length > 32 || rest.length > 0) return undefined
  const size = 2 ** (32 - length)
  const first = start - start % size
  return { first, last: first + size - 1 }
}

/** Tells whether two ranges share an address. A range that cannot be read counts as overlapping. */
export function overlap (one: string, other: string): boolean {
  const [a, b] = [range(one), range(other)]
  return !a || !b || (a.first <= b.last && b.first <= a.last)
}

/** Ranges that are not routed on the internet: RFC 1918 and the shared space of RFC 6598. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']

/**
 * Tells whether a host is an IPv4 address of the internet. A name is not: the cloud decides what it
 * resolves to.
 */
export function isPublicAddress (host: string): boolean {
  const address = ipv4(host)
  return address !== undefined && !privateRanges.some((cidr) => {
    const bounds = range(cidr)
    return bounds !== undefined && address >= bounds.first && address <= bounds.last
  })
}
