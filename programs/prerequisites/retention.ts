/** How long what is kept in buckets is kept. Pure. */
import { type Federation } from '../contract.ts'

/** Days that logs and metrics are kept: as long as monitoring promises, never less than a month. */
export function logRetentionDays (federation: Federation): number {
  return Math.max(federation.monitoring.retentionDays, 30)
}

/** Days that backups stay in the bucket: a week longer than a backup lives, so that the bucket never deletes one before its owner does. */
export function backupRetentionDays (federation: Federation): number {
  return federation.disasterRecovery.backupRetentionDays + 7
}
