/**
 * Characters that are not seen and yet act, made visible: they move a terminal's cursor, begin
 * another line, reorder what stands beside them or hide a part of a name. Imports nothing.
 */

/**
 * Control characters (C0, DEL, C1), separators of lines and paragraphs, lone surrogates,
 * interlinear annotations, and what Unicode says has no glyph of its own: bidirectional marks,
 * zero-width characters, fillers, tags, variation selectors.
 */
const hidden = /[\p{Cc}\p{Cs}\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]/gu

/**
 * Where these have a use that is seen: a joiner between two emoji, a selector behind an emoji or an
 * ideograph, and (non-)joiners inside a word of a script that joins its letters.
 */
const joinedEmoji = /\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]?$/u
const selected = /[\p{Emoji}\p{Script=Han}]$/u
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Units before a character that say whether it is of use: an emoji, its skin tone, a selector. */
const before = 6

const shortForms: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function isOfUse (character: string, text: string, at: number): boolean {
  const left = text.slice(Math.max(0, at - before), at)
  const right = String.fromCodePoint(text.codePointAt(at + character.length) ?? 0)
  const code = character.codePointAt(0) ?? 0
  if (code === 0x200d && joinedEmoji.test(left) && /\p{Extended_Pictographic}/u.test(right)) return true
  if (code === 0x200c || code === 0x200d) {
    return joining.test([...left].at(-1) ?? '') && joining.test(right)
  }
  return ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) && selected.test(left)
}

const form = (character: string): string =>
  shortForms[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`

/**
 * A text that stays on one line and in its order: each hidden character as its escape, such as
 * `\n`, `\u{1b}` and `\u{202e}`.
 */
export function visibleLine (text: string): string {
  return text.replace(
    hidden,
    (character, at: number) => isOfUse(character, text, at) ? character : form(character)
  )
}

/** The same of a text of several lines: line feeds and tabs stay. */
export function visibleText (text: string): string {
  return text.replace(
    hidden,
    (character, at: number) =>
      character === '\n' || character === '\t' || isOfUse(character, text, at) ? character : form(character)
  )
}

/** A JSON text of the same value, in which hidden characters are escaped as JSON does. */
export function visibleJson (json: string): string {
  // Line feeds are between values: inside texts JSON escapes them.
  return json.replace(hidden, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, unit) =>
        `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`).join(''))
}
