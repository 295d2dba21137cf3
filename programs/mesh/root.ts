/**
 * The root certificate authorities of a federation's mesh, and what its clusters share: the
 * certificates of both sides of a recovery pair, and the password of the metrics' gateway. Nothing
 * here needs a cloud, so either side can be lost. A root signs nothing but the clusters'
 * intermediates; its key exists in this unit's state only, as a secret.
 */
import { concat, secret } from '@pulumi/pulumi'
import * as random from '@pulumi/random'
import * as tls from '@pulumi/tls'
import { ledgerIdentities } from '../disaster-recovery/ledger-identities.ts'
import { metricsPasswordName } from '../monitoring/hub.ts'
import { type FederationMesh, type Resolved } from '../outputs.ts'
import { type Federation, type PhaseProgram } from '../types.ts'
import { authorityHours, ofGeneration, rootsOf } from './settings.ts'

export const program: PhaseProgram = ({ federation }): Resolved<FederationMesh> => {
  const { trusted, signing } = rootsOf(federation.mesh)
  const root = rootOf(federation, signing)
  // Here, so that clusters and hub need not wait for each other to know it.
  const metrics = new random.RandomPassword(metricsPasswordName, { length: 32, special: false })
  const others = trusted.filter((generation) => generation !== signing)
    .map((generation) => rootOf(federation, generation).certificate.certPem)
  return {
    rootCertificate: concat(root.certificate.certPem, ...others),
    rootKey: secret(root.key.privateKeyPem),
    ledgers: secret(ledgerIdentities(federation)),
    metricsPassword: secret(metrics.result),
    metricsPasswordHash: secret(metrics.bcryptHash)
  }
}

/**
 * Registers one generation of the root. It is never replaced by the clock: whoever was given the
 * next one would refuse what it signed.
 */
function rootOf (federation: Federation, generation: number) {
  // Losing the key would mean to replace every certificate of the mesh.
  const key = new tls.PrivateKey(ofGeneration('root', generation) + '-key', {
    algorithm: 'ECDSA',
    ecdsaCurve: 'P384'
  })
  const certificate = new tls.SelfSignedCert(ofGeneration('root', generation), {
    privateKeyPem: key.privateKeyPem,
    isCaCertificate: true,
    // Intermediates, and nothing below them that could sign.
    maxPathLength: 1,
    setSubjectKeyId: true,
    subject: {
      commonName: ofGeneration(`${federation.name} root`, generation),
      organization: federation.owner
    },
    validityPeriodHours: authorityHours(federation.mesh).root,
    allowedUses: ['cert_signing', 'crl_signing']
  })
  return { key, certificate }
}
