/** Texts with the wildcards of IAM: `*` for any characters, `?` for one. Pure. */

/**
 * Tells if a pattern matches the whole text. Goes back to the last `*` only, so that no pattern
 * takes longer than its length times the text's.
 */
export function wildcardMatches (pattern: string, text: string): boolean {
  let [at, place, star, from] = [0, 0, -1, 0]
  while (place < text.length) {
    const sign = pattern[at]
    if (sign === '*') {
      star = at++
      from = place
    } else if (sign !== undefined && (sign === '?' || sign === text[place])) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++from
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}

/** Patterns of one list: exact ones are looked up, the others tried in turn. */
export class WildcardSet {
  readonly #exact = new Set<string>()
  readonly #patterns: string[] = []

  constructor (patterns: readonly string[]) {
    for (const pattern of patterns) {
      if (/[*?]/.test(pattern)) this.#patterns.push(pattern)
      else this.#exact.add(pattern)
    }
  }

  has (text: string): boolean {
    return this.#exact.has(text) || this.#patterns.some((pattern) => wildcardMatches(pattern, text))
  }
}
