/**
 * `npm run rotate-key`: seals all stored secrets with another secrets key while the service is
 * stopped. Configured as the service is (docs/operations.md).
 */
import { parseArgs } from 'node:util'
import { keyCheckOf } from '../automation/keys/check.ts'
import { KeyError } from '../automation/keys/errors.ts'
import { rotateKey } from '../automation/keys/rotate.ts'
import { migrate } from '../automation/store/postgres/migrate.ts'
import { parseConfig } from '../server/config.ts'
import { finishRotation, rotationKeys } from '../server/secrets-key.ts'
import { ConfigError, SecretsKeyError } from '../server/start-errors.ts'
import { interruption, withDatabase } from './service-database.ts'

async function main (): Promise<void> {
  parseArgs({ options: {} })
  const signal = interruption()
  const config = parseConfig(process.env)
  const { secretsKey, secretsKeyNext, dataFolder } = config
  if (secretsKey && !secretsKeyNext) {
    const text =
      'WINDLASS_SECRETS_KEY_NEXT is missing: expected the new key, since WINDLASS_SECRETS_KEY holds the ' +
      'present one; `openssl rand -hex 32` gives one, and your secret store keeps it'
    throw new ConfigError('config-invalid', { problems: [{ variable: 'WINDLASS_SECRETS_KEY_NEXT', text }] })
  }
  const { from, to } = secretsKey && secretsKeyNext
    ? { from: secretsKey, to: secretsKeyNext }
    : await rotationKeys(dataFolder)
  await withDatabase(config, { name: 'windlass-rotate-key', connections: 2, signal }, async (pool) => {
    await migrate(pool)
    const values = await rotateKey(pool, { from, to, signal })
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
      return
    }
    const kept = await finishRotation(dataFolder, to)
    console.log(`It is in ${dataFolder}/secrets.key: put it into your secret store.`)
    if (kept !== undefined) {
      console.log(`The old key is in ${kept}. Remove it when there are no backups made with it.`)
    }
  })
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
