/** Secret values as they are looked for. Pure. */
import { unescaped } from './unescape.ts'
import { isGap, isSkipped, type View, viewOf, viewOfBytes } from './view.ts'

/**
 * Characters below which a value is left alone: shorter ones ("true", "admin", a port) occur by
 * chance everywhere, and taking them out would hide nothing that can be guarded.
 */
export const shortest = 6
/**
 * Bytes below which what is left out in a search (blanks, line breaks) has to be as in the value:
 * "on time" is not the secret "ontime".
 */
const certain = 12
/** Bytes of a value that the automaton holds as a whole; a key has up to 12,000. */
const longestPattern = 96
/** Bytes of a piece of a longer value: eighteen bytes of a key, which do not occur by chance. */
const piece = 24
/** Bytes of a beginning that is taken out without its end: no longer piece of a secret stays. */
const tellingStart = 8
/** Bytes from which a beginning is told that is made of letters only: few words are as long. */
const tellingWords = 12
/** Times that escapes are read: escapes in escapes in escapes come in JSON in JSON, in a URL. */
export const mostEscapes = 6

/** A secret value, without what is left out in a search. */
export interface Value {
  readonly bytes: Uint8Array
  /** Place of each byte among all, those that are left out too. */
  readonly places: Int32Array
  /** Bytes that were left out before its first and after its last. */
  readonly before: number
  readonly after: number
  /** Blanks and line breaks inside it; undefined: any number. */
  readonly gaps: number | undefined
  /** Only the whole of it is a secret: the values inside are known by themselves. */
  readonly whole: boolean
}

/** Bytes of a value that the automaton looks for. */
export interface ValuePattern {
  readonly bytes: Uint8Array
  readonly least: number
  readonly value: Value
  /** Place in the value. */
  readonly offset: number
}

/** Settings of a value that is learnt. */
export interface Learning {
  /** See Value. */
  whole?: boolean
}

function valueOf ({ bytes, length }: View, { whole = false }: Learning): Value | undefined {
  const kept = new Uint8Array(length)
  const places = new Int32Array(length)
  let count = 0
  let first = none
  let last = none
  let gaps = 0
  let open = 0
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] ?? 0
    if (isSkipped(byte)) {
      if (first !== none && isGap(byte)) open++
      continue
    }
    gaps += open
    open = 0
    if (first === none) first = at
    last = at
    places[count] = at
    kept[count++] = byte
  }
  if (count < shortest) return undefined
  return {
    bytes: kept.subarray(0, count),
    places: places.subarray(0, count),
    before: first,
    after: length - 1 - last,
    gaps: count < certain ? gaps : undefined,
    whole
  }
}

const none = -1

/** A beginning that is no usual word: not of letters only, or in both cases, or long. */
function tellingLength ({ bytes, places }: Value): number {
  let other = false
  let upper = false
  let lower = false
  for (const [index, byte] of bytes.entries()) {
    const isUpper = byte >= 0x41 && byte <= 0x5a
    const isLower = byte >= 0x61 && byte <= 0x7a
    upper ||= isUpper
    lower ||= isLower
    other ||= !isUpper && !isLower
    // As a reader counts: what is left out in a search is shown too.
    const place = places[index] ?? 0
    const next = places[index + 1] ?? place + 1
    const length = next - (places[0] ?? 0)
    other ||= next > place + 1
    if (length >= tellingWords || (length >= tellingStart && (other || (upper && lower)))) return index + 1
  }
  return Number.MAX_SAFE_INTEGER
}

function patternsOf (value: Value): ValuePattern[] {
  const { bytes, whole } = value
  const never = Number.MAX_SAFE_INTEGER
  const at = (offset: number, length: number, least: number): ValuePattern => ({
    bytes: bytes.subarray(offset, offset + length),
    least,
    value,
    offset
  })
  if (bytes.length <= longestPattern) return [at(0, bytes.length, whole ? never : tellingLength(value))]
  if (whole) return [at(0, longestPattern, never)]
  const patterns = [at(0, longestPattern, tellingLength(value))]
  for (let offset = 0; offset + piece <= bytes.length; offset += piece) {
    patterns.push(at(offset, piece, never))
  }
  patterns.push(at(bytes.length - piece, piece, never))
  return patterns
}

/** Patterns of a value, and those that are looked for with nothing left out. */
export interface Learnt {
  patterns: ValuePattern[]
  exact: ValuePattern[]
}

/**
 * The patterns by which a value is found: as it is, and as it is when what looks like an escape in
 * it is read, because texts are read so too.
 */
export function patternsFor (secret: string | Uint8Array, learning: Learning = {}): Learnt {
  const learnt: Learnt = { patterns: [], exact: [] }
  let view: View | undefined = typeof secret === 'string' ? viewOf(secret) : viewOfBytes(secret)
  for (let pass = 0; view && pass <= mostEscapes; pass++) {
    const value = valueOf(view, learning)
    if (value) learnt.patterns.push(...patternsOf(value))
    else if (view.length >= shortest) {
      const bytes = view.bytes.slice(0, longestPattern)
      learnt.exact.push({
        bytes,
        least: Number.MAX_SAFE_INTEGER,
        offset: 0,
        value: { bytes, places: new Int32Array(), before: 0, after: 0, gaps: undefined, whole: false }
      })
    }
    view = unescaped(view)
  }
  return learnt
}
