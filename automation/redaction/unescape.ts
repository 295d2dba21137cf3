/** Reads escapes of a text: those of URLs, HTML, JSON, Go, JavaScript and shells. Pure. */
import { decodeHTMLStrict } from 'entities'
import { withoutInvisible } from './invisible.ts'
import { type View, ViewBuilder } from './view.ts'

/** The value of a hexadecimal digit; -1: it is none. */
export function digitOf (byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** A character or byte that an escape stands for, and how many bytes of the view it takes. */
interface Escape {
  taken: number
  /** The character; absent for a byte. */
  code?: number
  byte?: number
  /** Several characters. */
  text?: string
}

/** Reads exactly `count` hexadecimal digits; -1: there are fewer. */
function hexAt (bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let index = at; index < at + count; index++) {
    const digit = digitOf(bytes[index])
    if (digit < 0) return -1
    value = value * 16 + digit
  }
  return value
}

/**
 * A character whose first half was read before `at`: the second half of a surrogate pair is an
 * escape of its own (`\ud83d\ude80`, `%uD83D%uDE80`).
 */
function pairAt (bytes: Uint8Array, at: number, first: number): Escape {
  if (first >= 0xd800 && first < 0xdc00 && bytes[at] === bytes[at - 6] && bytes[at + 1] === 0x75) {
    const second = hexAt(bytes, at + 2, 4)
    if (second >= 0xdc00 && second < 0xe000) {
      return { code: 0x10000 + (first - 0xd800) * 0x400 + second - 0xdc00, taken: 12 }
    }
  }
  return { code: first, taken: 6 }
}

/** `%41`, and `%u0041` of JavaScript's escape(). */
function percentAt (bytes: Uint8Array, at: number): Escape | undefined {
  if (bytes[at + 1] === 0x75) {
    const code = hexAt(bytes, at + 2, 4)
    return code < 0 ? undefined : pairAt(bytes, at + 6, code)
  }
  const byte = hexAt(bytes, at + 1, 2)
  return byte < 0 ? undefined : { byte, taken: 3 }
}

// The longest name, CounterClockwiseContourIntegral, has 31 letters; numbers may have leading
// zeros.
const longestEntity = 34
const entity = /^&(#\d{1,30}|#[xX][0-9a-fA-F]{1,30}|[A-Za-z][A-Za-z0-9]{1,31})(;?)/

/** `&amp;`, `&#38;` and `&#x26;`. Numbers are taken without the semicolon too, as browsers do. */
function entityAt (bytes: Uint8Array, at: number): Escape | undefined {
  const ahead = String.fromCharCode(...bytes.subarray(at, at + longestEntity))
  const found = entity.exec(ahead)
  if (!found) return undefined
  const [token, name = '', end] = found
  if (!name.startsWith('#')) {
    if (end === '') return undefined
    const text = decodeHTMLStrict(token)
    return text === token ? undefined : { text, taken: token.length }
  }
  const hex = /^#[xX]/.test(name)
  const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10)
  return code > 0x10ffff ? undefined : { code, taken: token.length }
}

/** Escapes of one letter: those of C, with escape itself. */
const letters: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, b: 8, f: 12, v: 11, a: 7, e: 27 }
const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a

/** `\u{1f600}` of JavaScript, PHP and Rust. */
function bracedAt (bytes: Uint8Array, at: number): Escape | undefined {
  let code = 0
  for (let index = at + 3; index < at + 12; index++) {
    if (bytes[index] === 0x7d && index > at + 3) return { code, taken: index + 1 - at }
    const digit = digitOf(bytes[index])
    if (digit < 0) return undefined
    code = code * 16 + digit
    if (code > 0x10ffff) return undefined
  }
  return undefined
}

/** Three octal digits, as C and shells write bytes. */
function octalAt (bytes: Uint8Array, at: number): Escape | undefined {
  let byte = 0
  for (let index = at + 1; index <= at + 3; index++) {
    const digit = (bytes[index] ?? 0) - 0x30
    if (digit < 0 || digit > 7) return undefined
    byte = byte * 8 + digit
  }
  return byte > 0xff ? undefined : { byte, taken: 4 }
}

function backslashAt (bytes: Uint8Array, at: number): Escape | undefined {
  const next = bytes[at + 1]
  if (next === undefined) return undefined
  switch (next) {
    case 0x75: { // u
      if (bytes[at + 2] === 0x7b) return bracedAt(bytes, at)
      const code = hexAt(bytes, at + 2, 4)
      return code < 0 ? undefined : pairAt(bytes, at + 6, code)
    }
    case 0x55: { // U, of Go and Python
      const code = hexAt(bytes, at + 2, 8)
      return code < 0 || code > 0x10ffff ? undefined : { code, taken: 10 }
    }
    case 0x78: { // x
      const byte = hexAt(bytes, at + 2, 2)
      return byte < 0 ? undefined : { byte, taken: 4 }
    }
  }
  if (next >= 0x30 && next <= 0x37) return octalAt(bytes, at)
  const letter = letters[String.fromCharCode(next)]
  if (letter !== undefined) return { byte: letter, taken: 2 }
  // Shells put it before what they would act on.
  return next < 0x80 && !isLetter(next) ? { byte: next, taken: 2 } : undefined
}

function escapeAt (bytes: Uint8Array, at: number): Escape | undefined {
  const byte = bytes[at]
  if (byte === 0x25) return percentAt(bytes, at)
  if (byte === 0x26) return entityAt(bytes, at)
  return byte === 0x5c ? backslashAt(bytes, at) : undefined
}

/**
 * The view without what is not seen, or, when there is no such thing, with each escape read once;
 * undefined when there is none either.
 */
export function unescaped (view: View): View | undefined {
  // First: in the middle of an escape, it would be taken for a part of it.
  return withoutInvisible(view) ?? withoutEscapes(view)
}

function withoutEscapes (view: View): View | undefined {
  const { bytes, from, to, length } = view
  let builder: ViewBuilder | undefined
  let copied = 0
  for (let at = 0; at < length; at++) {
    const mark = bytes[at] as number
    if (mark !== 0x25 && mark !== 0x26 && mark !== 0x5c) continue
    const found = escapeAt(bytes, at)
    if (!found) continue
    builder ??= new ViewBuilder(length)
    builder.copy(view, copied, at)
    copied = at + found.taken
    const begin = from[at] ?? 0
    at = copied - 1
    const end = to[at] ?? begin
    if (found.byte !== undefined) builder.push(found.byte, begin, end)
    else if (found.code !== undefined) builder.pushCharacter(found.code, begin, end)
    for (const character of found.text ?? '') {
      builder.pushCharacter(character.codePointAt(0) ?? 0, begin, end)
    }
  }
  builder?.copy(view, copied, length)
  return builder?.view()
}
