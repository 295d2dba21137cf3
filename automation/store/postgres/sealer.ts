import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'

/** Encrypts JSON values at rest (AES-256-GCM, a fresh 96-bit nonce each: NIST SP 800-38D). */
export interface Sealer {
  /** `sealed:1:` and base64url of nonce, tag and ciphertext. */
  seal(value: unknown): string
  /** The same of a value's JSON text. */
  sealText(text: string): string
  /** The value again. Throws when the text was made with another key or was changed. */
  open(sealed: string): unknown
  /** The value's JSON text. */
  openText(sealed: string): string
}

/** Sealed values begin with it. */
export const sealedPrefix = 'sealed:1:'

/** `key`: 32 bytes. */
export function createSealer (key: Buffer): Sealer {
  if (key.length !== 32) throw new RangeError(`the secrets key has ${key.length} bytes; it needs 32`)
  // Made once: from bytes, Node makes one for every call, which takes longer than the encryption
  // itself.
  const secret = createSecretKey(key)
  return {
    seal: (value) => sealText(JSON.stringify(value)),
    sealText,
    open: (sealed) => JSON.parse(openText(sealed)),
    openText
  }

  function sealText (value: string): string {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', secret, nonce)
    const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
    return sealedPrefix + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
  }

  function openText (sealed: string): string {
    if (!sealed.startsWith(sealedPrefix)) throw new TypeError('not a sealed value')
    const bytes = Buffer.from(sealed.slice(sealedPrefix.length), 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  }
}
