/** Reads what a text holds in base64, in base32 and in hexadecimal digits. Pure. */
import { beginsInvisible } from './invisible.ts'
import { isDecimal } from './numbers.ts'
import { type View, ViewBuilder, type Worth } from './view.ts'

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
/** The standard alphabet, in groups with dashes between. */
const dashed = digitTable([`${letters}+/`], '-_')
for (const byte of Buffer.from(' \t\n\r"\'`\\')) dashed[byte] = ends
const nibbles = digitTable(['0123456789abcdef', '          ABCDEF'], ':-,+')
/**
 * The alphabets of base32 (RFC 4648, sections 6 and 7), each in both cases, and what of each a text
 * has to hold. Only lines are broken: words are of letters too.
 */
const base32 = [
  { digits: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', sign: /[A-Z2-7]{10}/ },
  { digits: 'abcdefghijklmnopqrstuvwxyz234567', sign: /[a-z2-7]{10}/ },
  { digits: '0123456789ABCDEFGHIJKLMNOPQRSTUV', sign: /[\dA-V]{10}/ },
  { digits: '0123456789abcdefghijklmnopqrstuv', sign: /[\da-v]{10}/ }
].map(({ digits, sign }) => {
  const table = digitTable([digits], '')
  for (const byte of Buffer.from(' \t"\'`')) table[byte] = ends
  return { table, sign }
})

/** Runs of digits: their places in the view, and the counts at which each run ends. */
interface Runs {
  digits: Int32Array
  ends: number[]
}

/** How runs of digits are read. */
interface Digits {
  readonly table: Int8Array
  /** Bits of a digit. */
  readonly bits: number
  /** Digits may have the prefix `0x`. */
  readonly prefixed?: boolean
  /** Says whether a run of digits can be one; each is when it is absent. */
  readonly fits?: (digits: Int32Array) => boolean
}

/** Finds the runs that may hold a secret, with what may stand between digits left out. */
function runsOf ({ bytes, length }: View, { table, bits, prefixed, fits }: Digits): Runs {
  const least = Math.ceil(shortest * 8 / bits)
  const digits = new Int32Array(length)
  const runs: number[] = []
  let count = 0
  let begun = 0
  const end = (): void => {
    if (count - begun < least || fits?.(digits.subarray(begun, count)) === false) count = begun
    else runs.push(count)
    begun = count
  }
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number
    const kind = table[byte] as number
    if (kind >= 0) digits[count++] = at
    else if (kind === ends) {
      // `0x68, 0x75`: the prefix is no digit.
      if (prefixed === true && (byte | 0x20) === 0x78 && at > 0 && bytes[at - 1] === 0x30 && count > begun) {
        count--
        continue
      }
      end()
    }
  }
  end()
  return { digits: digits.subarray(0, count), ends: runs }
}

/** Takes a byte, with the first and the last digit that it was made of. */
type Take = (byte: number, first: number, last: number) => void

/** Reads the digits of one run. */
function readDigits (bytes: Uint8Array, places: Int32Array, { table, bits }: Digits, take: Take): void {
  let value = 0
  let held = 0
  let first = 0
  for (const at of places) {
    if (held === 0) first = at
    value = (value << bits | table[bytes[at] as number] as number) & 0xffff
    held += bits
    if (held < 8) continue
    held -= 8
    take(value >> held & 0xff, first, at)
    first = at
  }
}

/**
 * Reads the digits of all runs into `plain` and gives the number of bytes. It is what a search
 * spends its time with, so it says nothing of their places.
 */
function readPlain (
  bytes: Uint8Array,
  { digits, ends: runs }: Runs,
  phase: number,
  { table, bits }: Digits,
  plain: Uint8Array
): number {
  let count = 0
  let begin = 0
  for (const end of runs) {
    let value = 0
    let held = 0
    for (let index = begin + phase; index < end; index++) {
      value = (value << bits | table[bytes[digits[index] as number] as number] as number) & 0xffff
      held += bits
      if (held < 8) continue
      held -= 8
      const byte = value >> held & 0xff
      if (byte !== 0) plain[count++] = byte
    }
    plain[count++] = between
    begin = end
  }
  return count
}

