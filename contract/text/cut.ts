/** Texts cut to a bound, between two characters as people see them. Imports only its folder. */
import { madeStorable } from './storable.ts'

/**
 * Units around a cut in which a character's ends are looked for. The longest emoji of Unicode, a
 * family with skin tones, has 25. Whatever claims to be longer is cut between two code points.
 */
const longestCharacter = 64

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * The beginning of a text, made storable: at most `most` units of `length`, which bounds code
 * points and characters as well. It ends between two characters (grapheme clusters), so neither a
 * surrogate pair nor a letter and its accent is torn.
 */
export function headOf (text: string, most: number): string {
  if (text.length <= most) return madeStorable(text)
  if (most <= 0) return ''
  // What lies farther behind the cut has no part in it, and is never looked at.
  const near = text.slice(0, most + longestCharacter)
  const start = characters.segment(near).containing(most)?.index ?? most
  const pair = /[\ud800-\udbff]/.test(near[most - 1] ?? '') && /[\udc00-\udfff]/.test(near[most] ?? '')
  const end = start > 0 && most - start < longestCharacter ? start : pair ? most - 1 : most
  return madeStorable(near.slice(0, end))
}

/**
 * A text of at most `most` units of `length`, made storable. What was cut is shown by an ellipsis,
 * which counts.
 */
export function cutText (text: string, most: number): string {
  return text.length <= most ? madeStorable(text) : `${headOf(text, most - 1)}…`
}

/** A text of at most `most` units, and behind it how many more there were. */
export function toldCut (text: string, most: number): string {
  if (text.length <= most) return madeStorable(text)
  const head = headOf(text, most)
  return `${head}… (${text.length - head.length} characters cut)`
}
