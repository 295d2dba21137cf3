/** Reads what a text holds in base64, in hexadecimal digits and as lists of numbers. Pure. */
import { type View, ViewBuilder } from './view.ts'

/**
 * Between what was read from one run of digits and the next: no text and no UTF-8 has this byte.
 */
const between = 0xff
/** Bytes below which nothing can be a secret (values.ts). */
const shortest = 6
const shortestBase64 = Math.ceil(shortest * 8 / 6)

/** What a byte is that is no digit: it ends a run of digits, or stands between digits. */
const ends = -1
const stands = -2

/** The value of each byte as a digit, or what it is otherwise. `between`: further separators. */
function digitTable (digits: readonly string[], separators: string): Int8Array {
  const table = new Int8Array(256).fill(ends)
  for (const alphabet of digits) {
    for (const [value, character] of [...alphabet].entries()) {
      if (character !== ' ') table[character.charCodeAt(0)] = value
    }
  }
  // White space, quotes and backslashes: where text is wrapped, folded, or joined from strings.
  table.fill(stands, 0, 0x21)
  for (const character of `"'\\\`${separators}`) table[character.charCodeAt(0)] = stands
  return table
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** The standard alphabet and the one of URLs. */
const sextets = digitTable([`${letters}+/`, `${letters}-_`], '')
const nibbles = digitTable(['0123456789abcdef', '          ABCDEF'], ':-,+')

/** Runs of digits: their places in the view, and the counts at which each run ends. */
interface Runs {
  digits: Int32Array
  ends: number[]
}

/** Finds the runs of digits of at least `least`, with what may stand between digits left out. */
function runsOf ({ bytes, length }: View, table: Int8Array, least: number, prefixed: boolean): Runs {
  const digits = new Int32Array(length)
  const runs: number[] = []
  let count = 0
  let begun = 0
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number
    const kind = table[byte] as number
    if (kind >= 0) digits[count++] = at
    else if (kind === ends) {
      // `0x68, 0x75`: the prefix is no digit.
      if (prefixed && (byte | 0x20) === 0x78 && at > 0 && bytes[at - 1] === 0x30 && count > begun) {
        count--
        continue
      }
      if (count - begun < least) count = begun
      else runs.push(count)
      begun = count
    }
  }
  if (count - begun < least) count = begun
  else runs.push(count)
  return { digits: digits.subarray(0, count), ends: runs }
}

/** Says whether decoded bytes are worth a closer look. Most are what words read as base64 give. */
export type Worth = (bytes: Uint8Array) => boolean

/** Reads the digits of one run; each byte with the first and the last digit that it was made of. */
type ReadDigits = (
  bytes: Uint8Array,
  digits: Int32Array,
  take: (byte: number, first: number, last: number) => void
) => void

/**
 * What the runs of digits stand for, read from each place where it may begin: what comes before it
 * (a word, a path) may be of the same alphabet. Zeros are left out, so that UTF-16 reads as its
 * characters.
 */
function viewsOf (
  view: View,
  { digits, ends: runs }: Runs,
  read: ReadDigits,
  phases: number,
  worth: Worth
): View[] {
  const { bytes, from, to } = view
  const each = (phase: number, take: (byte: number, first: number, last: number) => void): void => {
    let begin = 0
    for (const end of runs) {
      read(bytes, digits.subarray(begin + phase, end), take)
      take(between, 0, 0)
      begin = end
    }
  }
  const views: View[] = []
  const plain = new Uint8Array(digits.length + runs.length)
  for (let phase = 0; phase < phases && runs.length > 0; phase++) {
    let count = 0
    each(phase, (byte) => {
      if (byte !== 0) plain[count++] = byte
    })
    if (!worth(plain.subarray(0, count))) continue
    const builder = new ViewBuilder(count)
    each(phase, (byte, first, last) => {
      if (byte !== 0) builder.push(byte, from[first] ?? 0, to[last] ?? 0)
    })
    views.push(builder.view())
  }
  return views
}

/** What the view's base64 stands for. */
export function base64Views (view: View, worth: Worth): View[] {
  return viewsOf(view, runsOf(view, sextets, shortestBase64, false), readBase64, 4, worth)
}

const readBase64: ReadDigits = (bytes, digits, take) => {
  let bits = 0
  let held = 0
  let first = 0
  for (const at of digits) {
    const value = sextets[bytes[at] as number] as number
    if (held === 0) {
      bits = value
      held = 6
    } else {
      bits = (bits << 6 | value) & 0xfff
      held -= 2
      take(bits >> held & 0xff, first, at)
    }
    first = at
  }
}

/** What the view's hexadecimal digits stand for. */
export function hexViews (view: View, worth: Worth): View[] {
  return viewsOf(view, runsOf(view, nibbles, 2 * shortest, true), readHex, 2, worth)
}

const readHex: ReadDigits = (bytes, digits, take) => {
  for (let index = 0; index + 1 < digits.length; index += 2) {
    const high = digits[index] as number
    const low = digits[index + 1] as number
    take((nibbles[bytes[high] as number] as number) << 4 | nibbles[bytes[low] as number] as number, high, low)
  }
}

/** Says whether bytes may hold what is encoded once more: escapes, lists, and runs of digits. */
export function mayBeEncoded (bytes: Uint8Array): boolean {
  let run = 0
  let hex = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    const kind = sextets[byte] as number
    const nibble = nibbles[byte] as number
    if (nibble >= 0) {
      if (++hex >= 2 * shortest) return true
    } else if (nibble === ends && (byte | 0x20) !== 0x78) hex = 0
    if (kind >= 0) {
      if (++run >= shortestBase64) return true
    } else if (kind === ends) {
      run = 0
      const next = bytes[at + 1] ?? 0
      if (byte === 0x25 && (nibbles[next] as number) >= 0) return true
      if (byte === 0x25 && next === 0x75) return true
      if (byte === 0x26 && (next === 0x23 || (next | 0x20) >= 0x61)) return true
      if (byte === 0x5b && isDecimal(next)) return true
    } else if (byte === 0x5c) return true
  }
  return false
}

const isDecimal = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

/** What lists of numbers stand for, as Go and Node print bytes: `[104 117]`, `[104,117]`. */
export function numberViews ({ bytes, from, to, length }: View): View[] {
  // A list begins with a bracket, and its numbers have something between.
  if (!bytes.includes(0x5b)) return []
  const builder = new ViewBuilder(0)
  let begun = 0
  for (let at = 0; at < length;) {
    const byte = bytes[at] ?? 0
    if (!isDecimal(byte)) {
      if (byte !== 0x2c && byte !== 0x2b && byte > 0x20) {
        if (builder.length - begun >= shortest) builder.push(between, 0, 0)
        else builder.length = begun
        begun = builder.length
      }
      at++
      continue
    }
    const first = at
    let value = 0
    for (; at < length && isDecimal(bytes[at] ?? 0); at++) {
      value = Math.min(999, value * 10 + (bytes[at] ?? 0) - 0x30)
    }
    if (value <= 0xff) builder.push(value, from[first] ?? 0, to[at - 1] ?? 0)
    else builder.push(between, 0, 0)
  }
  if (builder.length - begun < shortest) builder.length = begun
  return builder.length === 0 ? [] : [builder.view()]
}
