/**
 * Trust of clients on the internet in the certificate of an ingress. They trust the roots of
 * Mozilla's program, which Node.js ships (https://nodejs.org/api/tls.html#tlsrootcertificates). Pure.
 */
import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { objectAt } from '../wire-values.ts'
import { settingsOf } from './records.ts'
import { type Site } from './site.ts'
import { type World } from './world.ts'

export const secretType = 'kubernetes:core/v1:Secret'

let roots: X509Certificate[] | undefined

function certificatesIn (text: string): X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  return blocks.map((block) => new X509Certificate(block))
}

const signs = (issuer: X509Certificate, one: X509Certificate): boolean =>
  one.checkIssued(issuer) && one.verify(issuer.publicKey)

/** Tells if a chain in PEM leads to a public root; undefined for a text that is no certificate. */
export function publiclyTrusted (chain: string): boolean | undefined {
  const [leaf, ...others] = certificatesIn(chain)
  if (!leaf) return undefined
  const known = roots ??= rootCertificates.map((text) => new X509Certificate(text))
  let top = leaf
  // No chain is longer than it has certificates.
  for (let length = 0; length <= others.length; length++) {
    const last = top
    if (known.some((root) => root.fingerprint256 === last.fingerprint256 || signs(root, last))) return true
    const issuer = others.find((other) => other !== last && signs(other, last))
    if (!issuer) return false
    top = issuer
  }
  return false
}

/** Trust in the certificate that a gateway of a cluster shows; undefined: nobody can say. */
export function trustIn (
  world: World,
  site: Site,
  namespace: string,
  credential: string
): boolean | undefined {
  const secret = world.inside(site, secretType).find(({ id }) => id === `${namespace}/${credential}`)
  const data = objectAt(settingsOf(secret), 'data')['tls.crt']
  return typeof data !== 'string' ? false : publiclyTrusted(Buffer.from(data, 'base64').toString('utf8'))
}
