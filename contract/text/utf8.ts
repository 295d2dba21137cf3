/** Bytes from outside read as UTF-8, and nothing else. Imports nothing. */

/** What keeps bytes from being UTF-8, and where (both from 1). */
export interface NotUtf8 {
  /** Completes "the file": `is UTF-16, has to be UTF-8`. */
  readonly wrong: string
  /** Offset of the byte, from 0. */
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** Marks of other encodings; those of UTF-32 begin with those of UTF-16. */
const marks: readonly [name: string, bytes: readonly number[]][] = [
  ['UTF-32', [0xff, 0xfe, 0, 0]],
  ['UTF-32', [0, 0, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]]
]

const strict = new TextDecoder('utf-8', { fatal: true })

/** The text of bytes without the byte order mark that it may begin with, or why they have none. */
export function readUtf8 (bytes: Uint8Array): { text: string } | NotUtf8 {
  const [other] = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? []
  if (other !== undefined) {
    return { wrong: `is ${other}, has to be UTF-8`, offset: 0, line: 1, column: 1 }
  }
  try {
    return { text: strict.decode(bytes) }
  } catch {
    const offset = firstInvalid(bytes)
    const before = strict.decode(bytes.subarray(0, offset))
    const lines = before.split(/\r\n|\r|\n/)
    const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0')
    return {
      wrong: `is not UTF-8: it has the byte 0x${byte} here, which no UTF-8 character has there`,
      offset,
      line: lines.length,
      column: [...lines.at(-1) ?? ''].length + 1
    }
  }
}

/** The offset of the first byte that belongs to no character. Looks at each byte once. */
function firstInvalid (bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length) {
    const length = lengthAt(bytes, at)
    if (length === 0) return at
    at += length
  }
  return at
}

/** Bytes of the character that begins at an offset; 0 when none does (RFC 3629, section 4). */
function lengthAt (bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xc2 && first <= 0xdf
    ? 2
    : first >= 0xe0 && first <= 0xef
    ? 3
    : first >= 0xf0 && first <= 0xf4
    ? 4
    : 0
  // The second byte has a shorter range where a longer form, a surrogate or more than U+10FFFF
  // would begin.
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  for (let nth = 1; nth < length; nth++) {
    const next = bytes[at + nth] ?? 0
    if (next < (nth === 1 ? least : 0x80) || next > (nth === 1 ? most : 0xbf)) return 0
  }
  return length
}
