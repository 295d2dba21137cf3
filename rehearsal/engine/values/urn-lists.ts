/** Lists of URNs in messages of the protocol, by the property that depends on them. */

/** A map of a message whose values hold lists of URNs. */
interface UrnsByProperty {
  forEach(each: (urns: { getUrnsList(): string[] }, property: string) => void): void
}

/** Reads the lists of a message. */
export function urnLists (map: UrnsByProperty): Record<string, string[]> {
  const lists: Record<string, string[]> = {}
  map.forEach((urns, property) => {
    lists[property] = urns.getUrnsList()
  })
  return lists
}
