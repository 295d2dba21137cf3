/** The little address arithmetic that programs need. Pure; ranges come validated. */

/**
 * The address `offset` places after the first one of an IPv4 range: `hostAddress('172.20.0.0/16',
 * 10)` is 172.20.0.10.
 */
export function hostAddress (cidr: string, offset: number): string {
  const octets = (cidr.split('/')[0] ?? '').split('.').map(Number)
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 255)) {
    throw new RangeError(`${cidr} is not an IPv4 range such as 10.1.0.0/16`)
  }
  const sum = octets.reduce((total, octet) => total * 256 + octet, 0) + offset
  return [24, 16, 8, 0].map((shift) => Math.floor(sum / 2 ** shift) % 256).join('.')
}
