/** Reads what a text holds compressed by gzip, in base64 or hexadecimal digits. Pure. */
import { constants, inflateRawSync } from 'node:zlib'
import { digitOf } from './unescape.ts'
import { type View, type Worth } from './view.ts'

/**
 * Bytes that are read of what was compressed, for each of its own: what people compress is seldom a
 * twentieth, and a search stays linear.
 */
const mostGrowth = 64
/** Bytes beside these: a short text may be a repeated letter. */
const alwaysRead = 4 * 1024
/** Bytes that are read at all. */
const mostRead = 1024 * 1024

/** Gzip's first three bytes (RFC 1952, section 2.3: its mark, and deflate) in each encoding. */
const begun = /H4sI|1f8b08/gi

/** Flags of the header, and what each adds to it (RFC 1952, section 2.3.1). */
const [headerCrc, extraField, fileName, comment] = [2, 4, 8, 16]
const shortestHeader = 10

/** The bytes of a header; what is deflated begins behind it. */
function headerLength (bytes: Buffer): number {
  const flags = bytes[3] ?? 0
  let at = shortestHeader
  if ((flags & extraField) !== 0) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256
  for (const text of [fileName, comment]) {
    if ((flags & text) !== 0) at = bytes.indexOf(0, at) + 1 || bytes.length
  }
  return (flags & headerCrc) === 0 ? at : at + 2
}

/**
 * The place after the digits that begin at another, at most so many. Lines may be broken, and
 * indented.
 */
function endOf (
  bytes: Uint8Array,
  begin: number,
  isDigit: (byte: number) => boolean,
  most = Infinity
): number {
  let end = begin
  let count = 0
  for (let at = begin; at < bytes.length && count < most; at++) {
    const byte = bytes[at] as number
    if (isDigit(byte)) {
      end = at + 1
      count++
    } else if (byte === 0x5c && (bytes[at + 1] === 0x6e || bytes[at + 1] === 0x72)) at++
    else if (byte !== 0x0a && byte !== 0x0d && bytes[end] !== 0x0a && bytes[end] !== 0x0d) break
    else if (byte > 0x20) break
  }
  return end
}

const isBase64 = (byte: number): boolean => /[\w+/-]/.test(String.fromCharCode(byte))

/** Contents of a blob, and the number of its bytes. */
interface Blob {
  readonly plain: Uint8Array
  readonly length: number
}

/** Bytes behind what is deflated: a checksum and a length. */
const trailer = 8

/** Digits that are tried first, and twice as many each time that the blob goes on behind them. */
const firstTry = 256

/**
 * Reads a blob; undefined: it is none. A blob whose end is missing is read as far as it goes, and
 * what comes behind it is not.
 */
function readBlob (digits: string, isHex: boolean): Blob | undefined {
  const bytes = Buffer.from(digits.replaceAll(/\\[nr]|\s/g, ''), isHex ? 'hex' : 'base64')
  const header = headerLength(bytes)
  try {
    // The types of Node do not know what `info` adds.
    const { buffer, engine } = inflateRawSync(bytes.subarray(header), {
      maxOutputLength: Math.min(mostRead, bytes.length * mostGrowth + alwaysRead),
      finishFlush: constants.Z_SYNC_FLUSH,
      info: true
    }) as unknown as { buffer: Buffer, engine: { bytesWritten: number } }
    return { plain: buffer.filter((byte) => byte !== 0), length: header + engine.bytesWritten + trailer }
  } catch {
    return undefined
  }
}

/**
 * Reads the blob at the beginning of some digits, behind which there may be thousands of others:
 * the work is about the length of the blob. `spend` takes the digits that were read.
 */
function readFirst (
  text: string,
  { begin, end, isHex }: { begin: number, end: number, isHex: boolean },
  spend: (steps: number) => void
): Blob | undefined {
  for (let size = firstTry;; size *= 2) {
    const stop = Math.min(end, begin + size)
    spend(stop - begin)
    const blob = readBlob(text.slice(begin, stop), isHex)
    // One whose last bytes are among those that were read goes no further.
    if (stop === end || (blob && blob.length * 8 / (isHex ? 4 : 6) < (stop - begin) / 2)) return blob
  }
}

/** Compressed bytes of the view: each of its bytes stands for all that was compressed. */
export function compressedViews (
  { bytes, from, to }: View,
  worth: Worth,
  spend: (steps: number) => void
): View[] {
  const text = Buffer.from(bytes).toString('latin1')
  const views: View[] = []
  let read = 0
  const ends = { hex: 0, base64: 0 }
  for (const { 0: mark, index } of text.matchAll(begun)) {
    const isHex = mark.startsWith('1')
    if (index < read || (!isHex && mark !== 'H4sI')) continue
    const isDigit = isHex ? (byte: number) => digitOf(byte) >= 0 : isBase64
    const kind = isHex ? 'hex' : 'base64'
    // The digits of one end where those of the next in the same row do.
    if (index >= ends[kind]) {
      ends[kind] = endOf(bytes, index, isDigit)
      spend(ends[kind] - index)
    }
    const end = ends[kind]
    const blob = readFirst(text, { begin: index, end, isHex }, spend)
    if (blob === undefined) {
      read = end
      continue
    }
    const { plain, length } = blob
    read = endOf(bytes, index, isDigit, Math.ceil(length * 8 / (isHex ? 4 : 6)))
    spend(read - index)
    if (worth(plain) === 'nothing') continue
    views.push({
      length: plain.length,
      bytes: plain,
      from: new Int32Array(plain.length).fill(from[index] ?? 0),
      to: new Int32Array(plain.length).fill(to[read - 1] ?? 0)
    })
  }
  return views
}
