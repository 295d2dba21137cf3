/** Names of what belongs to a pair. Pure. */
import { boundedName } from '../components/naming.ts'
import { failoverDomain } from '../federation/dns-service.ts'
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
