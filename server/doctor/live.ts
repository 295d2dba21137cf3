/** Needs of live deployments: the Pulumi CLI, its plugins, and credentials of each cloud. */
import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findPulumi, providerPlugins, type PulumiCli } from '../../automation/index.ts'
import { type Config } from '../config.ts'
import { clientToolChecks } from './client-tools.ts'
import { type Check, type Found, fail, ok, warn } from './finding.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A source of credentials of a cloud. Findings say that it exists, never what it holds. */
interface Source {
  /** Its name for people. */
  by: string
  /** Variables that must all be set. */
  variables?: string[]
  /** A file below the home folder that must exist. */
  file?: string
}
/** Sources of each cloud's credentials, in the order in which they are looked for. */
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
    advice: 'set AWS_PROFILE, or run on a machine with a role (which this check cannot see)'
  },
  gcp: {
    sources: [
      { by: 'GOOGLE_APPLICATION_CREDENTIALS', variables: ['GOOGLE_APPLICATION_CREDENTIALS'] },
      { by: 'GOOGLE_CREDENTIALS', variables: ['GOOGLE_CREDENTIALS'] },
      { by: 'GOOGLE_OAUTH_ACCESS_TOKEN', variables: ['GOOGLE_OAUTH_ACCESS_TOKEN'] },
      { by: 'application default credentials', file: '.config/gcloud/application_default_credentials.json' }
    ],
    advice:
      'run gcloud auth application-default login, or run on a machine with a service account (which this ' +
      'check cannot see)'
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

/** Variables that name a file, which must exist. */
const fileVariables = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'ARM_OIDC_TOKEN_FILE_PATH',
  'ARM_CLIENT_CERTIFICATE_PATH'
]
const exists = (file: string): Promise<boolean> => access(file).then(() => true, () => false)

/** Looks for credentials of a cloud. */
export async function credentials (
  cloud: string,
  environment: Environment,
  home = homedir()
): Promise<Found> {
  const { sources = [], advice = '' } = clouds[cloud] ?? {}
  for (const { by, variables, file } of sources) {
    if (file !== undefined && await exists(join(home, file))) return ok(`by ${by}`)
    if (!variables?.every((name) => environment[name])) continue
    const [missing] = (await Promise.all(
      variables.filter((name) => fileVariables.includes(name)).map(async (name) =>
        await exists(environment[name] ?? '') ? [] : [name]
      )
    )).flat()
    return missing === undefined
      ? ok(`by ${by}`)
      : fail(
        `${missing} names a file that does not exist, or that this user may not read`,
        `correct ${missing}`
      )
  }
  return warn(
    'no credentials in the environment or the usual files',
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
        `${has}: it is downloaded at its first use`,
        `run pulumi plugin install resource ${name} v${needed} if this machine cannot download it then`
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
        ok('off: rehearsals need no CLI and no credentials (WINDLASS_LIVE=on allows live deployments)')
    }]
  }
  // The check must not download anything.
  const found = findPulumi({ searchPath: environment['PATH'], dataFolder: config.dataFolder, install: false })
  return [
    {
      name: 'pulumi',
      async look () {
        const one = await found
        if ('cli' in one) return ok(`version ${one.cli.version} at ${one.cli.file}`)
        return config.pulumiInstall === 'on'
          ? warn(one.problem, 'it is downloaded at the start, because of WINDLASS_PULUMI_INSTALL=on')
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
        })),
        ...clientToolChecks(environment['PATH'])
      ]
      : []
  ]
}
