/** Names of what belongs to a pair. Pure. */
import { boundedName } from '../components/naming.ts'
import { failoverDomain } from '../federation/dns-service.ts'
import { clusterOf } from '../scopes.ts'
import { type DrPair } from '../types/recovery.ts'
import { type Federation } from '../types.ts'

/**
 * The namespace of what a pair runs, in its own clusters and its observers: one per primary, so
 * that pairs that share a cluster stay apart.
 */
export function recoveryNamespace (pair: DrPair): string {
  return boundedName(63, 'dr', pair.primary)
}

/** The name that leads to the primary, and to the standby when the primary is lost. */
export function pairHost (federation: Federation, pair: DrPair): string {
  return `${pair.primary}.${failoverDomain(federation)}`
}

/** The namespace of a pair's ledger, the same on both sides: that is how the mesh joins them. */
export function ledgerNamespace (pair: DrPair): string {
  return boundedName(63, 'ledger', pair.primary)
}

/** The namespaces of the ledgers that a cluster has a side of. */
export function ledgerNamespaces (federation: Federation, cluster: string): string[] {
  return federation.disasterRecovery.pairs.filter(({ primary, standby }) =>
    [primary, standby].includes(cluster) && clusterOf(federation, primary).stateful
  ).map(ledgerNamespace)
}

/** The PostgreSQL cluster of one side; the operator takes 50 letters at most. */
export function ledgerName (cluster: string): string {
  return boundedName(50, 'ledger', cluster)
}

/** Host at which that side takes writes, when it does. */
export function ledgerHost (pair: DrPair, cluster: string): string {
  return `${ledgerName(cluster)}-rw.${ledgerNamespace(pair)}.svc.cluster.local`
}
