import { databases } from '../../databases.ts'
import { resourcePolicy } from '../../policy.ts'

export const databaseNotPublic = resourcePolicy({
  name: 'database-no-public-access',
  description: 'No database can be reached from the internet.',
  level: 'mandatory',
  types: Object.keys(databases),
  check: ({ type, props }) => databases[type]?.open(props)
})
