/**
 * `npm run retention`: lists what the service would remove now because its time is over, and
 * changes nothing. Configured as the service is (docs/operations.md).
 */
import { wouldRemove } from '../automation/retention/retention.ts'
import { migrate } from '../automation/store/postgres/migrate.ts'
import { parseConfig, periodsOf } from '../server/config.ts'
import { ConfigError } from '../server/start-errors.ts'
import { withDatabase } from './service-database.ts'

try {
  const config = parseConfig(process.env)
  await withDatabase(config, { name: 'windlass-retention', connections: 1 }, async (pool) => {
    await migrate(pool)
    for (const { what, days, count } of await wouldRemove(pool, periodsOf(config))) {
      const age = days === 1 ? 'a day' : `${days} days`
      console.log(`${what.padEnd(16)} ${days === 0 ? 'kept for ever' : `${count} older than ${age}`}`)
    }
  })
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
