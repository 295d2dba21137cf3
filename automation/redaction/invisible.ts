/** Leaves out what nobody sees: characters without width, commands to terminals. Pure. */
import { type View, ViewBuilder } from './view.ts'

const escape = 0x1b
/** Bytes of a command to a terminal that are looked at: its text may be an address. */
const longestCommand = 2_100

/**
 * Bytes of the character at a place that has no width; 0: it has one. They are the characters that
 * Unicode calls Default_Ignorable and that texts are cut by: U+00AD, U+034F, U+061C, U+180B to
 * U+180F, U+200B to U+200F, U+202A to U+202E, U+2060 to U+206F, U+FE00 to U+FE0F, U+FEFF and the
 * tags from U+E0000 to U+E0FFF.
 */
function widthless (bytes: Uint8Array, at: number): number {
  const second = bytes[at + 1] ?? 0
  const third = bytes[at + 2] ?? 0
  switch (bytes[at]) {
    case 0xc2:
      return second === 0xad ? 2 : 0
    case 0xcd:
      return second === 0x8f ? 2 : 0
    case 0xd8:
      return second === 0x9c ? 2 : 0
    case 0xe1:
      return second === 0xa0 && third >= 0x8b && third <= 0x8f ? 3 : 0
    case 0xe2:
      return (second === 0x80 && ((third >= 0x8b && third <= 0x8f) || (third >= 0xaa && third <= 0xae))) ||
          (second === 0x81 && third >= 0xa0 && third <= 0xaf)
        ? 3
        : 0
    case 0xef:
      return (second === 0xb8 && third <= 0x8f) || (second === 0xbb && third === 0xbf) ? 3 : 0
    case 0xf3:
      return second === 0xa0 ? 4 : 0
    default:
      return 0
  }
}

/** Says whether such a character or command may begin at a place. */
export function beginsInvisible (bytes: Uint8Array, at: number): boolean {
  return bytes[at] === escape
    ? bytes[at + 1] === 0x5b || bytes[at + 1] === 0x5d
    : widthless(bytes, at) > 0
}

/** Bytes of the command to a terminal at a place (ECMA-48, section 5.4; xterm's OSC); 0: none. */
function commandLength (bytes: Uint8Array, at: number): number {
  const end = Math.min(bytes.length, at + longestCommand)
  if (bytes[at + 1] === 0x5b) {
    let next = at + 2
    while (next < end && (bytes[next] ?? 0) >= 0x20 && (bytes[next] ?? 0) <= 0x3f) next++
    return next < end && (bytes[next] ?? 0) >= 0x40 && (bytes[next] ?? 0) <= 0x7e ? next + 1 - at : 0
  }
  if (bytes[at + 1] !== 0x5d) return 0
  for (let next = at + 2; next < end; next++) {
    if (bytes[next] === 0x07) return next + 1 - at
    if (bytes[next] === escape) return bytes[next + 1] === 0x5c ? next + 2 - at : 0
  }
  return 0
}

/** The first place from `at` on at which such a thing may begin; the length when there is none. */
function nextInvisible (bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === escape || (byte >= 0xc2 && widthless(bytes, at) > 0)) return at
  }
  return bytes.length
}

/** The view without them; undefined when it holds none. */
export function withoutInvisible (view: View): View | undefined {
  const { bytes, length } = view
  let builder: ViewBuilder | undefined
  let copied = 0
  for (let at = nextInvisible(bytes, 0); at < length; at = nextInvisible(bytes, at)) {
    const skipped = bytes[at] === escape ? commandLength(bytes, at) : widthless(bytes, at)
    if (skipped > 0) {
      builder ??= new ViewBuilder(length)
      builder.copy(view, copied, at)
      copied = at + skipped
    }
    at += Math.max(1, skipped)
  }
  builder?.copy(view, Math.min(copied, length), length)
  return builder?.view()
}
