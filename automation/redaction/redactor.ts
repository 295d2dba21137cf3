/**
 * Redaction by value: what was seen as a secret is taken out of every text that leaves a process.
 */
import { Automaton } from './automaton.ts'
import { contentsOf } from './contents.ts'
import { type Found, merged, search, type Searched, type Span } from './search.ts'
import { patternsFor, shortest, type Learning, type ValuePattern } from './values.ts'

export const redacted = '[secret]'

// A unit holds a few hundred secrets (keys, certificates, passwords, tokens); beyond this the
// first that were learnt are kept.
const most = 10_000
/** Bytes of patterns, 20 bytes of memory each: a thousand keys of 4,096 bits. */
const mostBytes = 4 * 1024 * 1024
/**
 * Characters of a stream that are looked at again with what comes next: more than a line of a key
 * or a password in any encoding.
 */
const keptOfStream = 512
/** Streams (resources that print) of which the end is kept at once. */
const mostStreams = 100
/** Lines of fewer characters are readable. */
const shortestLine = 4

/** Patterns in automata, of which the later ones are smaller: few are made anew for one more. */
class Patterns {
  #automata: Automaton<ValuePattern>[] = []
  #waiting: ValuePattern[] = []
  readonly #known = new Set<string>()
  size = 0

  add (pattern: ValuePattern): void {
    const key = `${pattern.least} ${pattern.value.whole} ${Buffer.from(pattern.bytes).toString('latin1')}`
    if (this.#known.has(key) || this.size + pattern.bytes.length > mostBytes) return
    this.#known.add(key)
    this.size += pattern.bytes.length
    this.#waiting.push(pattern)
  }

  automata (): readonly Automaton<ValuePattern>[] {
    if (this.#waiting.length > 0) {
      let next = new Automaton(this.#waiting)
      this.#waiting = []
      // Each is twice as large as the next: a pattern is linked anew as often as sizes double.
      for (
        let last = this.#automata.at(-1);
        last && last.size < 2 * next.size;
        last = this.#automata.at(-1)
      ) {
        this.#automata.pop()
        next = new Automaton([...last.patterns, ...next.patterns])
      }
      this.#automata.push(next)
    }
    return this.#automata
  }
}

/** Collects secret values and takes them out of texts. */
export class Redactor {
  readonly #learnt = new Set<string>()
  readonly #public = new Set<string>()
  readonly #loose = new Patterns()
  readonly #exact = new Patterns()
  /** Lines too short to be looked for inside others. */
  readonly #lines = new Set<string>()
  /** The ends of streams in which a secret may have begun. */
  readonly #streams = new Map<string, string>()

  /**
   * Every string inside the value is public: it stays readable even where a provider wraps it as a
   * secret (Google's wraps the labels that the federation file spells out). Call it before `learn`.
   */
  allow (value: unknown): void {
    if (typeof value === 'string') this.#public.add(value.trim())
    else if (value !== null && typeof value === 'object') {
      for (const item of Object.values(value)) this.allow(item)
    }
  }

  /**
   * Learns every string (and number of six digits or more) inside the value, and what is secret
   * inside each: of a document, an address, a key file.
   */
  learn (value: unknown): void {
    if (typeof value === 'string') this.#learnText(value)
    else if (typeof value === 'number') this.#learnText(String(value))
    else if (value instanceof Uint8Array) this.#learnForms(value)
    else if (value !== null && typeof value === 'object') {
      for (const item of Object.values(value)) this.learn(item)
    }
  }

  /** The text with every learnt value replaced, in whatever form it is written. */
  text (text: string): string {
    return masked(text, this.find(text).spans)
  }

  /** The parts of a text that are secret, and the steps that it took to find them. */
  find (text: string): Found {
    return this.#find(text, false)
  }

  /**
   * The text with every learnt value replaced, as the next piece of a stream: a secret may have
   * begun in the piece before, or begin at the end of this one. `stream` names the stream.
   */
  piece (stream: string, text: string): string {
    const before = this.#streams.get(stream) ?? ''
    const joined = before + text
    const { spans, open } = this.#find(joined, true)
    const masks = spans.filter(({ to }) => to > before.length).map(({ from, to }) => ({
      from: Math.max(0, from - before.length),
      to: to - before.length
    }))
    const last = spans.at(-1)
    const begun = last && last.to === joined.length ? Math.min(last.from, open ?? last.from) : open
    this.#streams.delete(stream)
    if (begun !== undefined) {
      this.#streams.set(stream, joined.slice(Math.max(begun, joined.length - keptOfStream)))
      const [oldest] = this.#streams.keys()
      if (this.#streams.size > mostStreams && oldest !== undefined) this.#streams.delete(oldest)
    }
    return masked(text, masks)
  }

  /** A copy of a JSON value with every string redacted, keys included. */
  value<T> (value: T): T {
    if (typeof value === 'string') return this.text(value) as T
    if (typeof value === 'number') {
      const text = this.text(String(value))
      return (text === String(value) ? value : text) as T
    }
    if (Array.isArray(value)) return value.map((item: unknown) => this.value(item)) as T
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [this.text(key), this.value(item)])
      ) as T
    }
    return value
  }

