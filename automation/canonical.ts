/**
 * JSON with sorted keys: equal values have equal texts, in whatever order their fields came. Absent
 * and undefined fields are the same.
 */
export function canonical (value: unknown): string {
  return JSON.stringify(
    value,
    (_key, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0))
        : part
  )
}
