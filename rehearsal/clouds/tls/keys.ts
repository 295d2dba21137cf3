/** Key pairs, and how OpenSSH writes them. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject
} from 'node:crypto'
import { pem } from './der.ts'

/** Curves by the package's names: node's name, OpenSSH's name (it has none for P224). */
const curves: Record<string, { curve: string, ssh?: string }> = {
  P224: { curve: 'secp224r1' },
  P256: { curve: 'prime256v1', ssh: 'nistp256' },
  P384: { curve: 'secp384r1', ssh: 'nistp384' },
  P521: { curve: 'secp521r1', ssh: 'nistp521' }
}
/** Curves that a key may be on. */
export const ecdsaCurves = Object.keys(curves)
/** Algorithms of keys. */
export const algorithms = ['RSA', 'ECDSA', 'ED25519']

/** A new private key. */
export function generateKey (algorithm: string, options: { rsaBits: number, ecdsaCurve: string }): KeyObject {
  if (algorithm === 'RSA') return generateKeyPairSync('rsa', { modulusLength: options.rsaBits }).privateKey
  if (algorithm === 'ED25519') return generateKeyPairSync('ed25519').privateKey
  return generateKeyPairSync('ec', { namedCurve: curves[options.ecdsaCurve]?.curve ?? 'prime256v1' })
    .privateKey
}

/** The package's name of a key's algorithm. */
export function algorithmOf (key: KeyObject): string {
  return key.asymmetricKeyType === 'rsa' ? 'RSA' : key.asymmetricKeyType === 'ed25519' ? 'ED25519' : 'ECDSA'
}

/**
 * The key in the PEM that its kind traditionally has: PKCS#1 for RSA, SEC1 for ECDSA, PKCS#8 for
 * Ed25519.
 */
export function traditionalPem (key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString()
  return key.export({ type: key.asymmetricKeyType === 'ec' ? 'sec1' : 'pkcs8', format: 'pem' }).toString()
}

const text = (value: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
const number = (value: string | undefined): Buffer => {
  const bytes = Buffer.from(value ?? '', 'base64url')
  return text((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}

interface SshKey {
  type: string
  publicParts: Buffer[]
  privateParts: Buffer[]
}

function sshKey (key: KeyObject): SshKey | undefined {
  const jwk = key.export({ format: 'jwk' })
  if (key.asymmetricKeyType === 'rsa') {
    return {
      type: 'ssh-rsa',
      publicParts: [number(jwk.e), number(jwk.n)],
      privateParts: [
        number(jwk.n),
        number(jwk.e),
        number(jwk.d),
        number(jwk.qi),
        number(jwk.p),
        number(jwk.q)
      ]
    }
  }
  if (key.asymmetricKeyType === 'ed25519') {
    const point = Buffer.from(jwk.x ?? '', 'base64url')
    return {
      type: 'ssh-ed25519',
      publicParts: [text(point)],
      privateParts: [text(point), text(Buffer.concat([Buffer.from(jwk.d ?? '', 'base64url'), point]))]
    }
  }
  const ssh = Object.values(curves).find(({ curve }) => curve === key.asymmetricKeyDetails?.namedCurve)?.ssh
  if (ssh === undefined) return undefined
  const point = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(jwk.x ?? '', 'base64url'),
    Buffer.from(jwk.y ?? '', 'base64url')
  ])
  return {
    type: `ecdsa-sha2-${ssh}`,
    publicParts: [text(ssh), text(point)],
    privateParts: [text(ssh), text(point), number(jwk.d)]
  }
}

/**
 * The public key as OpenSSH and the fingerprints give it; empty strings for what OpenSSH cannot
 * hold.
 */
export function opensshOf (
  key: KeyObject
): { publicKey: string, privateKey: string, md5: string, sha256: string } {
  const ssh = key.asymmetricKeyDetails?.namedCurve === 'secp224r1' ? undefined : sshKey(key)
  if (!ssh) return { publicKey: '', privateKey: '', md5: '', sha256: '' }
  const blob = Buffer.concat([text(ssh.type), ...ssh.publicParts])
  const check = randomBytes(4)
  let inner = Buffer.concat([check, check, text(ssh.type), ...ssh.privateParts, text('')])
  // Padded to the block size of "no cipher", 8, with 1, 2, 3, … (openssh PROTOCOL.key).
  const padding = (8 - inner.length % 8) % 8
  inner = Buffer.concat([inner, Buffer.from(Array.from({ length: padding }, (_, index) => index + 1))])
  const count = Buffer.from([0, 0, 0, 1])
  return {
    publicKey: `${ssh.type} ${blob.toString('base64')}\n`,
    privateKey: pem(
      'OPENSSH PRIVATE KEY',
      Buffer.concat([
        Buffer.from('openssh-key-v1\0'),
        text('none'),
        text('none'),
        text(''),
        count,
        text(blob),
        text(inner)
      ])
    ),
    md5: createHash('md5').update(blob).digest('hex').replace(/(..)(?!$)/g, '$1:'),
    sha256: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
  }
}

/** A private key from PEM. Throws a RangeError that says what is wrong. */
export function privateKeyFrom (textual: string): KeyObject {
  try {
    return createPrivateKey(textual)
  } catch (error) {
    throw new RangeError(
      `no private key could be read: ${error instanceof Error ? error.message : String(error)}`
    )
  }
}

/** The outputs of tls.PrivateKey for a key, without its inputs. */
export function keyOutputs (key: KeyObject): Record<string, string> {
  const ssh = opensshOf(key)
  return {
    privateKeyPem: traditionalPem(key),
    privateKeyPemPkcs8: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKeyOpenssh: ssh.privateKey,
    publicKeyPem: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
    publicKeyOpenssh: ssh.publicKey,
    publicKeyFingerprintMd5: ssh.md5,
    publicKeyFingerprintSha256: ssh.sha256
  }
}
