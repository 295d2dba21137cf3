/** Readers of certificates. Pure. */
import { X509Certificate } from 'node:crypto'

function read (pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch (error) {
    // Not a certificate: the only thing that a constructor of text can fail for.
    if (error instanceof Error) return undefined
    throw error
  }
}

/** Why a certificate is not an authority signed by `issuer`; undefined when it is. Both in PEM. */
export function issuerProblem (certificate: string, issuer: string): string | undefined {
  const [signed, root] = [read(certificate), read(issuer)]
  if (!signed) return 'it is not a certificate'
  if (!root) return 'the root is not a certificate'
  if (!signed.ca) return 'it is not a certificate authority'
  if (!signed.checkIssued(root) || !signed.verify(root.publicKey)) return 'it is not signed by the root'
  return undefined
}

/** Whole years between two RFC 3339 times, by the calendar; NaN when one is none. */
export function yearsBetween (from: string, to: string): number {
  const pattern = /^(\d{4})-(\d{2}-\d{2}T.*)$/
  const [start, end] = [pattern.exec(from), pattern.exec(to)]
  if (!start?.[1] || !start[2] || !end?.[1] || !end[2]) return NaN
  return Number(end[1]) - Number(start[1]) - (end[2].slice(0, 5) < start[2].slice(0, 5) ? 1 : 0)
}
