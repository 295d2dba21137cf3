/**
 * Writes docs/permissions: files for the clouds' own tools with the permissions that each phase of
 * Nautilus needs in each cloud, from the tables of which phase 1 makes its deployment roles. With
 * `--check` it changes nothing, and exits with 1 when a file is not current.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { loadFederation } from '../automation/federation/load.ts'
import { awsDeployStatements } from '../programs/prerequisites/deployer-aws.ts'
import {
  awsActions,
  azureActions,
  deployedPhases,
  gcpPermissionsOf
} from '../programs/prerequisites/permissions/phases.ts'
import { repository } from './service-process.ts'

const folder = join(repository, 'docs', 'permissions')
const loaded = await loadFederation(join(repository, 'federations', 'nautilus.yaml'))
if ('errors' in loaded) {
  throw new Error(`federations/nautilus.yaml is not valid: ${loaded.errors[0]?.message ?? ''}`)
}
const { federation } = loaded
const regions = [
  ...new Set(federation.clusters.filter(({ cloud }) => cloud === 'aws').map(({ region }) => region))
].sort()

const files = new Map<string, string>()
for (const phase of deployedPhases) {
  const statements = awsDeployStatements(federation, regions, (scope) => awsActions(phase, scope, federation))
  const permissions = gcpPermissionsOf(phase, federation)
  const actions = azureActions(phase, federation)
  if (statements.length > 0) {
    files.set(
      `${phase}.aws.json`,
      `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)}\n`
    )
  }
  if (permissions.length > 0) {
    files.set(
      `${phase}.gcp.yaml`,
      stringify({
        title: `${federation.name}: deploy ${phase}`,
        description: `What phase ${phase} of ${federation.name} asks for`,
        stage: 'GA',
        includedPermissions: permissions
      })
    )
  }
  if (actions.length > 0) {
    files.set(
      `${phase}.azure.json`,
      `${
        JSON.stringify(
          {
            Name: `${federation.name}-deploy-${phase}`,
            IsCustom: true,
            Description: `What phase ${phase} of ${federation.name} asks for`,
            Actions: actions,
            NotActions: [],
            AssignableScopes: [`/subscriptions/${federation.accounts.azure.subscriptionId}`]
          },
          null,
          2
        )
      }\n`
    )
  }
}

await mkdir(folder, { recursive: true })
const present = (await readdir(folder)).filter((name) => name !== 'README.md')
if (process.argv.includes('--check')) {
  const stale = [...files].map(async ([name, text]) =>
    await readFile(join(folder, name), 'utf8').catch(() => '') === text ? [] : [name]
  )
  const wrong = [...(await Promise.all(stale)).flat(), ...present.filter((name) => !files.has(name))]
  if (wrong.length > 0) {
    console.error(
      `docs/permissions differs from the programs (${wrong.join(', ')}): run \`node scripts/permissions.ts\``
    )
    process.exit(1)
  }
} else {
  await Promise.all(present.filter((name) => !files.has(name)).map((name) => rm(join(folder, name))))
  await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)))
}
