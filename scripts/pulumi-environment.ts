/**
 * What the plain Pulumi CLI needs to work on a service's stacks, as `export` lines for a shell: `eval "$(npm run -s pulumi:environment)"`, with the service's own variables (WINDLASS_*) set. Those of live
 * deployments, or of the world named (`-- default`), which are in the CLI's backend when the service runs with WINDLASS_ENGINE=pulumi. The passphrase among them is a secret.
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { pulumiEnvironment } from '../automation/index.ts'
import { parseConfig } from '../server/config.ts'
import { storedSecretsKey } from '../server/secrets-key.ts'

const world = process.argv[2]
const { dataFolder, secretsKey, pulumiBackend } = parseConfig(process.env)
const keyFile = join(dataFolder, 'secrets.key')
if (secretsKey === undefined && !await access(keyFile).then(() => true, () => false)) {
  console.error(`there is no ${keyFile}: run this where the service runs, with its WINDLASS_DATA or WINDLASS_SECRETS_KEY`)
  process.exitCode = 1
} else {
  const environment = await pulumiEnvironment({ dataFolder, secretsKey: secretsKey ?? await storedSecretsKey(dataFolder), ...(pulumiBackend === undefined ? {} : { backend: pulumiBackend }), ...(world === undefined ? {} : { world }) })
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`)
}
