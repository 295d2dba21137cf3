/** Certificates of the ledgers of all pairs, by the pairs' primaries. */
import { type Output, output, secret } from '@pulumi/pulumi'
import { type LedgerIdentity } from '../outputs.ts'
import { type Federation } from '../types.ts'
import { LedgerCertificates } from './ledger-certificates.ts'
import { ledgerHost, ledgerNamespace } from './names.ts'
import { replicationOf } from './recovery.ts'

/** Registers the certificates of each pair whose primary keeps state. */
export function ledgerIdentities (federation: Federation): Record<string, Output<LedgerIdentity>> {
  const pairs = federation.disasterRecovery.pairs.filter((pair) =>
    replicationOf(federation, pair).mode !== 'none'
  )
  return Object.fromEntries(pairs.map((pair) => {
    const { authority, server, replication } = new LedgerCertificates(ledgerNamespace(pair), {
      organization: federation.owner,
      mesh: federation.mesh,
      hosts: [ledgerHost(pair, pair.primary), ledgerHost(pair, pair.standby)]
    })
    return [
      pair.primary,
      secret(output({
        authority,
        serverCertificate: server.certificate,
        serverKey: server.key,
        replicationCertificate: replication.certificate,
        replicationKey: replication.key
      }))
    ]
  }))
}
