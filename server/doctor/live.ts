/**
 * What live deployments need: the Pulumi CLI, its plugins, and something that shows each cloud who
 * the service is.
 */
import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findPulumi, providerPlugins, type PulumiCli } from '../../automation/index.ts'
import { type Config } from '../config.ts'
import { type Check, type Found, fail, ok, warn } from './finding.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Credentials of a cloud, in the order in which they are looked for. Only that they are there is
 * told, never what they are.
 */
interface Source {
  by: string
  variables?: string[]
  file?: string
}
const clouds: Record<string, { sources: Source[], advice: string }> = {
  aws: {
    sources: [
      { by: 'AWS_ACCESS_KEY_ID', variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] },
      { by: 'AWS_WEB_IDENTITY_TOKEN_FILE', variables: ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'] },
      { by: 'AWS_PROFILE', variables: ['AWS_PROFILE'] },
      { by: "the container's role", variables: ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] },
      { by: "the container's role", variables: ['AWS_CONTAINER_CREDENTIALS_FULL_URI'] },
      { by: '~/.aws/credentials', file: '.aws/credentials' },
      { by: '~/.aws/config', file: '.aws/config' }
    ],
    advice: 'set AWS_PROFILE, or run on a machine with a role (which can not be seen from here)'
  },
  gcp: {
    sources: [
      { by: 'GOOGLE_APPLICATION_CREDENTIALS', variables: ['GOOGLE_APPLICATION_CREDENTIALS'] },
      { by: 'GOOGLE_CREDENTIALS', variables: ['GOOGLE_CREDENTIALS'] },
      { by: 'GOOGLE_OAUTH_ACCESS_TOKEN', variables: ['GOOGLE_OAUTH_ACCESS_TOKEN'] },
      { by: 'application default credentials', file: '.config/gcloud/application_default_credentials.json' }
    ],
    advice:
      'run gcloud auth application-default login, or on a machine with a service account (which can not ' +
      'be seen from here)'
  },
  azure: {
    sources: [
      { by: 'ARM_CLIENT_SECRET', variables: ['ARM_CLIENT_ID', 'ARM_CLIENT_SECRET'] },
      { by: 'ARM_CLIENT_CERTIFICATE_PATH', variables: ['ARM_CLIENT_ID', 'ARM_CLIENT_CERTIFICATE_PATH'] },
      { by: 'ARM_OIDC_TOKEN_FILE_PATH', variables: ['ARM_OIDC_TOKEN_FILE_PATH'] },
      { by: 'ARM_OIDC_TOKEN', variables: ['ARM_OIDC_TOKEN'] },
      { by: 'ARM_OIDC_REQUEST_TOKEN', variables: ['ARM_OIDC_REQUEST_TOKEN', 'ARM_OIDC_REQUEST_URL'] },
      { by: 'a managed identity', variables: ['ARM_USE_MSI'] },
      { by: 'az login', file: '.azure/azureProfile.json' }
    ],
    advice:
      'run az login, or set ARM_USE_MSI on a machine with a managed identity, or ARM_OIDC_TOKEN_FILE_PATH'
  }
}

/** Files that variables name must be there. */
const namesFile = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'ARM_OIDC_TOKEN_FILE_PATH',
  'ARM_CLIENT_CERTIFICATE_PATH'
]
const there = (file: string): Promise<boolean> => access(file).then(() => true, () => false)

/** Whether something shows a cloud who the service is. */
export async function credentials (
  cloud: string,
  environment: Environment,
  home = homedir()
): Promise<Found> {
  const { sources = [], advice = '' } = clouds[cloud] ?? {}
  for (const { by, variables, file } of sources) {
    if (file !== undefined && await there(join(home, file))) return ok(`by ${by}`)
    if (!variables?.every((name) => environment[name])) continue
    const [missing] = (await Promise.all(
      variables.filter((name) => namesFile.includes(name)).map(async (name) =>
        await there(environment[name] ?? '') ? [] : [name]
      )
    )).flat()
    return missing === undefined
      ? ok(`by ${by}`)
      : fail(
        `${missing} names a file that is not there, or that this user may not read`,
        `correct ${missing}`
      )
  }
  return warn(
    'nothing found in the environment or the usual files',
    `${advice}; federations without this cloud need none`
  )
}

async function plugins (cli: PulumiCli, signal: AbortSignal): Promise<Found[]> {
  return (await providerPlugins(cli, signal)).map(({ name, needed, installed }): Found => {
    const check = `plugin ${name}`
    if (installed.includes(needed)) return { ...ok(`version ${needed}`), check }
    const has = installed.length > 0
      ? `the CLI has ${installed.join(', ')}, not ${needed}`
      : `version ${needed} is not installed`
    return {
      ...warn(
        `${has}: it is downloaded when it is first used`,
        `pulumi plugin install resource ${name} v${needed}, if this machine may not download then`
      ),
      check
    }
  })
}

export function liveChecks (config: Config, environment: Environment): Check[] {
  const live = config.live === 'on'
  if (!live && config.engine === 'rehearsal') {
    return [{
      name: 'live',
      look: async () =>
        ok('off: only rehearsals run, which need no CLI and no credentials (WINDLASS_LIVE=on switches it on)')
    }]
  }
  // Looking must not download anything.
  const found = findPulumi({ searchPath: environment['PATH'], dataFolder: config.dataFolder, install: false })
  return [
    {
      name: 'pulumi',
      async look () {
        const one = await found
        if ('cli' in one) return ok(`version ${one.cli.version} at ${one.cli.file}`)
        return config.pulumiInstall === 'on'
          ? warn(one.problem, 'it is downloaded at the start, as WINDLASS_PULUMI_INSTALL=on asks for')
          : fail(one.problem, 'install it, or set WINDLASS_PULUMI_INSTALL=on')
      }
    },
    ...live
      ? [
        {
          name: 'plugins',
          look: async (signal: AbortSignal) => {
            const one = await found
            return 'cli' in one ? await plugins(one.cli, signal) : []
          }
        },
        ...Object.keys(clouds).map((cloud) => ({
          name: `credentials ${cloud}`,
          look: () => credentials(cloud, environment)
        }))
      ]
      : []
  ]
}
