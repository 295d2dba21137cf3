/** Writes DER (ITU-T X.690): the little of it that certificates and requests need. */

/** One tag-length-value. */
export function der (tag: number, ...contents: Uint8Array[]): Buffer {
  const body = Buffer.concat(contents)
  const length = body.length < 0x80 ? Buffer.from([body.length]) : longLength(body.length)
  return Buffer.concat([Buffer.from([tag]), length, body])
}

function longLength (length: number): Buffer {
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Buffer.from([0x80 | bytes.length, ...bytes])
}

export const sequence = (...items: Uint8Array[]): Buffer => der(0x30, ...items)
export const set = (...items: Uint8Array[]): Buffer => der(0x31, ...items)
export const octets = (content: Uint8Array): Buffer => der(0x04, content)
export const boolean = (value: boolean): Buffer => der(0x01, Buffer.from([value ? 0xff : 0]))
export const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text, 'utf8'))
/** PrintableString: what countries and serial numbers of names are. */
export const printable = (text: string): Buffer => der(0x13, Buffer.from(text, 'latin1'))
export const ia5 = (text: string): Buffer => der(0x16, Buffer.from(text, 'latin1'))
/** BIT STRING; `unused` bits at the end of the last byte. */
export const bits = (content: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.from([unused]), content)
/** Context-specific, constructed: `[n]`. */
export const context = (number: number, ...items: Uint8Array[]): Buffer => der(0xa0 | number, ...items)
/** Context-specific, primitive (implicit): `[n] IMPLICIT`. */
export const implicit = (number: number, content: Uint8Array): Buffer => der(0x80 | number, content)

/** A non-negative INTEGER from big-endian bytes. */
export function integer (value: number | Uint8Array): Buffer {
  let bytes = typeof value === 'number'
    ? Buffer.from(
      value.toString(16).padStart(value.toString(16).length + value.toString(16).length % 2, '0'),
      'hex'
    )
    : Buffer.from(value)
  while (bytes.length > 1 && bytes[0] === 0) bytes = bytes.subarray(1)
  return der(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}

/** An OBJECT IDENTIFIER in dotted form. */
export function oid (dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const arc of rest) {
    const groups = [arc & 0x7f]
    for (let high = Math.floor(arc / 128); high > 0; high = Math.floor(high / 128)) {
      groups.unshift((high & 0x7f) | 0x80)
    }
    bytes.push(...groups)
  }
  return der(0x06, Buffer.from(bytes))
}

/** A time: UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). Whole seconds. */
export function time (date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]/g, '').replace(/\.\d+Z$/, 'Z')
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text))
}

/**
 * The parts of one constructed DER value: what is inside its tag and length, element by element,
 * each with its own tag and length.
 */
export function children (value: Uint8Array): Buffer[] {
  const outer = header(value)
  const result: Buffer[] = []
  let offset = outer.start
  while (offset < outer.end) {
    const rest = value.subarray(offset)
    const inner = header(rest)
    result.push(Buffer.from(rest.subarray(0, inner.end)))
    offset += inner.end
  }
  return result
}

/** Start and end of the contents of a DER value. Throws a RangeError when the value is cut off. */
export function header (value: Uint8Array): { tag: number, start: number, end: number } {
  const tag = value[0]
  const first = value[1]
  if (tag === undefined || first === undefined) throw new RangeError('DER ends before its length')
  if (first < 0x80) return { tag, start: 2, end: 2 + first }
  const count = first & 0x7f
  let length = 0
  for (let index = 0; index < count; index++) length = length * 256 + (value[2 + index] ?? 0)
  if (2 + count + length > value.length) throw new RangeError('DER ends before its contents do')
  return { tag, start: 2 + count, end: 2 + count + length }
}

/** PEM with lines of 64 characters, ending in a newline, as Go's encoding/pem writes it. */
export function pem (label: string, content: Uint8Array): string {
  const lines = Buffer.from(content).toString('base64').replace(/(.{64})(?!$)/g, '$1\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}

/** The DER inside the first PEM block. Throws a RangeError when there is none. */
export function fromPem (text: string): Buffer {
  const match = /-----BEGIN [^-]+-----([\s\S]*?)-----END [^-]+-----/.exec(text)
  if (!match?.[1]) throw new RangeError('no PEM block was found')
  return Buffer.from(match[1].replace(/\s+/g, ''), 'base64')
}
