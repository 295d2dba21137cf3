/** Reads what a text holds in base64, in base32 and in hexadecimal digits. Pure. */
import { beginsInvisible } from './invisible.ts'
import { isDecimal } from './numbers.ts'
import { type Alphabet, ends, RunFinder, type Runs, stands } from './runs.ts'
import { type View, type Worth } from './view.ts'

/**
 * Between what was read from one run of digits and the next: no text and no UTF-8 has this byte.
 */
const between = 0xff
/** Bytes below which nothing can be a secret (values.ts). */
const shortest = 6
const shortestBase64 = Math.ceil(shortest * 8 / 6)

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
 * The alphabets of base32 (RFC 4648, sections 6 and 7), each in both cases. Only lines are broken:
 * words are of letters too.
 */
const base32 = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  'abcdefghijklmnopqrstuvwxyz234567',
  '0123456789ABCDEFGHIJKLMNOPQRSTUV',
  '0123456789abcdefghijklmnopqrstuv'
].map((digits) => {
  const table = digitTable([digits], '')
  for (const byte of Buffer.from(' \t"\'`')) table[byte] = ends
  return table
})

/** Ways in which runs of digits are read. */
interface Digits extends Alphabet {
  /** Bits of a digit. */
  readonly bits: number
}

const digitsOf = (table: Int8Array, bits: number, more: Partial<Alphabet> = {}): Digits => ({
  table,
  bits,
  least: Math.ceil(shortest * 8 / bits),
  ...more
})

/** The alphabets that are read in any encoding, and after them those of base32. */
const alphabets: readonly Digits[] = [
  digitsOf(sextets, 6),
  digitsOf(dashed, 6, { cuts: '-_', fits: inGroups }),
  digitsOf(nibbles, 4, { prefixed: true }),
  ...base32.map((table) => digitsOf(table, 5))
]
const inAny = new RunFinder(alphabets.slice(0, 3))
const inAll = new RunFinder(alphabets)

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

/** Bytes that were read so, each with the places of the digits that it was made of. */
function readPlaced (
  { bytes, from, to }: View,
  { digits, ends: runs }: Runs,
  phase: number,
  { table, bits }: Digits,
  plain: Uint8Array
): View {
  const first = new Int32Array(plain.length)
  const last = new Int32Array(plain.length)
  let count = 0
  let begin = 0
  for (const end of runs) {
    let value = 0
    let held = 0
    let start = begin + phase
    for (let index = start; index < end; index++) {
      value = (value << bits | table[bytes[digits[index] as number] as number] as number) & 0xffff
      held += bits
      if (held < 8) continue
      held -= 8
      if ((value >> held & 0xff) !== 0) {
        first[count] = from[digits[start] as number] as number
        last[count++] = to[digits[index] as number] as number
      }
      // The rest of this digit is the beginning of the next byte.
      start = held > 0 ? index : index + 1
    }
    count++
    begin = end
  }
  return { length: plain.length, bytes: plain, from: first, to: last }
}

/** The least number of digits that stand for whole bytes: so many places a byte may begin at. */
const phasesOf = ({ bits }: Digits): number => bits === 4 ? 2 : bits === 6 ? 4 : 8

/**
 * What the runs of digits stand for, read from each place where it may begin: what comes before it
 * (a word, a path) may be of the same alphabet. Zeros are left out, so that UTF-16 reads as its
 * characters.
 */
function viewsOf (view: View, runs: Runs, how: Digits, worth: Worth): View[] {
  const views: View[] = []
  const plain = new Uint8Array(runs.digits.length + runs.ends.length)
  for (let phase = 0; phase < phasesOf(how); phase++) {
    const count = readPlain(view.bytes, runs, phase, how, plain)
    const found = worth(plain.subarray(0, count))
    if (found === 'nothing') continue
    const inner = readPlaced(view, runs, phase, how, plain.slice(0, count))
    views.push(found === 'secret' ? inner : { ...inner, bare: true })
  }
  return views
}

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

/** Bytes that the view's base64, hexadecimal digits and, when asked for, base32 stand for. */
export function* digitViews (
  view: View,
  worth: Worth,
  { base32 }: { base32: boolean }
): Generator<View> {
  const found = (base32 ? inAll : inAny).find(view.bytes)
  for (const [index, runs] of found.entries()) {
    const how = alphabets[index]
    if (runs && how) yield* viewsOf(view, runs, how, worth)
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
