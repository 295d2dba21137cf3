/**
 * `npm run backup -- FILE` writes a backup of the database and checks it; `npm run restore -- FILE
 * [--replace]` restores one. Configured as the service is (docs/operations.md).
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BackupError } from '../automation/backup/errors.ts'
import { restoreBackup } from '../automation/backup/restore.ts'
import { writeBackup } from '../automation/backup/write.ts'
import { parseConfig } from '../server/config.ts'
import { settledSecretsKey, storedSecretsKey } from '../server/secrets-key.ts'
import { ConfigError, SecretsKeyError } from '../server/start-errors.ts'
import { interruption, messages, withDatabase } from './service-database.ts'

const usage = 'usage: npm run backup -- FILE\n       npm run restore -- FILE [--replace]'

async function main (): Promise<number> {
  const { positionals: [what, name], values } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false } }
  })
  if ((what !== 'backup' && what !== 'restore') || name === undefined) {
    console.error(usage)
    return 2
  }
  const signal = interruption()
  const config = parseConfig(process.env)
  const file = resolve(process.env.INIT_CWD ?? '', name)
  await withDatabase(config, { name: `windlass-${what}`, connections: 2, signal }, async (pool, url) => {
    if (what === 'backup') {
      const secretsKey = await settledSecretsKey(config, url, messages)
      const { rows, tables } = await writeBackup(pool, { file, secretsKey, signal })
      const keyPlace = config.secretsKey ? 'WINDLASS_SECRETS_KEY' : `${config.dataFolder}/secrets.key`
      console.log(
        `${file}: ${rows} rows of ${tables} tables, read back and complete. Keep the secrets key ` +
          `(${keyPlace}) elsewhere: without it the backup is of no use.`
      )
      return
    }
    // The key is not compared with the database's: the backup may be older than the present key.
    const secretsKey = config.secretsKey ?? await storedSecretsKey(config.dataFolder)
    const { rows, time } = await restoreBackup(pool, { file, secretsKey, replace: values.replace })
    console.log(
      `restored ${rows} rows as of ${time}. Refresh live stacks before you deploy them again: their clouds ` +
        'may have changed since.'
    )
  })
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (
    !(error instanceof BackupError || error instanceof ConfigError || error instanceof SecretsKeyError ||
      (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true)
  ) throw error
  console.error((error as Error).message)
  process.exitCode = error instanceof ConfigError || !(error instanceof BackupError) ? 2 : 1
}
