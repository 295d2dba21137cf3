/**
 * Units that a selection stands on, and units that stand on it. Pure. `deployed`: deployed unit ->
 * the units it reads.
 */

/** The units outside the selection that it reads and that are not deployed, sorted. */
export function missingPrerequisites (
  requires: readonly string[],
  deployed: ReadonlyMap<string, readonly string[]>
): string[] {
  return [...new Set(requires)].filter((id) => !deployed.has(id)).sort()
}

/**
 * The deployed units outside the selection that stand, at whatever distance, on deployed units of
 * it, sorted.
 */
export function blockingDependants (
  selection: readonly string[],
  deployed: ReadonlyMap<string, readonly string[]>
): string[] {
  const selected = new Set(selection)
  const readers = new Map<string, string[]>()
  for (const [id, reads] of deployed) {
    for (const read of reads) readers.set(read, [...(readers.get(read) ?? []), id])
  }
  const found = new Set<string>()
  const open = selection.filter((id) => deployed.has(id))
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const reader of readers.get(id) ?? []) {
      if (selected.has(reader) || found.has(reader)) continue
      found.add(reader)
      open.push(reader)
    }
  }
  return [...found].sort()
}
