/** Reads lists of numbers, as which programs print bytes. Pure. */
import { type View, ViewBuilder, type Worth } from './view.ts'

/** Stands between two lists: no text and no UTF-8 has this byte. */
const between = 0xff
/** Numbers below which a list holds no secret (values.ts). */
const shortest = 6

/** Says whether a byte is a decimal digit. */
export const isDecimal = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39

/**
 * Bytes that lists of numbers stand for, decimal and octal: `[104 117]` of Go, `104, 117` of Node,
 * and what `od` prints. Numbers have blanks, line breaks, commas or semicolons between.
 */
export function numberViews (view: View, worth: Worth): View[] {
  return [10, 8].flatMap((base) => {
    const list = listsIn(view, base)
    return list.length > 0 && worth(list.bytes) !== 'nothing' ? [list] : []
  })
}

/** A comma, a semicolon, or + for a blank. */
const isSeparator = (byte: number): boolean => byte === 0x2c || byte === 0x3b || byte === 0x2b || byte <= 0x20

function listsIn ({ bytes, from, to, length }: View, base: number): View {
  const builder = new ViewBuilder(0)
  let begun = 0
  for (let at = 0; at < length;) {
    const byte = bytes[at] as number
    if (!isDecimal(byte)) {
      if (!isSeparator(byte) && builder.length > begun) {
        if (builder.length - begun >= shortest) builder.push(between, 0, 0)
        else builder.length = begun
        begun = builder.length
      }
      at++
      continue
    }
    const first = at
    let value = 0
    for (; at < length && isDecimal(bytes[at]); at++) {
      const digit = (bytes[at] as number) - 0x30
      value = digit < base ? Math.min(999, value * base + digit) : 999
    }
    if (value <= 0xff) builder.push(value, from[first] ?? 0, to[at - 1] ?? 0)
    else builder.push(between, 0, 0)
  }
  if (builder.length - begun < shortest) builder.length = begun
  return builder.view()
}
