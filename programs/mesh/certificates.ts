/** A cluster's intermediate certificate authority, and the certificate its ingress shows. */
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  interpolate,
  type Output,
  secret
} from '@pulumi/pulumi'
import * as tls from '@pulumi/tls'
import { leafRenewalHours } from './settings.ts'

export interface CertificatesArgs {
  readonly cluster: string
  readonly organization: string
  readonly trustDomain: string
  readonly rootCertificate: Input<string>
  /** Private key of the root, a secret. */
  readonly rootKey: Input<string>
  /** Life of the intermediate, and the time before its end at which it is replaced. */
  readonly hours: { readonly intermediate: number, readonly renewal: number }
  /** DNS names that the ingress serves. */
  readonly hosts: readonly string[]
}

/**
 * Hours that an ingress certificate lives: 397 days, the longest that public clients accept
 * (CA/Browser Forum), here for the same hygiene.
 */
const ingressHours = 397 * 24

/** Keys are secret outputs. `chain`: intermediate and root, PEM. */
export class ClusterCertificates extends ComponentResource {
  readonly certificate: Output<string>
  readonly key: Output<string>
  readonly chain: Output<string>
  readonly validity: Output<{ from: string, to: string }>
  readonly ingressChain: Output<string>
  readonly ingressKey: Output<string>

  constructor (name: string, args: CertificatesArgs, options?: ComponentResourceOptions) {
    super('windlass:mesh:ClusterCertificates', name, {}, options)
    const inside = { parent: this }
    const key = new tls.PrivateKey(
      `${name}-intermediate-key`,
      { algorithm: 'ECDSA', ecdsaCurve: 'P384' },
      inside
    )
    const request = new tls.CertRequest(`${name}-intermediate-request`, {
      privateKeyPem: key.privateKeyPem,
      subject: { commonName: `${args.cluster} intermediate`, organization: args.organization },
      // Istio checks that an intermediate may sign for the trust domain.
      uris: [`spiffe://${args.trustDomain}`]
    }, inside)
    const intermediate = new tls.LocallySignedCert(`${name}-intermediate`, {
      certRequestPem: request.certRequestPem,
      caCertPem: args.rootCertificate,
      caPrivateKeyPem: args.rootKey,
      isCaCertificate: true,
      setSubjectKeyId: true,
      // It signs workloads, never another authority.
      maxPathLength: 0,
      validityPeriodHours: args.hours.intermediate,
      earlyRenewalHours: args.hours.renewal,
      allowedUses: ['cert_signing', 'crl_signing', 'digital_signature', 'key_encipherment']
    }, inside)
    const ingressKey = new tls.PrivateKey(
      `${name}-ingress-key`,
      { algorithm: 'ECDSA', ecdsaCurve: 'P256' },
      inside
    )
    const ingressRequest = new tls.CertRequest(`${name}-ingress-request`, {
      privateKeyPem: ingressKey.privateKeyPem,
      subject: { commonName: args.hosts[0] ?? args.cluster, organization: args.organization },
      dnsNames: [...args.hosts]
    }, inside)
    const ingress = new tls.LocallySignedCert(`${name}-ingress`, {
      certRequestPem: ingressRequest.certRequestPem,
      caCertPem: intermediate.certPem,
      caPrivateKeyPem: key.privateKeyPem,
      validityPeriodHours: ingressHours,
      earlyRenewalHours: leafRenewalHours,
      allowedUses: ['digital_signature', 'server_auth']
    }, inside)
    this.certificate = intermediate.certPem
    this.key = secret(key.privateKeyPem)
    this.chain = interpolate`${intermediate.certPem}${args.rootCertificate}`
    this.validity = intermediate.validityStartTime.apply((from) =>
      intermediate.validityEndTime.apply((to) => ({ from, to }))
    )
    this.ingressChain = interpolate`${ingress.certPem}${intermediate.certPem}`
    this.ingressKey = secret(ingressKey.privateKeyPem)
    this.registerOutputs({ certificate: this.certificate, validity: this.validity })
  }
}
