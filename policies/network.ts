/** Address blocks, as far as policies need them. */

/** First address and prefix length of `a.b.c.d/n`; undefined for anything else. */
function parse (block: string): { readonly start: number, readonly prefix: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block)
  if (!match) return undefined
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number)
  return prefix > 32 ? undefined : { start: ((a * 256 + b) * 256 + c) * 256 + d, prefix }
}

/** Tells whether every address of `inner` is in `outer`. */
export function contains (outer: string, inner: string): boolean {
  const [whole, part] = [parse(outer), parse(inner)]
  if (!whole || !part || part.prefix < whole.prefix) return false
  return part.start >= whole.start && part.start < whole.start + 2 ** (32 - whole.prefix)
}

/** The whole internet, in any of the clouds' spellings. */
export function isAnywhere (source: unknown): boolean {
  return typeof source === 'string' &&
    ['0.0.0.0/0', '::/0', '*', 'internet', '0.0.0.0', '::'].includes(source.toLowerCase())
}

/** The port that clients reach edges at; all others stay inside. */
export const edgePort = 443
