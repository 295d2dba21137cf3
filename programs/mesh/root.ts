/**
 * The root certificate authority of a federation's mesh, and the certificates that both sides of a
 * recovery pair share: nothing here needs a cloud, so either side can be lost. The root signs
 * nothing but the clusters' intermediates; its key exists in this unit's state only, as a secret.
 */
import { secret } from '@pulumi/pulumi'
import * as tls from '@pulumi/tls'
import { ledgerIdentities } from '../disaster-recovery/ledger-identities.ts'
import { type FederationMesh, type Resolved } from '../outputs.ts'
import { type PhaseProgram } from '../types.ts'
import { authorityHours } from './settings.ts'

export const program: PhaseProgram = ({ federation }): Resolved<FederationMesh> => {
  // Losing the key would mean to replace every certificate of the mesh.
  const key = new tls.PrivateKey('root-key', { algorithm: 'ECDSA', ecdsaCurve: 'P384' })
  const certificate = new tls.SelfSignedCert('root', {
    privateKeyPem: key.privateKeyPem,
    isCaCertificate: true,
    // Intermediates, and nothing below them that could sign.
    maxPathLength: 1,
    setSubjectKeyId: true,
    subject: { commonName: `${federation.name} root`, organization: federation.owner },
    validityPeriodHours: authorityHours(federation.mesh).root,
    allowedUses: ['cert_signing', 'crl_signing']
  })
  return {
    rootCertificate: certificate.certPem,
    rootKey: secret(key.privateKeyPem),
    ledgers: secret(ledgerIdentities(federation))
  }
}
