/** Certificates that end where somebody shows or trusts them. */
import { X509Certificate } from 'node:crypto'
import { type CloudRecord, type ResourceV3 } from '../../store.ts'
import { numberAt } from '../wire-values.ts'
import {
  type AgedWorld,
  dayMs,
  type Found,
  isWithin,
  nameOf,
  phaseOf,
  placeOf,
  type Seen
} from './aged-world.ts'
import { type Renewals } from './renewals.ts'
import { secretsOf, textsIn } from './secrets.ts'

const tlsSource =
  'https://github.com/hashicorp/terraform-provider-tls/blob/main/internal/provider/common_cert.go'
const pattern = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** A certificate in a Secret, and the time at which the Secret has none that is valid. */
interface Ended {
  readonly at: number
  readonly subject: string
  readonly certificate: ResourceV3 | undefined
}

export function certificatesIn (world: AgedWorld, renewals: Renewals): Seen {
  const held = new Set<string>()
  const findings: Found[] = []
  for (const secret of secretsOf(world)) {
    const found = endedIn(world, renewals, secret, held)
    if (found) findings.push(found)
  }
  for (const certificate of renewals.certificates) {
    if (held.has(certificate.urn) || !isShown(world, certificate.urn)) continue
    const end = lastValid(world, renewals, certificate, phaseOf(world, certificate.urn))
    if (isWithin(world, end)) {
      findings.push(found(world, { at: end, subject: nameOf(certificate.urn), certificate }, certificate.urn))
    }
  }
  return { findings: [...findings, ...replacedAtOnce(world, renewals)] }
}

/** The first certificate of a Secret that ends before another takes its place. */
function endedIn (
  world: AgedWorld,
  renewals: Renewals,
  secret: CloudRecord,
  held: Set<string>
): Found | undefined {
  const phase = phaseOf(world, secret.token)
  let first: Ended | undefined
  for (const pem of textsIn(secret).flatMap((text) => text.match(pattern) ?? [])) {
    const certificate = renewals.issued(pem)
    if (certificate) held.add(certificate.urn)
    const read = certificateOf(pem)
    if (!read) continue
    const at = certificate
      ? lastValid(world, renewals, certificate, phase)
      : Date.parse(read.validTo)
    if (isWithin(world, at) && (!first || at < first.at)) {
      first = { at, subject: /CN=([^\n]+)/.exec(read.subject)?.[1] ?? read.subject, certificate }
    }
  }
  return first && found(world, first, secret.token, secret)
}

function certificateOf (pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    // Not what it says it is: nobody uses it as a certificate.
    return undefined
  }
}

/** Until when somebody who takes a certificate at ups of a phase has a valid one. */
function lastValid (
  world: AgedWorld,
  renewals: Renewals,
  { urn }: ResourceV3,
  phase: number | undefined
): number {
  const [first, ...later] = renewals.generations(urn)
  let end = first?.end ?? Infinity
  for (const next of later) {
    const taken = renewals.up(phase, next.start)
    if (taken === undefined || taken > Math.min(end, world.to)) break
    end = Math.max(end, next.end)
  }
  return end
}

function found (world: AgedWorld, ended: Ended, urn: string, secret?: CloudRecord): Found {
  const { at, subject, certificate } = ended
  const early = certificate ? numberAt(certificate.outputs, 'earlyRenewalHours', 0) / 24 : 0
  const phases = [...new Set([certificate && phaseOf(world, certificate.urn), phaseOf(world, urn)])]
    .filter((phase) => phase !== undefined).sort((a, b) => a - b)
  const where = secret ? `Secret ${secret.id}` : nameOf(urn)
  const place = secret ? placeOf(world, secret) : { urn, ...unitOf(world, urn) }
  return {
    code: 'certificate-ended',
    effect: 'breaks',
    at,
    ...place,
    message: `${where}: the certificate of ${subject} ended, and nothing replaced it`,
    right: early > 0
      ? `a schedule with operation up of phase ${phases.join(' and ')} at least every ` +
        `${Math.floor(early)} days: an up in the last ${Math.floor(early)} days of its life replaces it`
      : certificate
      ? 'a certificate that counts as due before its end (earlyRenewalHours), and ups in that time; for an ' +
        'authority, another one that is trusted before this one ends'
      : 'a certificate that whoever issued it renews',
    source: tlsSource
  }
}

/** Tells if something in a cloud is given a certificate; its name alone shows it to nobody. */
function isShown ({ stacks }: AgedWorld, urn: string): boolean {
  return stacks.some(({ resources }) =>
    resources.some(({ type, propertyDependencies = {} }) =>
      !type.startsWith('tls:') &&
      Object.entries(propertyDependencies).some(([name, urns]) => name !== 'metadata' && urns.includes(urn))
    )
  )
}

function unitOf ({ stacks }: AgedWorld, urn: string): { unit?: string } {
  const unit = stacks.find(({ resources }) => resources.some((one) => one.urn === urn))?.unit
  return unit === undefined ? {} : { unit }
}

/**
 * Authorities that sign themselves and are replaced while nothing else is trusted: whoever was
 * given the new one refuses whoever shows what the old one signed, until all have been upped and
 * all workloads have new certificates.
 */
function replacedAtOnce (world: AgedWorld, renewals: Renewals): Found[] {
  return [...renewals.certificates].flatMap((authority): Found[] => {
    if (!authority.type.includes('selfSigned') || authority.inputs?.isCaCertificate !== true) return []
    const [, replaced] = renewals.generations(authority.urn)
    if (!replaced || !isWithin(world, replaced.start)) return []
    return [{
      code: 'authority-replaced-at-once',
      effect: 'breaks',
      at: replaced.start,
      urn: authority.urn,
      ...unitOf(world, authority.urn),
      message: `${nameOf(authority.urn)}: an up replaced the authority, and what the old one signed is not ` +
        'trusted any more',
      right: 'a second authority that everybody trusts before it signs, and the old one kept until ' +
        `nothing that it signed is left: ${Math.round((replaced.end - replaced.start) / dayMs)} days are ` +
        'time for that',
      source: 'https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/'
    }]
  })
}
