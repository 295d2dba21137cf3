import { databases } from '../../databases.ts'
import { resourcePolicy } from '../../policy.ts'

export const databaseDeletionProtection = resourcePolicy({
  name: 'database-deletion-protection',
  description: 'Databases are protected from deletion, by the cloud or by the protect option.',
  level: 'mandatory',
  types: Object.keys(databases),
  check: ({ type, props, protect }) => protect ? undefined : databases[type]?.unguarded(props)
})
