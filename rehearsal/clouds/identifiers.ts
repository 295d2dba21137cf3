/**
 * Identifiers that look random and are the same each time: each follows from a hash of its purpose.
 */
import { createHash } from 'node:crypto'

/**
 * A source of identifiers for one thing. Each label gives another identifier, the same each time.
 */
export interface Identifiers {
  /** `length` hexadecimal digits. */
  hex(length: number, label?: string): string
  /** `length` decimal digits, the first not 0. */
  digits(length: number, label?: string): string
  /** `length` characters of a-z and 0-9. */
  alnum(length: number, label?: string): string
  /** A version 4 UUID. */
  uuid(label?: string): string
  /** An integer in [0, below). */
  integer(below: number, label?: string): number
  /** `length` bytes. */
  bytes(length: number, label?: string): Buffer
}

/** Identifiers derived from the parts given. */
export function identifiers (...parts: (string | number)[]): Identifiers {
  const root = createHash('sha256').update(parts.join('\u0000')).digest()
  const bytes = (length: number, label = ''): Buffer => {
    const blocks: Buffer[] = []
    for (let block = 0; block * 32 < length; block++) {
      blocks.push(createHash('sha256').update(root).update(`${label}\u0000${block}`).digest())
    }
    return Buffer.concat(blocks).subarray(0, length)
  }
  const from = (alphabet: string, length: number, label: string): string =>
    Array.from(bytes(length, label), (byte) => alphabet[byte % alphabet.length]).join('')
  return {
    bytes,
    hex: (length, label = 'hex') => bytes(Math.ceil(length / 2), label).toString('hex').slice(0, length),
    digits: (length, label = 'digits') =>
      from('123456789', 1, label) + from('0123456789', length - 1, label + '+'),
    alnum: (length, label = 'alnum') => from('abcdefghijklmnopqrstuvwxyz0123456789', length, label),
    uuid: (label = 'uuid') => {
      const text = bytes(16, label)
      text.writeUInt8((text.readUInt8(6) & 0x0f) | 0x40, 6)
      text.writeUInt8((text.readUInt8(8) & 0x3f) | 0x80, 8)
      return text.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
    integer: (below, label = 'integer') => bytes(6, label).readUIntBE(0, 6) % below
  }
}

/** The source of everything that a cloud makes up for a resource that exists. */
export function identifiersOf (
  { type, account, id, incarnation }: { type: string, account: string, id: string, incarnation: string }
): Identifiers {
  return identifiers(type, account, id, incarnation)
}
