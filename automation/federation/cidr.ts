/**
 * IPv4 block arithmetic. Pure. Addresses are numbers in 0..2^32-1, computed without bit operators,
 * which are signed 32-bit in JavaScript.
 */

/** A block of addresses. */
export interface Block {
  /** Its lowest address. */
  readonly base: number
  /** Its length in bits, 0 to 32. */
  readonly prefix: number
}

const addresses = 2 ** 32

/** Addresses in a block of that prefix length. */
export function blockSize (prefix: number): number {
  return 2 ** (32 - prefix)
}

/** Parses dotted decimal without leading zeros, undefined when it is not an IPv4 address. */
export function parseAddress (text: string): number | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let address = 0
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined
    address = address * 256 + Number(part)
  }
  return address
}

/** Dotted decimal of an address. */
export function formatAddress (address: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(address / unit) % 256).join('.')
}

/**
 * Parses `a.b.c.d/n`; undefined when it is not that. Host bits are kept out of `base`;
 * `isCanonical` tells whether there were any.
 */
export function parseCidr (text: string): Block | undefined {
  const [address, prefix, ...rest] = text.split('/')
  if (
    address === undefined || prefix === undefined || rest.length > 0 || !/^(0|[1-9]\d?)$/.test(prefix) ||
    Number(prefix) > 32
  ) return undefined
  const parsed = parseAddress(address)
  if (parsed === undefined) return undefined
  const size = blockSize(Number(prefix))
  return { base: Math.floor(parsed / size) * size, prefix: Number(prefix) }
}

/** `a.b.c.d/n` of a block. */
export function formatCidr (block: Block): string {
  return `${formatAddress(block.base)}/${block.prefix}`
}

/**
 * Says whether the text is a block written by its lowest address: `10.1.0.0/16`, not `10.1.2.3/16`.
 */
export function isCanonical (text: string): boolean {
  const block = parseCidr(text)
  return block !== undefined && formatCidr(block) === text
}

/** Says whether `inner` lies wholly in `outer`. */
export function contains (outer: Block, inner: Block): boolean {
  return inner.prefix >= outer.prefix && inner.base >= outer.base &&
    inner.base < outer.base + blockSize(outer.prefix)
}

/**
 * Says whether the two blocks share an address: blocks are aligned, so one then contains the other.
 */
export function overlaps (a: Block, b: Block): boolean {
  return contains(a, b) || contains(b, a)
}

/** Counts the blocks of length `prefix` that a block holds; 0 when they are larger than it. */
export function subnetCount (block: Block, prefix: number): number {
  return prefix < block.prefix ? 0 : 2 ** (prefix - block.prefix)
}

/**
 * The block's `index`-th sub-block of length `prefix`. Throws a RangeError when there is no such
 * sub-block.
 */
export function subnet (block: Block, prefix: number, index: number): Block {
  if (!Number.isInteger(index) || index < 0 || index >= subnetCount(block, prefix) || prefix > 32) {
    throw new RangeError(
      `${formatCidr(block)} has no /${prefix} number ${index}: it holds ${subnetCount(block, prefix)}`
    )
  }
  return { base: block.base + index * blockSize(prefix), prefix }
}

/**
 * A block that is known to be well written. Throws a RangeError otherwise: for constants and values
 * that were validated.
 */
export function cidr (text: string): Block {
  const block = parseCidr(text)
  if (!block || block.base + blockSize(block.prefix) > addresses) {
    throw new RangeError(`"${text}" is not an IPv4 block`)
  }
  return block
}

/** RFC 1918, section 3. */
export const privateBlocks: readonly Block[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(cidr)
/** RFC 6598: shared address space, which the three clouds also take for pods. */
export const sharedBlock: Block = cidr('100.64.0.0/10')

/** Says whether every address of the block is private (RFC 1918). */
export function isPrivate (block: Block): boolean {
  return privateBlocks.some((outer) => contains(outer, block))
}
