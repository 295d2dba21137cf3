import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { childEnvironment } from '../../child-environment.ts'
import { type PulumiCli } from './find.ts'

const run = promisify(execFile)
/** The packages whose plugins talk to clouds. */
const packages = ['aws', 'azure-native', 'gcp', 'kubernetes'] as const

/**
 * A provider's plugin: the version that the programs were written for, and those that the CLI has.
 */
export interface PluginState {
  name: string
  needed: string
  installed: string[]
}

/**
 * Asks a CLI which of the providers' plugins it has. It starts a process of the CLI, for ten
 * seconds at most.
 */
export async function providerPlugins (cli: PulumiCli, signal: AbortSignal): Promise<PluginState[]> {
  const { stdout } = await run(cli.file, ['plugin', 'ls', '--json'], {
    signal,
    timeout: 10_000,
    env: { ...childEnvironment('pulumi'), PULUMI_SKIP_UPDATE_CHECK: 'true' }
  })
  const installed = JSON.parse(stdout) as { name: string, kind: string, version?: string }[]
  const require = createRequire(import.meta.url)
  return packages.map((name) => ({
    name,
    needed: (require(`@pulumi/${name}/package.json`) as { version: string }).version.replace(/^v/, ''),
    installed: installed.filter((plugin) =>
      plugin.kind === 'resource' && plugin.name === name && plugin.version !== undefined
    ).map(({ version = '' }) => version.replace(/^v/, ''))
  }))
}
