/** Schema of the `disasterRecovery` section of a federation file. */
import { Type } from 'typebox'
import { closed, integer, list, oneOf, optional, text } from '../../contract/schema.ts'
import { label } from './schema-values.ts'

const drPair = Type.Object({
  primary: label('the name of a cluster'),
  standby: label('the name of a cluster'),
  rtoSeconds: optional(integer('the recovery time objective in seconds', 1, 86_400)),
  rpoSeconds: optional(integer('the recovery point objective in seconds', 0, 86_400)),
  failoverNodes: optional(integer('the nodes that the standby scales to on failover', 1, 1000))
}, {
  ...closed,
  description:
    'a disaster recovery pair: primary, standby and, optionally, rtoSeconds, rpoSeconds, failoverNodes'
})

export const recoverySchema = Type.Object({
  crossCloud: oneOf(['required', 'allowed']),
  rtoSeconds: integer('the recovery time objective in seconds', 1, 86_400),
  rpoSeconds: integer('the recovery point objective in seconds', 0, 86_400),
  pairs: list(drPair, 'a list of disaster recovery pairs'),
  probeIntervalSeconds: integer('seconds between probes', 1, 3600),
  failureThreshold: integer('consecutive failures that trigger a failover', 1, 100),
  dnsTtlSeconds: integer('the time to live of DNS records in seconds', 1, 86_400),
  globalFailoverSeconds: integer('the objective of a failover by DNS in seconds', 1, 86_400),
  backupSchedule: text(
    'a cron expression of five fields, such as "0 */6 * * *"',
    { maxLength: 60, pattern: '^[-0-9*/,]+( [-0-9*/,]+){2} [-0-9A-Za-z*/,]+ [-0-9A-Za-z*/,]+$' }
  ),
  backupRetentionDays: integer('days that backups are kept', 1, 3650),
  backupBucketDays: optional(integer('days that a bucket keeps what backups replaced or deleted', 1, 3650))
}, { ...closed, description: 'a mapping: how clusters are recovered' })
