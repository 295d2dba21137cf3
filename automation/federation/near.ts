/** Near matches of a mistyped name, for error messages. Pure. */

/** Levenshtein distance of two strings: insertions, deletions and substitutions. */
export function distance (a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const substituted = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(substituted, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}

/**
 * Up to `limit` of the known names that a person may have meant, nearest first. A name counts as
 * near when a third of its letters or fewer are wrong, or when it differs only in dashes and case
 * (`us-east1` and `us-east-1`). Names are cut at 100 characters, so the cost is bounded.
 */
export function nearest (name: string, known: Iterable<string>, limit = 3): string[] {
  const wanted = name.slice(0, 100)
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return [...known]
    .map((candidate) => ({
      candidate,
      far: plain(candidate) === plain(wanted)
        ? 0
        : distance(wanted.toLowerCase(), candidate.slice(0, 100).toLowerCase())
    }))
    .filter(({ candidate, far }) => far <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.far - b.far || a.candidate.localeCompare(b.candidate))
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}
