/**
 * Gives a function that keeps what it makes: of `most` keys, the one that was made first is
 * forgotten first.
 */
export function remembered<Made extends object> (
  most: number,
  make: (key: string) => Made
): (key: string) => Made {
  const known = new Map<string, Made>()
  return (key) => {
    const kept = known.get(key)
    if (kept) return kept
    const made = make(key)
    const [oldest] = known.keys()
    if (known.size >= most && oldest !== undefined) known.delete(oldest)
    known.set(key, made)
    return made
  }
}
