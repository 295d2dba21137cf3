/** X.509 certificates and PKCS#10 requests, really signed (RFC 5280, RFC 2986). */
import { createHash, createPublicKey, randomBytes, sign, verify, type KeyObject } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import {
  bits,
  boolean,
  children,
  context,
  der,
  fromPem,
  header,
  ia5,
  implicit,
  integer,
  octets,
  oid,
  pem,
  printable,
  sequence,
  set,
  time,
  utf8
} from './der.ts'

/** A distinguished name, as the tls package takes it. */
export interface Subject {
  commonName?: string
  country?: string
  emailAddress?: string
  locality?: string
  organization?: string
  organizationalUnit?: string
  postalCode?: string
  province?: string
  serialNumber?: string
  streetAddresses?: string[]
}
/** Names that a certificate is for besides its subject. */
export interface AlternativeNames {
  dnsNames: string[]
  ipAddresses: string[]
  uris: string[]
}

/** Contents of a certificate. */
export interface CertificateTemplate extends AlternativeNames {
  /** DER of the subject's name. */
  subject: Uint8Array
  publicKey: KeyObject
  notBefore: Date
  notAfter: Date
  /** Names of the tls package's `allowedUses`. */
  allowedUses: string[]
  isCa: boolean
  maxPathLength?: number
  setSubjectKeyId: boolean
  setAuthorityKeyId: boolean
  /** 16 random bytes when absent. */
  serial?: Uint8Array
}
/** The issuer of a certificate. */
export interface Issuer {
  /** DER of the issuer's name. */
  subject: Uint8Array
  privateKey: KeyObject
  publicKey: KeyObject
}

const subjectAttributes: [keyof Subject, string, (text: string) => Buffer][] = [
  ['country', '2.5.4.6', printable],
  ['organization', '2.5.4.10', utf8],
  ['organizationalUnit', '2.5.4.11', utf8],
  ['locality', '2.5.4.7', utf8],
  ['province', '2.5.4.8', utf8],
  ['streetAddresses', '2.5.4.9', utf8],
  ['postalCode', '2.5.4.17', utf8],
  ['commonName', '2.5.4.3', utf8],
  ['serialNumber', '2.5.4.5', printable],
  ['emailAddress', '1.2.840.113549.1.9.1', ia5]
]
/** Bits of KeyUsage by the package's names. */
const keyUsages: Record<string, number> = {
  digital_signature: 0,
  content_commitment: 1,
  key_encipherment: 2,
  data_encipherment: 3,
  key_agreement: 4,
  cert_signing: 5,
  crl_signing: 6,
  encipher_only: 7,
  decipher_only: 8
}
/** ExtendedKeyUsage by the package's names. */
const extendedUsages: Record<string, string> = {
  any_extended: '2.5.29.37.0',
  server_auth: '1.3.6.1.5.5.7.3.1',
  client_auth: '1.3.6.1.5.5.7.3.2',
  code_signing: '1.3.6.1.5.5.7.3.3',
  email_protection: '1.3.6.1.5.5.7.3.4',
  ipsec_end_system: '1.3.6.1.5.5.7.3.5',
  ipsec_tunnel: '1.3.6.1.5.5.7.3.6',
  ipsec_user: '1.3.6.1.5.5.7.3.7',
  timestamping: '1.3.6.1.5.5.7.3.8',
  ocsp_signing: '1.3.6.1.5.5.7.3.9',
  microsoft_server_gated_crypto: '1.3.6.1.4.1.311.10.3.3',
  netscape_server_gated_crypto: '2.16.840.1.113730.4.1'
}
/** Every name that `allowedUses` may hold. */
export const knownUses = [...Object.keys(keyUsages), ...Object.keys(extendedUsages)]

/** DER of a distinguished name. */
export function encodeName (subject: Subject): Buffer {
  return sequence(...subjectAttributes.flatMap(([key, id, encode]) => {
    const value = subject[key]
    return (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]).map((text) =>
      set(sequence(oid(id), encode(text)))
    )
  }))
}

