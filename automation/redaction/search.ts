/** Finds secret values in a text, in whatever way it writes them. Pure. */
import { type Automaton } from './automaton.ts'
import { compressedViews } from './compressed.ts'
import { dumpViews } from './dumps.ts'
import { digitViews, mayBeEncoded } from './encodings.ts'
import { numberViews } from './numbers.ts'
import { quotedPrintableViews } from './quoted-printable.ts'
import { unescaped } from './unescape.ts'
import { mostEscapes, type ValuePattern } from './values.ts'
import { isGap, isSkipped, type View, viewOf, type Worth } from './view.ts'

/** Encodings in each other that are read: a key in base64, in a document, in base64. */
const deepest = 3

/** Reader of an encoding. */
interface Encoding {
  /** `spend` takes the bytes that are looked at beside those of the view. */
  readonly views: (view: View, worth: Worth, spend: (bytes: number) => void) => View[]
  /** Fits each view that may hold it, where one look says so of most that do not. */
  readonly sign?: RegExp
  /** Encodings that the view may be inside of already. */
  readonly within: number
}

/** Encodings within which a rare one is read, or one that may begin at many places. */
const withinFew = 1

/** Encodings beside those in runs of digits. */
const encodings: readonly Encoding[] = [
  { views: numberViews, sign: /\d[\s,;+]{1,4}\d{1,3}[\s,;+]{1,4}\d{1,3}[\s,;+]{1,4}\d/, within: deepest - 1 },
  { views: compressedViews, sign: /H4sI|1f8b08/i, within: deepest - 1 },
  { views: quotedPrintableViews, sign: /=(?:[\dA-Fa-f]{2}|\r?\n)/, within: withinFew },
  { views: dumpViews, sign: /[\da-fA-F]{4}:?[ \t+]{1,3}[\da-fA-F]{2}/, within: withinFew }
]

/** A part of a text: its first character, and the one after its last. */
export interface Span {
  from: number
  to: number
}

/** What a search found. */
export interface Found {
  spans: Span[]
  /** The first character of what may be the beginning of a secret, where the text ends in it. */
  open?: number
  /** Bytes that were looked at. */
  steps: number
}

/** The automata of a search. */
export interface Searched {
  /** Patterns that are found whatever quotes and blanks are between. */
  loose: readonly Automaton<ValuePattern>[]
  /** Patterns made of little else than quotes and blanks. */
  exact: readonly Automaton<ValuePattern>[]
}

/**
 * What closes base64 behind a secret: up to three characters of what came after it, and padding.
 */
const padding = /[A-Za-z0-9+/_-]{0,3}={1,2}/y

/**
 * Bytes at the end of what was decoded from which it is worth to look at the next text together
 * with it: fewer are there by chance.
 */
const worthKeeping = 4

/** How a view is gone through. */
interface Way {
  /** Leave out quotes and blanks. */
  loose: boolean
  /** Encodings that the view is inside of. */
  depth: number
}

/** A search through one text. */
class Search {
  readonly spans: Span[] = []
  open: number | undefined
  steps = 0
  readonly #text: string
  readonly #automata: Searched
  /** Take out beginnings at the end of the text, where more of it may follow. */
  readonly #goesOn: boolean

  constructor (text: string, automata: Searched, goesOn: boolean) {
    this.#text = text
    this.#automata = automata
    this.#goesOn = goesOn
    this.#look(viewOf(text), 0)
  }

