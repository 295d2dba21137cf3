/**
 * The text of API tokens: `wlt_`, 256 random bits, and a checksum by which scanners of leaked
 * secrets (and this service) tell a token from anything else that looks like one.
 */
import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const prefix = 'wlt_'
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 62^43 is above 2^256, and 62^6 above 2^32. */
const secretDigits = 43
const checksumDigits = 6
const form = new RegExp(`^${prefix}[0-9A-Za-z]{${secretDigits + checksumDigits}}$`)

function base62 (value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest /= 62n) text = (digits[Number(rest % 62n)] ?? '') + text
  return text
}

const checksumOf = (body: string): string => base62(BigInt(crc32(body)), checksumDigits)

/** A fresh token. */
export function mintToken (): string {
  const body = prefix + base62(BigInt(`0x${randomBytes(32).toString('hex')}`), secretDigits)
  return body + checksumOf(body)
}

/**
 * Says whether a text is a token of this service by its form; without asking anybody, so that
 * guesses cost nothing.
 */
export function isToken (text: string): boolean {
  return form.test(text) && checksumOf(text.slice(0, -checksumDigits)) === text.slice(-checksumDigits)
}

/**
 * Hashes a token or a session's id for the store. One round of SHA-256 is right for these: they
 * hold 256 random bits, so nobody finds one from its hash by trying; slow hashes (bcrypt, Argon2)
 * protect what people choose, and would cost tens of milliseconds at every request. No salt: no two
 * are equal, and a hash that can be looked up needs no comparison whose time could tell something.
 */
export function hashOf (secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
