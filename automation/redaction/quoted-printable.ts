/** Reads quoted-printable, the encoding of mail (RFC 2045, section 6.7). Pure. */
import { digitOf } from './unescape.ts'
import { type View, ViewBuilder, type Worth } from './view.ts'

const equals = 0x3d

/** Bytes that `=` and a line break take: the line goes on. 0: none. */
function softBreak (bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] === 0x0a) return 2
  return bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a ? 3 : 0
}

/** The byte of `=41`; -1: it is none. */
function byteAt (bytes: Uint8Array, at: number): number {
  const [high, low] = [digitOf(bytes[at + 1]), digitOf(bytes[at + 2])]
  return high < 0 || low < 0 ? -1 : high << 4 | low
}

/** Bytes that the view stands for, when it is read as quoted-printable. */
export function quotedPrintableViews ({ bytes, from, to, length }: View, worth: Worth): View[] {
  const builder = new ViewBuilder(length)
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number
    const skipped = byte === equals ? softBreak(bytes, at) : 0
    const read = byte === equals ? byteAt(bytes, at) : -1
    if (skipped > 0) at += skipped - 1
    else if (read < 0) builder.push(byte, from[at] ?? 0, to[at] ?? 0)
    else {
      builder.push(read, from[at] ?? 0, to[at + 2] ?? 0)
      at += 2
    }
  }
  const view = builder.view()
  return view.length < length && worth(view.bytes) !== 'nothing' ? [view] : []
}
