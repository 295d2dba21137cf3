/**
 * `npm run backup -- FILE` writes a backup of the database and checks it; `npm run restore -- FILE
 * [--replace]` puts one in its place. Configured as the service is. docs/operations.md says more.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BackupError } from '../automation/backup/file.ts'
import { restoreBackup } from '../automation/backup/restore.ts'
import { writeBackup } from '../automation/backup/write.ts'
import { openDatabase } from '../automation/index.ts'
import { createPool } from '../automation/store/postgres/database.ts'
import { ConfigError, parseConfig } from '../server/config.ts'
import { SecretsKeyError, settledSecretsKey, storedSecretsKey } from '../server/secrets-key.ts'

const usage = 'usage: npm run backup -- FILE\n       npm run restore -- FILE [--replace]'
const quiet = {
  debug: () => undefined,
  info: (_fields: object, message: string) => {
    console.error(message)
  },
  warn: (_fields: object, message: string) => {
    console.error(message)
  },
  error: (_fields: object, message: string) => {
    console.error(message)
  }
}

async function main (): Promise<number> {
  const { positionals: [what, name], values } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false } }
  })
  if ((what !== 'backup' && what !== 'restore') || name === undefined) {
    console.error(usage)
    return 2
  }
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupt.abort(new Error(signal))
    })
  }
  const config = parseConfig(process.env)
  const file = resolve(process.env.INIT_CWD ?? '', name)
  const database = await openDatabase({
    dataFolder: config.dataFolder,
    logger: quiet,
    signal: interrupt.signal,
    ...(config.databaseUrl !== undefined && { url: config.databaseUrl })
  })
  const pool = createPool(database.url, { max: 2, name: `windlass-${what}` })
  try {
    // A restore may be of the key's time before the database's.
    const secretsKey = what === 'backup'
      ? await settledSecretsKey(config, database.url, quiet)
      : config.secretsKey ?? await storedSecretsKey(config.dataFolder)
    if (what === 'backup') {
      const { rows, tables } = await writeBackup(pool, { file, secretsKey, signal: interrupt.signal })
      console.log(
        `${file}: ${rows} rows of ${tables} tables, read back and whole. Keep the secrets key (${
          config.secretsKey ? 'WINDLASS_SECRETS_KEY' : `${config.dataFolder}/secrets.key`
        }) elsewhere: without it the backup is of no use.`
      )
    } else {
      const { rows, time } = await restoreBackup(pool, { file, secretsKey, replace: values.replace })
      console.log(
        `restored ${rows} rows as of ${time}. Before anything live is deployed again, refresh it: clouds ` +
          'may have moved on since.'
      )
    }
    return 0
  } finally {
    await pool.end()
    await database.close()
  }
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