  #find (text: string, goesOn: boolean): Found {
    const automata: Searched = { loose: this.#loose.automata(), exact: this.#exact.automata() }
    if (
      (automata.loose.length === 0 && automata.exact.length === 0) || (!goesOn && text.length < shortestLine)
    ) {
      return { spans: [], steps: 0 }
    }
    const found = search(text, automata, goesOn)
    return this.#lines.size === 0
      ? found
      : { ...found, spans: merged([...found.spans, ...this.#wholeLines(text)]) }
  }

  /** Lines of the text that are a short line of a secret. */
  #wholeLines (text: string): Span[] {
    const spans: Span[] = []
    for (let from = 0; from <= text.length;) {
      const end = text.indexOf('\n', from)
      const to = end < 0 ? text.length : end
      const line = text.slice(from, to)
      if (this.#lines.has(line.trim())) spans.push({ from, to })
      from = to + 1
    }
    return spans
  }

  #learnText (text: string): void {
    const whole = text.trim()
    if (
      whole.length < shortest || this.#public.has(whole) || this.#learnt.has(whole) ||
      this.#learnt.size >= most
    ) return
    this.#learnt.add(whole)
    const { values, bytes, document } = contentsOf(whole)
    this.#learnForms(whole, { whole: document })
    for (const value of values) {
      if (!this.#public.has(value) && !this.#learnt.has(value) && this.#learnt.size < most) {
        this.#learnt.add(value)
        this.#learnForms(value)
      }
    }
    for (const inner of bytes) this.#learnForms(inner)
    const last = whole.split('\n').filter((line) => !line.startsWith('-----')).at(-1)?.trim() ?? ''
    if (whole.includes('\n') && !document && last.length >= shortestLine && last.length < shortest) {
      this.#lines.add(last)
    }
  }

  #learnForms (value: string | Uint8Array, learning?: Learning): void {
    const { patterns, exact } = patternsFor(value, learning)
    for (const pattern of patterns) this.#loose.add(pattern)
    for (const pattern of exact) this.#exact.add(pattern)
    if (typeof value !== 'string' || !/[^\0-\x7f]/.test(value)) return
    for (const spelling of spellingsOf(value)) {
      for (const pattern of patternsFor(spelling, learning).patterns) this.#loose.add(pattern)
    }
  }
}

const windows = new TextDecoder('windows-1252')

/**
 * Other ways in which characters beyond ASCII are written: composed or not, in other encodings, and
 * as what a reader of the wrong encoding takes them for.
 */
function spellingsOf (text: string): (string | Uint8Array)[] {
  const written = [text, text.normalize('NFC'), text.normalize('NFD')].flatMap((spelling) => {
    const bytes = Buffer.from(spelling)
    return [spelling, bytes.toString('latin1'), windows.decode(bytes)]
  })
  return [...new Set(written)].flatMap((spelling) => [
    spelling,
    // PowerShell encodes UTF-16. Without its zeros it is ASCII, as which it is found; other
    // characters are found by their bytes, as are those of Latin-1 where they are one byte.
    Buffer.from(spelling, 'utf16le').filter((byte) => byte !== 0),
    latin(spelling)
  ])
}

/** The text in Latin-1, and what Latin-1 has no byte for in UTF-8, as JavaScript escapes it. */
function latin (text: string): Uint8Array {
  return Buffer.concat(
    [...text].map((character) => Buffer.from(character, character.charCodeAt(0) < 0x100 ? 'latin1' : 'utf8'))
  )
}

function masked (text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text
  let result = ''
  let at = 0
  for (const { from, to } of spans) {
    result += text.slice(at, from) + redacted
    at = to
  }
  return result + text.slice(at)
}