/** The least number of digits that stand for whole bytes: so many places a byte may begin at. */
const phasesOf = ({ bits }: Digits): number => bits === 4 ? 2 : bits === 6 ? 4 : 8

/**
 * What the runs of digits stand for, read from each place where it may begin: what comes before it
 * (a word, a path) may be of the same alphabet. Zeros are left out, so that UTF-16 reads as its
 * characters.
 */
function viewsOf (view: View, how: Digits, worth: Worth): View[] {
  const { digits, ends: runs } = runsOf(view, how)
  const { bytes, from, to } = view
  const each = (phase: number, take: Take): void => {
    let begin = 0
    for (const end of runs) {
      readDigits(bytes, digits.subarray(begin + phase, end), how, take)
      take(between, 0, 0)
      begin = end
    }
  }
  const views: View[] = []
  const plain = new Uint8Array(digits.length + runs.length)
  for (let phase = 0; phase < phasesOf(how) && runs.length > 0; phase++) {
    const count = readPlain(bytes, { digits, ends: runs }, phase, how, plain)
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
  const plain = viewsOf(view, { table: sextets, bits: 6 }, worth)
  return isCut(view) ? [...plain, ...viewsOf(view, { table: dashed, bits: 6, fits: inGroups }, worth)] : plain
}

/** Says whether there is a dash at all. */
const isCut = ({ bytes }: View): boolean => bytes.includes(0x2d) || bytes.includes(0x5f)

/**
 * Says whether what stands between digits cuts them into groups of one length, but for the first
 * and the last, beside which there may be other digits: words and names are of several lengths.
 */
function inGroups (digits: Int32Array): boolean {
  let width = 0
  let begun = 0
  for (let at = 1; at < digits.length; at++) {
    if ((digits[at] ?? 0) === (digits[at - 1] ?? 0) + 1) continue
    if (begun > 0 && width > 0 && at - begun !== width) return false
    if (begun > 0) width = at - begun
    begun = at
  }
  return width > 0
}

/** Readers of what the view's base32 stands for, and what a view holds that one is of use for. */
export const base32Readers = base32.map(({ table, sign }) => ({
  views: (view: View, worth: Worth) => viewsOf(view, { table, bits: 5 }, worth),
  sign
}))

/** What the view's hexadecimal digits stand for. */
export function hexViews (view: View, worth: Worth): View[] {
  return viewsOf(view, { table: nibbles, bits: 4, prefixed: true }, worth)
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
      if (nibble < 10 && isBetween(bytes[at + 1]) && isNumber(bytes, at + 2)) return true
    } else if (nibble === ends && (byte | 0x20) !== 0x78) hex = 0
    if (kind >= 0) {
      if (++run >= shortestBase64) return true
    } else if (kind === ends) {
      run = 0
      const next = bytes[at + 1] ?? 0
      if (byte === 0x25 && (nibbles[next] as number) >= 0) return true
      if (byte === 0x25 && next === 0x75) return true
      if (byte === 0x26 && (next === 0x23 || (next | 0x20) >= 0x61)) return true
      if (byte === 0x3d && (nibbles[next] as number) >= 0) return true
      if (byte >= 0xc2 && beginsInvisible(bytes, at)) return true
    } else if (byte === 0x5c || (byte === 0x1b && beginsInvisible(bytes, at))) return true
  }
  return false
}

/** A blank, line break or comma. */
const isBetween = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x2c

/** Says whether a number follows, a blank before it or none. */
const isNumber = (bytes: Uint8Array, at: number): boolean =>
  isDecimal(bytes[at]) || (bytes[at] === 0x20 && isDecimal(bytes[at + 1]))
