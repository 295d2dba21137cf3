/**
 * What the plain Pulumi CLI needs to work on a service's stacks, as `export` lines for a shell:
 * `eval "$(npm run -s pulumi:environment)"`, with the service's own variables (WINDLASS_*) set.
 * Those of live deployments, or of the world named (`-- default`), which are in the CLI's backend
 * when the service runs with WINDLASS_ENGINE=pulumi. The passphrase among them is a secret.
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase, pulumiEnvironment } from '../automation/index.ts'
import { KeyError } from '../automation/keys/check.ts'
import { establishRoot } from '../automation/keys/root.ts'
import { createPool } from '../automation/store/postgres/database.ts'
import { migrate } from '../automation/store/postgres/migrate.ts'
import { parseConfig, type Config } from '../server/config.ts'
import { SecretsKeyError, settledSecretsKey } from '../server/secrets-key.ts'

const there = (file: string) => access(file).then(() => true, () => false)
const tell = (_fields: object, message: string) => {
  console.error(message)
}

/**
 * From what the passphrase is made: as the database has it, or, where the database is lost, the
 * key, which it is until the first rotation.
 */
async function rootOf (config: Config): Promise<Buffer> {
  const { dataFolder, databaseUrl, secretsKey } = config
  if (databaseUrl === undefined && secretsKey && !await there(join(dataFolder, 'postgres.json'))) {
    console.error(
      `there is no database in ${dataFolder}: this is the passphrase of a key that was never rotated`
    )
    return secretsKey
  }
  const database = await openDatabase({
    dataFolder,
    logger: { debug: () => undefined, info: tell, warn: tell, error: tell },
    ...(databaseUrl !== undefined && { url: databaseUrl })
  })
  const pool = createPool(database.url, { max: 1, name: 'windlass-environment' })
  try {
    await migrate(pool)
    return await establishRoot(
      pool,
      await settledSecretsKey(config, database.url, { info: tell, warn: tell })
    )
  } finally {
    await pool.end()
    await database.close()
  }
}

const world = process.argv[2]
const config = parseConfig(process.env)
const { dataFolder, secretsKey, pulumiBackend } = config
const keyFile = join(dataFolder, 'secrets.key')
try {
  if (secretsKey === undefined && !await there(keyFile)) {
    throw new SecretsKeyError(
      'secrets-key-invalid',
      `there is no ${keyFile}: run this where the service runs, with its WINDLASS_DATA or ` +
        'WINDLASS_SECRETS_KEY'
    )
  }
  const environment = await pulumiEnvironment({
    dataFolder,
    root: await rootOf(config),
    ...(pulumiBackend === undefined ? {} : { backend: pulumiBackend }),
    ...(world === undefined ? {} : { world })
  })
  for (const [name, value] of Object.entries(environment)) {
    console.log(`export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`)
  }
} catch (error) {
  if (!(error instanceof SecretsKeyError || error instanceof KeyError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
