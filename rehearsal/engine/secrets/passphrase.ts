/**
 * Pulumi's passphrase secrets provider: AES-256-GCM with a key from PBKDF2-SHA256 (pulumi
 * `sdk/go/common/resource/config/crypt.go`).
 *
 * A value is `v1:nonce:ciphertext`, a provider's state `v1:salt:` and the encrypted word `pulumi`,
 * which proves the passphrase; all base64.
 */
import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { headOf } from '../../../contract/text/cut.ts'
import { EngineError } from '../errors.ts'

/**
 * Iterations and lengths of key and salt are Pulumi's own: with others its states could not be
 * read.
 */
const iterations = 1_000_000
const keyBytes = 32
const saltBytes = 8
const nonceBytes = 12
const tagBytes = 16
const saltProof = 'pulumi'
/** A derived key costs about 0.2 s; a process meets few (passphrase, salt) pairs at a time. */
const cachedKeys = 64
/** Ciphertexts remembered per crypter, so that unchanged secrets are written as they were. */
const cachedValues = 10_000

const derive = promisify(pbkdf2)
const keys = new Map<string, Promise<Buffer>>()
const salts = new Map<string, string>()

function bound<K, V> (map: Map<K, V>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return
    map.delete(key)
  }
}

function keyOf (passphrase: string, salt: string): Promise<Buffer> {
  const name = `${salt}\n${passphrase}`
  let key = keys.get(name)
  if (key === undefined) {
    key = derive(passphrase, Buffer.from(salt, 'base64'), iterations, keyBytes, 'sha256')
    keys.set(name, key)
    bound(keys, cachedKeys)
  }
  return key
}

function encrypt (key: Buffer, text: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `v1:${nonce.toString('base64')}:${sealed.toString('base64')}`
}

function decrypt (key: Buffer, value: string): string {
  const [version, nonce, sealed] = value.split(':')
  if (version !== 'v1' || nonce === undefined || sealed === undefined) {
    throw new EngineError('RHE_SECRET_MALFORMED', { value: headOf(value, 8) })
  }
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - tagBytes)), decipher.final()])
    .toString('utf8')
}

/** Encrypts and decrypts with one passphrase and salt. */
export class Crypter {
  /** The provider's state, as `encryptionsalt` and `secrets_providers.state.salt` hold it. */
  readonly state: string
  readonly #key: Buffer
  readonly #written = new Map<string, string>()

  constructor (state: string, key: Buffer) {
    this.state = state
    this.#key = key
  }

  readonly encrypt = (text: string): string => {
    const known = this.#written.get(text)
    if (known !== undefined) return known
    const value = encrypt(this.#key, text)
    this.#remember(text, value)
    return value
  }

  readonly decrypt = (value: string): string => {
    const text = decrypt(this.#key, value)
    this.#remember(text, value)
    return text
  }

  #remember (text: string, value: string): void {
    this.#written.set(text, value)
    bound(this.#written, cachedValues)
  }
}

/**
 * Opens a crypter for a provider's state, or with a new one. Stacks that one process makes with one
 * passphrase share their salt, since reading each further salt costs a key derivation.
 */
export async function openCrypter (passphrase: string, state?: string): Promise<Crypter> {
  const known = state ?? salts.get(passphrase)
  if (known === undefined) {
    const salt = randomBytes(saltBytes).toString('base64')
    const key = await keyOf(passphrase, salt)
    const made = salts.get(passphrase) ?? `v1:${salt}:${encrypt(key, saltProof)}`
    salts.set(passphrase, made)
    bound(salts, cachedKeys)
    return new Crypter(made, await keyOf(passphrase, made.split(':')[1] ?? ''))
  }
  const [version, salt, ...proof] = known.split(':')
  if (version !== 'v1' || salt === undefined) {
    throw new EngineError('RHE_SALT_MALFORMED', { value: headOf(known, 8) })
  }
  const key = await keyOf(passphrase, salt)
  try {
    if (decrypt(key, proof.join(':')) === saltProof) return new Crypter(known, key)
  } catch (error) {
    throw new EngineError('RHE_PASSPHRASE_WRONG', {}, { cause: error })
  }
  throw new EngineError('RHE_PASSPHRASE_WRONG', {})
}
