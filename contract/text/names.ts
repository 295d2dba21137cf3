/** Names with `*` in them, of federations, units and resources. Pure. */

/**
 * Says whether a name fits a pattern in which `*` stands for any characters; everything else stands
 * for itself.
 */
export function matchesName (pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return pattern === name
  const last = rest.pop() ?? ''
  if (!name.startsWith(first)) return false
  let at = first.length
  // The leftmost place of each middle part leaves the most room for those after it.
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - at >= last.length && name.endsWith(last)
}

/**
 * Says whether every name that fits `narrow` fits `wide`: a `*` in `narrow` can only have been
 * matched by one in `wide`, since no name holds one.
 */
export function includesPattern (wide: string, narrow: string): boolean {
  return matchesName(wide, narrow)
}