function spki (key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

/** The SHA-1 of the public key's bits: RFC 5280, 4.2.1.2, method 1. */
function keyId (key: KeyObject): Buffer {
  const bitString = children(spki(key))[1] ?? Buffer.alloc(0)
  return createHash('sha1').update(bitString.subarray(header(bitString).start + 1)).digest()
}

interface Signing {
  algorithm: Buffer
  digest: string | null
}

function signingOf (key: KeyObject): Signing {
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return {
        algorithm: sequence(oid('1.2.840.113549.1.1.11'), Buffer.from([0x05, 0x00])),
        digest: 'sha256'
      }
    case 'ed25519':
      return { algorithm: sequence(oid('1.3.101.112')), digest: null }
    case 'ec': {
      // The digest that matches the curve's strength, as Go's crypto/x509 chooses it.
      const [id, digest] = ({
        secp384r1: ['1.2.840.10045.4.3.3', 'sha384'],
        secp521r1: ['1.2.840.10045.4.3.4', 'sha512']
      } as Record<string, [string, string]>)[key.asymmetricKeyDetails?.namedCurve ?? ''] ??
        ['1.2.840.10045.4.3.2', 'sha256']
      return { algorithm: sequence(oid(id)), digest }
    }
    default:
      throw new RangeError(`keys of type ${key.asymmetricKeyType} cannot sign certificates`)
  }
}

function signed (body: Buffer, key: KeyObject): Buffer {
  const { algorithm, digest } = signingOf(key)
  return sequence(body, algorithm, bits(sign(digest, body, key)))
}

const extension = (id: string, content: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...critical ? [boolean(true)] : [], octets(content))

function ipBytes (address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  if (!isIPv6(address)) throw new RangeError(`"${address}" is not an IP address`)
  const [head = '', tail] = address.split('::')
  const words = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16))
  const front = words(head)
  const back = tail === undefined ? [] : words(tail)
  const all = [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back]
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]))
}

function alternativeNames ({ dnsNames, ipAddresses, uris }: AlternativeNames): Buffer | undefined {
  const names = [
    ...dnsNames.map((name) => implicit(2, Buffer.from(name, 'latin1'))),
    ...ipAddresses.map((address) => implicit(7, ipBytes(address))),
    ...uris.map((uri) => implicit(6, Buffer.from(uri, 'latin1')))
  ]
  return names.length > 0 ? extension('2.5.29.17', sequence(...names)) : undefined
}

function extensionsOf (template: CertificateTemplate, issuer: Issuer): Buffer[] {
  const result: Buffer[] = []
  const usages = template.allowedUses.map((use) => keyUsages[use]).filter((bit) => bit !== undefined)
  if (usages.length > 0) {
    const highest = Math.max(...usages)
    const bytes = Buffer.alloc(highest > 7 ? 2 : 1)
    for (const bit of usages) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
    result.push(extension('2.5.29.15', bits(bytes, 7 - (highest & 7)), true))
  }
  const extended = template.allowedUses.map((use) => extendedUsages[use]).filter((id) => id !== undefined)
  if (extended.length > 0) result.push(extension('2.5.29.37', sequence(...extended.map(oid))))
  const path = template.isCa && template.maxPathLength !== undefined && template.maxPathLength >= 0
    ? [integer(template.maxPathLength)]
    : []
  result.push(extension('2.5.29.19', sequence(...template.isCa ? [boolean(true), ...path] : []), true))
  if (template.setSubjectKeyId || template.isCa) {
    result.push(extension('2.5.29.14', octets(keyId(template.publicKey))))
  }
  if (template.setAuthorityKeyId) {
    result.push(extension('2.5.29.35', sequence(implicit(0, keyId(issuer.publicKey)))))
  }
  const names = alternativeNames(template)
  if (names) result.push(names)
  return result
}

