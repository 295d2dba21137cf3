/**
 * Certificates of a replicated database: an authority that both sides of a pair trust, and by it a
 * certificate of the servers and one of whoever replicates.
 */
import { ComponentResource, type ComponentResourceOptions, concat, type Output, secret } from '@pulumi/pulumi'
import * as tls from '@pulumi/tls'
import { authorityHours, leafRenewalHours, ofGeneration, rootsOf } from '../mesh/settings.ts'
import { type Mesh } from '../types/services.ts'

export interface LedgerCertificatesArgs {
  readonly organization: string
  readonly mesh: Mesh
  /** Names under which the servers are called. */
  readonly hosts: readonly string[]
}

/** The user that replicates, by the operator's convention. */
const replicationUser = 'streaming_replica'
/**
 * A year, renewed by the first deployment in its last quarter: the operator reloads what changes.
 */
const leafHours = 365 * 24

/** A certificate with its key. */
export interface Leaf {
  readonly certificate: Output<string>
  readonly key: Output<string>
}

/** Keys are secret. `authority`: every one that is trusted, PEM, one after the other. */
export class LedgerCertificates extends ComponentResource {
  readonly authority: Output<string>
  readonly server: Leaf
  readonly replication: Leaf

  constructor (
    name: string,
    { organization, mesh, hosts }: LedgerCertificatesArgs,
    options?: ComponentResourceOptions
  ) {
    super('windlass:disaster-recovery:LedgerCertificates', name, {}, options)
    const inside = { parent: this }
    const authorityOf = (generation: number) => {
      const key = new tls.PrivateKey(
        ofGeneration(`${name}-authority`, generation) + '-key',
        { algorithm: 'ECDSA', ecdsaCurve: 'P384' },
        inside
      )
      const certificate = new tls.SelfSignedCert(ofGeneration(`${name}-authority`, generation), {
        privateKeyPem: key.privateKeyPem,
        isCaCertificate: true,
        maxPathLength: 0,
        setSubjectKeyId: true,
        subject: { commonName: ofGeneration(name, generation), organization },
        validityPeriodHours: authorityHours(mesh).intermediate,
        allowedUses: ['cert_signing', 'crl_signing']
      }, inside)
      return { key, certificate }
    }
    const { trusted, signing } = rootsOf(mesh)
    const authorities = new Map(trusted.map((generation) => [generation, authorityOf(generation)]))
    const authority = authorities.get(signing) ?? authorityOf(signing)
    const leaf = (what: string, commonName: string, dnsNames: string[], allowedUses: string[]): Leaf => {
      const own = new tls.PrivateKey(
        `${name}-${what}-key`,
        { algorithm: 'ECDSA', ecdsaCurve: 'P256' },
        inside
      )
      const request = new tls.CertRequest(`${name}-${what}-request`, {
        privateKeyPem: own.privateKeyPem,
        subject: { commonName, organization },
        dnsNames
      }, inside)
      const signed = new tls.LocallySignedCert(`${name}-${what}`, {
        certRequestPem: request.certRequestPem,
        caCertPem: authority.certificate.certPem,
        caPrivateKeyPem: authority.key.privateKeyPem,
        validityPeriodHours: leafHours,
        earlyRenewalHours: leafRenewalHours,
        allowedUses: ['digital_signature', ...allowedUses]
      }, inside)
      return { certificate: signed.certPem, key: secret(own.privateKeyPem) }
    }
    this.authority = concat(...[...authorities.values()].map(({ certificate }) => certificate.certPem))
    this.server = leaf('server', hosts[0] ?? name, [...hosts], ['server_auth'])
    this.replication = leaf('replication', replicationUser, [], ['client_auth'])
    this.registerOutputs({ authority: this.authority })
  }
}
