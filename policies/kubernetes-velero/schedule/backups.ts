import { resourcePolicy, stackPolicy } from '../../policy.ts'
import { at, text } from '../../properties.ts'

/** A backup older than a day is no longer what anyone would go back to. */
const everyDay = /^(\S+ \S+|@hourly|@daily|@every )/

export const veleroSchedules = resourcePolicy({
  name: 'recovery-backup-schedules',
  description: 'Backups run on schedule, are not paused, and expire.',
  level: 'mandatory',
  types: ['kubernetes:velero.io/v1:Schedule'],
  check: ({ props }) => [
    ...(everyDay.test(text(props, 'spec.schedule') ?? '') ? [] : ['set spec.schedule']),
    ...(at(props, 'spec.paused') === true ? ['set spec.paused to false'] : []),
    ...(text(props, 'spec.template.ttl') === undefined ? ['set spec.template.ttl'] : [])
  ]
})

export const backupsPresent = stackPolicy({
  name: 'recovery-backups-present',
  description: 'Disaster recovery of a cluster that keeps state comes with a backup schedule.',
  level: 'mandatory',
  reads: 'facts',
  check: (resources, facts) => {
    if (
      facts?.phase !== 'disaster-recovery' || facts.clusters.length !== 1 ||
      facts.scope !== facts.clusters[0]?.name || !facts.clusters[0].stateful
    ) return []
    return resources.some(({ type }) => type === 'kubernetes:velero.io/v1:Schedule')
      ? []
      : [{ message: `add a Velero schedule for ${facts.scope}` }]
  }
})
