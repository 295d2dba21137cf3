/** Texts from outside in a form that every store, protocol and reader takes. Imports nothing. */

/** Stands for U+0000, which PostgreSQL takes in no text and C takes for the end of one. */
const nulMark = '\u2400'

/** Says whether a text is well-formed Unicode (no lone surrogates) without U+0000. */
export function isStorable (text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000')
}

/**
 * The text itself when it can be stored; else with a visible mark for each character that cannot:
 * U+FFFD for a lone surrogate, U+2400 for U+0000.
 */
export function madeStorable (text: string): string {
  return isStorable(text) ? text : text.toWellFormed().replaceAll('\u0000', nulMark)
}
