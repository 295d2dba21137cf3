import { databases } from '../../databases.ts'
import { resourcePolicy } from '../../policy.ts'

export const databaseEncrypted = resourcePolicy({
  name: 'database-encrypted',
  description: 'Databases are encrypted at rest.',
  level: 'mandatory',
  types: Object.keys(databases),
  check: ({ type, props }) => databases[type]?.unencrypted(props)
})