/** A certificate in PEM. */
export function issueCertificate (template: CertificateTemplate, issuer: Issuer): string {
  const { algorithm } = signingOf(issuer.privateKey)
  const serial = Buffer.from(template.serial ?? randomBytes(16))
  // A serial number is positive (RFC 5280, 4.1.2.2).
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const body = sequence(
    context(0, integer(2)),
    integer(serial),
    algorithm,
    issuer.subject,
    sequence(time(template.notBefore), time(template.notAfter)),
    template.subject,
    spki(template.publicKey),
    context(3, sequence(...extensionsOf(template, issuer)))
  )
  return pem('CERTIFICATE', signed(body, issuer.privateKey))
}

/** A certificate request in PEM. */
export function requestCertificate (
  subject: Subject,
  names: AlternativeNames,
  privateKey: KeyObject
): string {
  const alternative = alternativeNames(names)
  const attributes = alternative ? [sequence(oid('1.2.840.113549.1.9.14'), set(sequence(alternative)))] : []
  const body = sequence(
    integer(0),
    encodeName(subject),
    spki(createPublicKey(privateKey)),
    context(0, ...attributes)
  )
  return pem('CERTIFICATE REQUEST', signed(body, privateKey))
}

/**
 * Contents of a certificate request. Throws a RangeError for other bytes, and when the signature
 * does not come from the request's own key.
 */
export function parseRequest (
  text: string
): { subject: Buffer, publicKey: KeyObject, names: AlternativeNames } {
  const [body, , signature] = children(fromPem(text))
  const [, subject, key, attributes] = body ? children(body) : []
  if (!body || !signature || !subject || !key) throw new RangeError('not a certificate request')
  const publicKey = createPublicKey({ key, format: 'der', type: 'spki' })
  if (
    !verify(signingOf(publicKey).digest, body, publicKey, signature.subarray(header(signature).start + 1))
  ) throw new RangeError('the request is not signed by its own key')
  return {
    subject,
    publicKey,
    names: attributes ? requestedNames(attributes) : { dnsNames: [], ipAddresses: [], uris: [] }
  }
}

function requestedNames (attributes: Buffer): AlternativeNames {
  const names: AlternativeNames = { dnsNames: [], ipAddresses: [], uris: [] }
  const wanted = oid('2.5.29.17')
  for (const attribute of children(attributes)) {
    const values = children(attribute)[1]
    for (const list of values ? children(values) : []) {
      for (const item of children(list)) {
        const [id, content] = children(item)
        if (!id?.equals(wanted) || !content) continue
        for (const name of children(content.subarray(header(content).start))) {
          const { tag, start } = header(name)
          const value = name.subarray(start)
          if (tag === 0x82) names.dnsNames.push(value.toString('latin1'))
          if (tag === 0x86) names.uris.push(value.toString('latin1'))
          if (tag === 0x87) {
            names.ipAddresses.push(
              value.length === 4 ? [...value].join('.') : value.toString('hex').replace(/(.{4})(?!$)/g, '$1:')
            )
          }
        }
      }
    }
  }
  return names
}

/** DER of the subject's name in a certificate (PEM). Throws a RangeError when it is none. */
export function subjectOf (certificate: string): Buffer {
  const body = children(fromPem(certificate))[0]
  const fields = body ? children(body) : []
  const versioned = fields[0] && header(fields[0]).tag === 0xa0 ? 1 : 0
  const subject = fields[versioned + 4]
  if (!subject) throw new RangeError('not a certificate')
  return subject
}

/** The private key's PKCS#8 wrapper around an Ed25519 seed: RFC 8410, 7. */
export function ed25519Pkcs8 (seed: Uint8Array): Buffer {
  return sequence(integer(0), sequence(oid('1.3.101.112')), octets(der(0x04, seed)))
}
