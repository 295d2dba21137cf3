/**
 * `npm run retention`: what the service would remove now, since it is older than it is to be kept.
 * Changes nothing. Configured as the service is; docs/operations.md says more.
 */
import { openDatabase } from '../automation/index.ts'
import { wouldRemove } from '../automation/retention/retention.ts'
import { createPool } from '../automation/store/postgres/database.ts'
import { migrate } from '../automation/store/postgres/migrate.ts'
import { ConfigError, parseConfig, periodsOf } from '../server/config.ts'

const tell = (_fields: object, message: string) => {
  console.error(message)
}

try {
  const config = parseConfig(process.env)
  const database = await openDatabase({
    dataFolder: config.dataFolder,
    logger: { debug: () => undefined, info: tell, warn: tell, error: tell },
    ...(config.databaseUrl !== undefined && { url: config.databaseUrl })
  })
  const pool = createPool(database.url, { max: 1, name: 'windlass-retention' })
  try {
    await migrate(pool)
    for (const { what, days, count } of await wouldRemove(pool, periodsOf(config))) {
      console.log(
        `${what.padEnd(16)} ${
          days === 0 ? 'kept for ever' : `${count} older than ${days === 1 ? 'a day' : `${days} days`}`
        }`
      )
    }
  } finally {
    await pool.end()
    await database.close()
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
