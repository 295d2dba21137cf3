import { databases } from '../../databases.ts'
import { resourcePolicy } from '../../policy.ts'

/** A week: a mistake on a Friday is found on Monday. */
const leastDays = 7

export const databaseBackups = resourcePolicy({
  name: 'database-backups',
  description: 'Databases are backed up, and backups are kept for a week or longer.',
  level: 'mandatory',
  types: Object.keys(databases),
  check: ({ type, props }) => {
    const backups = databases[type]?.backups(props)
    return backups !== undefined && backups.days < leastDays
      ? `${backups.fix} so that backups are kept for ${leastDays} days or longer`
      : undefined
  }
})