  /** Looks through a view, through what its escapes stand for, and what it holds encoded. */
  #look (first: View, depth: number): void {
    let view = first
    for (let pass = 0;; pass++) {
      if (view.bare !== true) this.#walkAll(view, depth)
      const next = pass < mostEscapes ? unescaped(view) : undefined
      this.steps += view.length
      if (depth < deepest && (pass === 0 || !next)) this.#enter(view, depth)
      if (!next) return
      view = next
    }
  }

  #walkAll (view: View, depth: number): void {
    for (const automaton of this.#automata.loose) this.#walk(view, automaton, { loose: true, depth })
    for (const automaton of this.#automata.exact) this.#walk(view, automaton, { loose: false, depth })
  }

  #enter (view: View, depth: number): void {
    const worth: Worth = (bytes) => this.#isWorth(bytes, depth + 1)
    const spend = (bytes: number): void => {
      this.steps += bytes
    }
    for (const inner of digitViews(view, worth, { base32: depth <= withinFew })) this.#look(inner, depth + 1)
    const text = Buffer.from(view.bytes.buffer, view.bytes.byteOffset, view.length).toString('latin1')
    for (const { views, sign, within } of encodings) {
      if (depth > within || sign?.test(text) === false) continue
      this.steps += view.length
      for (const inner of views(view, worth, spend)) this.#look(inner, depth + 1)
    }
  }

  /** Says where in the bytes a pattern is, or may be. */
  #isWorth (bytes: Uint8Array, depth: number): ReturnType<Worth> {
    this.steps += bytes.length
    const { loose, exact } = this.#automata
    return loose.some((automaton) => this.#touches(bytes, automaton, true)) ||
        exact.some((automaton) => this.#touches(bytes, automaton, false))
      ? 'secret'
      : depth < deepest && mayBeEncoded(bytes)
      ? 'encoding'
      : 'nothing'
  }

  #touches (bytes: Uint8Array, automaton: Automaton<ValuePattern>, loose: boolean): boolean {
    let node = 0
    this.steps += bytes.length
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number
      if (loose && isSkipped(byte)) continue
      node = automaton.next(node, byte)
      if (automaton.ends(node)) return true
    }
    return this.#goesOn && automaton.begun(node) >= worthKeeping
  }

  #walk (view: View, automaton: Automaton<ValuePattern>, way: Way): void {
    const { bytes, length } = view
    const { loose } = way
    const kept = new Int32Array(length)
    let count = 0
    let node = 0
    let covered = -1
    this.steps += length
    for (let at = 0; at < length; at++) {
      const byte = bytes[at] ?? 0
      if (loose && isSkipped(byte)) continue
      kept[count++] = at
      node = automaton.next(node, byte)
      if (at <= covered || !automaton.ends(node)) continue
      for (const pattern of automaton.ending(node)) {
        const end = this.#accept(view, kept.subarray(0, count), pattern, way)
        if (end >= 0) {
          covered = end
          break
        }
      }
    }
    this.#leave(view, kept.subarray(0, count), automaton, { node, depth: way.depth })
  }

  /** Notes a value that ends at the last of the kept bytes; gives its last byte, or -1. */
  #accept (
    view: View,
    kept: Int32Array,
    { bytes, value, offset }: ValuePattern,
    { loose, depth }: Way
  ): number {
    let first = kept.length - bytes.length
    let last = kept[kept.length - 1] ?? 0
    let begin = offset
    let end = offset + bytes.length
    while (begin > 0 && first > 0 && view.bytes[kept[first - 1] ?? 0] === value.bytes[begin - 1]) {
      begin--
      first--
      this.steps++
    }
    for (let at = last + 1; end < value.bytes.length && at < view.length; at++) {
      const byte = view.bytes[at] ?? 0
      this.steps++
      if (loose && isSkipped(byte)) continue
      if (byte !== value.bytes[end]) break
      end++
      last = at
    }
    if (value.whole && end - begin < value.bytes.length) return -1
    let start = kept[first] ?? 0
    if (loose && value.gaps !== undefined && gapsIn(view, start, last) !== value.gaps) return -1
    if (begin === 0) start = beyond(view, start, -1, value.before)
    const stop = end === value.bytes.length ? beyond(view, last, 1, value.after) : last
    const to = view.to[stop] ?? 0
    this.spans.push({ from: view.from[start] ?? 0, to: depth === 0 ? to : this.#padded(to) })
    return last
  }

  #padded (to: number): number {
    padding.lastIndex = to
    return padding.test(this.#text) ? padding.lastIndex : to
  }

  /** Notes what may be the beginning of a secret, where the text ends. */
  #leave (
    view: View,
    kept: Int32Array,
    automaton: Automaton<ValuePattern>,
    { node, depth }: { node: number, depth: number }
  ): void {
    const last = kept[kept.length - 1]
    // An encoding in groups leaves up to three characters of the text to the next group.
    if (!this.#goesOn || last === undefined || (view.to[last] ?? 0) < this.#text.length - 3) return
    const begun = automaton.begun(node)
    if (begun >= (depth === 0 ? 1 : worthKeeping)) this.#keep(view.from[kept[kept.length - begun] ?? 0] ?? 0)
    const told = automaton.told(node)
    if (told > 0) {
      this.spans.push({ from: view.from[kept[kept.length - told] ?? 0] ?? 0, to: this.#text.length })
    }
  }

  #keep (from: number): void {
    this.open = Math.min(this.open ?? from, from)
  }
}

function gapsIn ({ bytes }: View, from: number, to: number): number {
  let count = 0
  for (let at = from; at <= to; at++) if (isGap(bytes[at] ?? 0)) count++
  return count
}

/** Goes on over quotes and blanks that belong to the value, as many as it has. */
function beyond ({ bytes, length }: View, at: number, step: 1 | -1, most: number): number {
  let end = at
  for (let left = most; left > 0 && end + step >= 0 && end + step < length; left--) {
    if (!isSkipped(bytes[end + step] ?? 0)) break
    end += step
  }
  return end
}

/**
 * Finds the parts of a text that hold secrets, in order and apart from each other. `goesOn`: the
 * text is a piece of a stream, and its end may be the beginning of a secret.
 */
export function search (text: string, automata: Searched, goesOn = false): Found {
  const { spans, open, steps } = new Search(text, automata, goesOn)
  return { spans: merged(spans), steps, ...(open !== undefined && { open }) }
}

/** The spans in order, those that touch as one. */
export function merged (spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}
