/** Near matches of a mistyped name, for error messages. Pure. */

/** Steps of a search, so that a test can count them. */
export interface Tally {
  steps: number
}

/**
 * Most edits of a near match: more are another word. It also bounds the search: only a band of the
 * table beside its diagonal is computed (Ukkonen, "Algorithms for approximate string matching",
 * 1985).
 */
const mostEdits = 4
/** Characters that are compared: names of clouds and Kubernetes have 63 at most. */
const compared = 64
/** Names that are compared with: a federation has 64 clusters, a cloud some forty regions. */
const candidates = 200

/**
 * Levenshtein distance of two strings (insertions, deletions and substitutions) when it is at most
 * `most`, else a larger number. Takes about `(2 * most + 1) * a.length` steps at most.
 */
export function distanceWithin (a: string, b: string, most: number, tally?: Tally): number {
  const beyond = most + 1
  if (Math.abs(a.length - b.length) > most) return beyond
  let previous = Array.from({ length: b.length + 1 }, (_, index) => Math.min(index, beyond))
  for (let row = 1; row <= a.length; row++) {
    const current = new Array<number>(b.length + 1).fill(beyond)
    if (row <= most) current[0] = row
    let least = current[0] ?? beyond
    const end = Math.min(b.length, row + most)
    for (let column = Math.max(1, row - most); column <= end; column++) {
      const substituted = (previous[column - 1] ?? beyond) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const edits = Math.min(
        substituted,
        (previous[column] ?? beyond) + 1,
        (current[column - 1] ?? beyond) + 1
      )
      current[column] = Math.min(edits, beyond)
      least = Math.min(least, edits)
      if (tally) tally.steps++
    }
    if (least > most) return beyond
    previous = current
  }
  return previous[b.length] ?? beyond
}

/** Edits between two names: letters left out at the end, however many, or `most` of any kind. */
function editsOf (name: string, candidate: string, most: number, tally?: Tally): number {
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()]
  if (a.startsWith(b) || b.startsWith(a)) return Math.abs(a.length - b.length)
  const edits = distanceWithin(a, b, most, tally)
  return edits > most ? Infinity : edits
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/**
 * Up to `limit` of the known names that a person may have meant, nearest first. A name counts as
 * near when a third of its letters or fewer are wrong (two in short names), four at most unless
 * they are missing at its end, or when it differs only in dashes and case (`us-east1` and
 * `us-east-1`). The cost of a call is bounded:
 * the first 200 names and 64 characters of each are compared.
 */
export function nearest (name: string, known: Iterable<string>, limit = 3, tally?: Tally): string[] {
  const wanted = name.slice(0, compared)
  const letters = plain(wanted)
  const found: { candidate: string, far: number }[] = []
  let looked = 0
  for (const candidate of known) {
    if (looked++ === candidates) break
    const cut = candidate.slice(0, compared)
    const wrong = Math.max(2, Math.floor(candidate.length / 3))
    const far = plain(cut) === letters ? 0 : editsOf(wanted, cut, Math.min(mostEdits, wrong), tally)
    if (far <= wrong) found.push({ candidate, far })
  }
  return found
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}
