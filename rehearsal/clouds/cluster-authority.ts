/**
 * The certificate authority of a simulated cluster: a real self-signed certificate that follows
 * from the cluster's id, so that it is the same each time.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { type Draft } from './draft.ts'
import { ed25519Pkcs8, encodeName, issueCertificate } from './tls/x509.ts'

/** Ten years, as the managed services give their clusters' authorities. */
const validMs = 10 * 365.25 * 24 * 3600 * 1000

/** The authority's certificate as kubeconfigs have it: PEM in base64. */
export function clusterAuthority (draft: Draft, name: string): string {
  const privateKey = createPrivateKey({
    key: ed25519Pkcs8(draft.make.bytes(32, 'authority')),
    format: 'der',
    type: 'pkcs8'
  })
  const publicKey = createPublicKey(privateKey)
  const subject = encodeName({ commonName: name })
  const notBefore = new Date(draft.created)
  const certificate = issueCertificate({
    subject,
    publicKey,
    notBefore,
    notAfter: new Date(notBefore.getTime() + validMs),
    allowedUses: ['digital_signature', 'key_encipherment', 'cert_signing'],
    isCa: true,
    setSubjectKeyId: true,
    setAuthorityKeyId: false,
    dnsNames: [name],
    ipAddresses: [],
    uris: [],
    serial: draft.make.bytes(16, 'serial')
  }, { subject, privateKey, publicKey })
  return Buffer.from(certificate).toString('base64')
}
