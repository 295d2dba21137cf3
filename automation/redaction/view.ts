/** A text as bytes, each of which knows from where in the text it was made. Pure. */

/** Bytes that were read out of a text in one way or another. */
export interface View {
  readonly length: number
  readonly bytes: Uint8Array
  /** For each byte, the first character of the text that it was made from. */
  readonly from: Int32Array
  /** For each byte, the character after the last one. */
  readonly to: Int32Array
  /** Nothing is in the bytes as they are; it may be in what they are an encoding of. */
  readonly bare?: boolean
}

/**
 * Says what a closer look at decoded bytes may find: a secret in them, one in what they encode in
 * turn, or nothing, as in most of what words read as base64 give.
 */
export type Worth = (bytes: Uint8Array) => 'secret' | 'encoding' | 'nothing'

/** Builds a view byte by byte. */
export class ViewBuilder {
  length = 0
  #bytes: Uint8Array
  #from: Int32Array
  #to: Int32Array

  /** `expected`: bytes that are made room for. */
  constructor (expected: number) {
    const size = Math.max(16, expected)
    this.#bytes = new Uint8Array(size)
    this.#from = new Int32Array(size)
    this.#to = new Int32Array(size)
  }

  push (byte: number, from: number, to: number): void {
    if (this.length === this.#bytes.length) this.#grow()
    this.#bytes[this.length] = byte
    this.#from[this.length] = from
    this.#to[this.length] = to
    this.length++
  }

  /** Adds a character as UTF-8; half of a surrogate pair in the same way, so that it is kept. */
  pushCharacter (code: number, from: number, to: number): void {
    if (code < 0x80) this.push(code, from, to)
    else if (code < 0x800) {
      this.push(0xc0 | code >> 6, from, to)
      this.push(0x80 | code & 0x3f, from, to)
    } else if (code < 0x10000) {
      this.push(0xe0 | code >> 12, from, to)
      this.push(0x80 | code >> 6 & 0x3f, from, to)
      this.push(0x80 | code & 0x3f, from, to)
    } else {
      this.push(0xf0 | code >> 18, from, to)
      this.push(0x80 | code >> 12 & 0x3f, from, to)
      this.push(0x80 | code >> 6 & 0x3f, from, to)
      this.push(0x80 | code & 0x3f, from, to)
    }
  }

  /** Adds bytes of another view with their places. */
  copy (view: View, begin: number, end: number): void {
    while (this.length + end - begin > this.#bytes.length) this.#grow()
    this.#bytes.set(view.bytes.subarray(begin, end), this.length)
    this.#from.set(view.from.subarray(begin, end), this.length)
    this.#to.set(view.to.subarray(begin, end), this.length)
    this.length += end - begin
  }

  view (): View {
    const { length } = this
    return {
      length,
      bytes: this.#bytes.subarray(0, length),
      from: this.#from.subarray(0, length),
      to: this.#to.subarray(0, length)
    }
  }

  #grow (): void {
    const size = this.#bytes.length * 2
    const bytes = new Uint8Array(size)
    const from = new Int32Array(size)
    const to = new Int32Array(size)
    bytes.set(this.#bytes)
    from.set(this.#from)
    to.set(this.#to)
    this.#bytes = bytes
    this.#from = from
    this.#to = to
  }
}

/** The view of a text as it is. */
export function viewOf (text: string): View {
  const builder = new ViewBuilder(text.length)
  for (let index = 0; index < text.length;) {
    const code = text.codePointAt(index) ?? 0
    const end = index + (code > 0xffff ? 2 : 1)
    builder.pushCharacter(code, index, end)
    index = end
  }
  return builder.view()
}

/** The view of bytes that belong to no text. */
export function viewOfBytes (bytes: Uint8Array): View {
  const from = Int32Array.from(bytes, (_, index) => index)
  return { length: bytes.length, bytes, from, to: from.map((index) => index + 1) }
}

/**
 * Kinds of bytes that a secret is found without: what quoting, wrapping and forms add or replace.
 */
const gap = 1
const quote = 2

/** The kind of each byte: a gap, a quote, or 0 for one that counts. */
const kinds = Uint8Array.from({ length: 256 }, (_, byte) =>
  // White space and control characters; a form writes a blank as +.
  byte <= 0x20 || byte === 0x7f || byte === 0x2b
    ? gap
    // ' " ` \: what shells, YAML, JSON and SQL put around and before characters.
    : byte === 0x27 || byte === 0x22 || byte === 0x60 || byte === 0x5c
    ? quote
    : 0)

/** Says whether a byte is left out when secrets are looked for. */
export function isSkipped (byte: number): boolean {
  return kinds[byte] !== 0
}

/** Says whether a byte stands between words, rather than around them. */
export function isGap (byte: number): boolean {
  return kinds[byte] === gap
}
