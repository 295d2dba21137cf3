/**
 * `eval "$(npm run -s pulumi:environment)"`: prints `export` lines with which the plain Pulumi CLI
 * works on a service's stacks. The service's own variables (WINDLASS_*) have to be set.
 *
 * The stacks are those of live deployments, or of the world given (`-- default`), which are in the
 * CLI's backend when the service runs with WINDLASS_ENGINE=pulumi. The passphrase is a secret.
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { pulumiEnvironment } from '../automation/index.ts'
import { KeyError } from '../automation/keys/errors.ts'
import { establishRoot } from '../automation/keys/root.ts'
import { migrate } from '../automation/store/postgres/migrate.ts'
import { parseConfig, type Config } from '../server/config.ts'
import { settledSecretsKey } from '../server/secrets-key.ts'
import { SecretsKeyError } from '../server/start-errors.ts'
import { messages, withDatabase } from './service-database.ts'

const exists = (file: string) => access(file).then(() => true, () => false)

/**
 * The root that the passphrase is made from, as the database has it. Where the database is lost, it
 * is the secrets key, which the root equals until the first rotation.
 */
async function rootOf (config: Config): Promise<Buffer> {
  const { dataFolder, databaseUrl, secretsKey } = config
  if (databaseUrl === undefined && secretsKey && !await exists(join(dataFolder, 'postgres.json'))) {
    console.error(
      `there is no database in ${dataFolder}: this is the passphrase of a key that was never rotated`
    )
    return secretsKey
  }
  return withDatabase(config, { name: 'windlass-environment', connections: 1 }, async (pool, url) => {
    await migrate(pool)
    return establishRoot(pool, await settledSecretsKey(config, url, messages))
  })
}

const world = process.argv[2]
const config = parseConfig(process.env)
const { dataFolder, secretsKey, pulumiBackend } = config
const keyFile = join(dataFolder, 'secrets.key')
try {
  if (secretsKey === undefined && !await exists(keyFile)) {
    throw new SecretsKeyError('secrets-key-invalid', {
      file: keyFile,
      wrong: 'missing',
      variables: ['WINDLASS_SECRETS_KEY']
    })
  }
  const environment = await pulumiEnvironment({
    dataFolder,
    root: await rootOf(config),
    ...(pulumiBackend !== undefined && { backend: pulumiBackend }),
    ...(world !== undefined && { world })
  })
  for (const [name, value] of Object.entries(environment)) {
    console.log(`export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`)
  }
} catch (error) {
  if (!(error instanceof SecretsKeyError || error instanceof KeyError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
