/** Schema of the `monitoring` section of a federation file. */
import { Type } from 'typebox'
import { closed, integer, number, optional, text } from '../../contract/schema.ts'
import { label, secretName } from './schema-values.ts'

export const monitoringSchema = Type.Object({
  hub: label('the name of the cluster that runs the shared services'),
  retentionDays: integer('days that metrics are kept', 1, 3650),
  scrapeIntervalSeconds: integer('seconds between scrapes', 1, 300),
  traceSamplingPercent: number('the share of requests that are traced', 0, 100),
  minimumAlertRules: optional(integer('the number of alert rules that must be there', 0, 10_000)),
  runbooks: optional(
    text(
      'where docs/runbooks is published: an https address without a slash at the end',
      { pattern: '^https://[^\\s/]+(/[^\\s/]+)*$' }
    )
  ),
  mail: optional(Type.Object({
    smarthost: text('host and port of the mail server', { pattern: '^[a-z0-9.-]+:[0-9]{1,5}$' }),
    from: optional(text('the sender of alerts', { pattern: '^[^\\s@]+@[^\\s@]+$' }))
  }, { ...closed, description: 'a mapping: the mail server of alerts' })),
  receivers: Type.Object({
    slack: optional(secretName),
    pagerduty: optional(secretName),
    email: optional(secretName),
    watchdog: optional(secretName)
  }, { ...closed, description: 'a mapping of slack, pagerduty, email, watchdog to names of secrets' })
}, { ...closed, description: 'a mapping: monitoring' })
