import { createCipheriv, createHmac, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)

/**
 * The passphrase that Pulumi's own secrets provider gets for all stacks, and the salt
 * (`v1:salt:proof`, as in `encryptionsalt`) for new ones. Both follow from the root (keys/root.ts)
 * alone, so all processes of an installation agree, and each derives Pulumi's key (PBKDF2, a
 * million rounds, 0.2 s) once instead of once a stack.
 */
export async function pulumiSecrets (root: Buffer): Promise<{ passphrase: string, salt: string }> {
  const derived = (purpose: string): Buffer =>
    createHmac('sha256', root).update(`windlass ${purpose}`).digest()
  const passphrase = derived('pulumi passphrase').toString('base64url')
  const salt = derived('pulumi salt').subarray(0, 8)
  const key = await derive(passphrase, salt, 1_000_000, 32, 'sha256')
  // The nonce may be derived: this key and nonce only ever encrypt this one word.
  const nonce = derived('pulumi proof').subarray(0, 12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update('pulumi', 'utf8'), cipher.final(), cipher.getAuthTag()])
  return {
    passphrase,
    salt: `v1:${salt.toString('base64')}:v1:${nonce.toString('base64')}:${sealed.toString('base64')}`
  }
}
