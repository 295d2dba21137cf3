/**
 * Times that buckets and log stores keep what is in them, and names of buckets that several units
 * use. Pure.
 */
import { boundedName } from '../components/naming.ts'
import { type Federation } from '../types.ts'

/** Days that records of who did what are kept: a year, which SOC 2's auditors look back on. */
export const auditRetentionDays = 365

/** The backup bucket of a cluster (by its qualified name) on AWS. */
export function backupBucketName (name: string, accountId: string): string {
  return boundedName(63, name, 'backups', accountId)
}

/** Days that logs and metrics are kept: as long as monitoring promises, never less than a month. */
export function logRetentionDays (federation: Federation): number {
  return Math.max(federation.monitoring.retentionDays, 30)
}

/**
 * Days that what Velero deleted or replaced stays in the bucket: the file's, or a week longer than
 * a backup lives.
 * What is current has no age there: Velero keeps file backups in a kopia repository, whose packs
 * and format blob serve later snapshots too, and its maintenance deletes what none needs any more
 * (Velero, "File System Backup"; kopia, "Repository Maintenance").
 */
export function backupRetentionDays (federation: Federation): number {
  const { backupBucketDays, backupRetentionDays: days } = federation.disasterRecovery
  return backupBucketDays ?? days + 7
}
