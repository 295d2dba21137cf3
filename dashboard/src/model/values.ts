/** Values of properties and outputs as text. Pure. */

/** Writes a value on one line; a dash where there is none. */
export const valueText = (value: unknown): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)

const marked = (value: unknown, mark: 'secret' | 'unknown'): boolean =>
  typeof value === 'object' && value !== null && (value as Record<string, unknown>)[mark] === true

/** Tells the mark that the API sends in place of a secret. */
export const isSecret = (value: unknown): boolean => marked(value, 'secret')

/** Tells the mark that a preview sends in place of a value that nobody knows yet. */
export const isUnknown = (value: unknown): boolean => marked(value, 'unknown')

/** Writes one side of a property that changes; the API sends no secret, and nothing for it. */
export function changeText (value: unknown): string {
  if (value === undefined) return 'none or secret'
  return isUnknown(value) ? 'not known yet' : valueText(value)
}
