/**
 * `npm run rotate-key`: seals what is stored with another secrets key, while the service is
 * stopped. Configured as the service is. docs/operations.md says more.
 */
import { parseArgs } from 'node:util'
import { openDatabase } from '../automation/index.ts'
import { keyCheckOf, KeyError } from '../automation/keys/check.ts'
import { rotateKey } from '../automation/keys/rotate.ts'
import { createPool } from '../automation/store/postgres/database.ts'
import { migrate } from '../automation/store/postgres/migrate.ts'
import { ConfigError, parseConfig } from '../server/config.ts'
import { finishRotation, rotationKeys, SecretsKeyError } from '../server/secrets-key.ts'

const tell = (_fields: object, message: string) => {
  console.error(message)
}

async function main (): Promise<void> {
  parseArgs({ options: {} })
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupt.abort(new Error(signal))
    })
  }
  const { secretsKey, secretsKeyNext, dataFolder, databaseUrl } = parseConfig(process.env)
  if (secretsKey && !secretsKeyNext) {
    throw new ConfigError([
      'WINDLASS_SECRETS_KEY_NEXT is missing: expected the new key, since WINDLASS_SECRETS_KEY holds the ' +
      'present one; `openssl rand -hex 32` gives one, and your secret store keeps it'
    ])
  }
  const { from, to } = secretsKey && secretsKeyNext
    ? { from: secretsKey, to: secretsKeyNext }
    : await rotationKeys(dataFolder)
  const database = await openDatabase({
    dataFolder,
    logger: { debug: () => undefined, info: tell, warn: tell, error: tell },
    signal: interrupt.signal,
    ...(databaseUrl !== undefined && { url: databaseUrl })
  })
  const pool = createPool(database.url, { max: 2, name: 'windlass-rotate-key' })
  try {
    await migrate(pool)
    const values = await rotateKey(pool, { from, to, signal: interrupt.signal })
    const kept = secretsKey ? undefined : await finishRotation(dataFolder, to)
    console.log(
      values === undefined
        ? 'the database was sealed with the new key already'
        : `${values} values are sealed with the new key, whose check is ${keyCheckOf(to)}`
    )
    if (secretsKey) {
      console.log(
        'Set WINDLASS_SECRETS_KEY to it now, and remove WINDLASS_SECRETS_KEY_NEXT. Keep the old key for ' +
          'as long as backups made with it.'
      )
    } else {console.log(
        `It is in ${dataFolder}/secrets.key: put it into your secret store.${
          kept === undefined
            ? ''
            : ` The old one is in ${kept}: backups made with it need it; remove the file when there are none.`
        }`
      )}
  } finally {
    await pool.end()
    await database.close()
  }
}

try {
  await main()
} catch (error) {
  const usage = error instanceof ConfigError || error instanceof SecretsKeyError ||
    (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true
  if (!(usage || error instanceof KeyError)) throw error
  console.error((error as Error).message)
  process.exitCode = usage ? 2 : 1
}
