/** Files that people write for the service: federations, access, webhooks. */
import {
  loadHooks,
  olderFormEnds,
  olderVariables,
  readFederations,
  receiverSecret
} from '../../automation/index.ts'
import { accessSettings, unnamedProxy } from '../access/open.ts'
import { type Config } from '../config.ts'
import { isLoopback } from '../listen.ts'
import { settingsFile } from '../settings-file.ts'
import { ConfigError } from '../start-errors.ts'
import { type Check, type Found, fail, ok, reasonOf, warn } from './finding.ts'

/** Problems of one file that are shown; the others are counted. */
const mostProblems = 5

async function federations ({ federations: folder }: Config): Promise<Found | Found[]> {
  const entries = await readFederations(folder).catch((error: unknown) => reasonOf(error))
  if (typeof entries === 'string') {
    return fail(entries, 'set WINDLASS_FEDERATIONS to a folder of YAML files that this user may read')
  }
  if (entries.length === 0) {
    return warn(
      `there is no federation in ${folder}`,
      'put a YAML file there (federations/README.md), or set WINDLASS_FEDERATIONS'
    )
  }
  return entries.map((entry): Found => {
    if ('errors' in entry) {
      const named = entry.errors.slice(0, mostProblems).map(({ line, column, path, message, expected }) =>
        `${entry.file}:${line}:${column} ${path} ${message}: expected ${expected}`
      )
      const more = entry.errors.length - named.length
      return fail(
        `${entry.name}: ${entry.errors.length} errors\n${named.join('\n')}${
          more > 0 ? `\nand ${more} more` : ''
        }`,
        `correct ${folder}/${entry.file}`
      )
    }
    const { name, clusters } = entry.federation
    return ok(
      `${name}: ${clusters.length} clusters${
        entry.warnings.length > 0 ? `, ${entry.warnings.length} warnings, which launches show` : ''
      }`
    )
  })
}

/**
 * Judges the secrets of receivers of notifications that have a value: the others need none here.
 */
async function receivers ({ federations: folder, secretValues }: Config): Promise<Found | Found[]> {
  const entries = await readFederations(folder).catch((error: unknown) => reasonOf(error))
  if (typeof entries === 'string') return warn(entries, 'see federations')
  const judged = entries.flatMap((entry) => 'errors' in entry ? [] : [entry.federation])
    .flatMap(({ name, notifications = [] }) =>
      notifications.map((receiver) => ({
        ...receiverSecret(receiver, name, secretValues),
        name: receiver.name
      }))
    )
    .filter(({ variable }) => Boolean(secretValues[variable]))
  const wrong = judged.flatMap((one) =>
    'wrong' in one
      ? [fail(`${one.variable}, which ${one.name} names, ${one.wrong}`, 'set it to the secret itself')]
      : []
  )
  return wrong.length > 0 ? wrong : ok(`${judged.length} receivers with a secret`)
}

/** Turns the lines of a ConfigError into findings. */
async function configured (
  load: () => Promise<string | Found>,
  advice: string
): Promise<Found | Found[]> {
  try {
    const found = await load()
    return typeof found === 'string' ? ok(found) : found
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.details.problems.map(({ text }) => fail(text, advice))
  }
}

function secretNames ({ secretValues }: Config): Found | Found[] {
  const older = olderVariables(secretValues)
  if (older.length === 0) return ok('each variable of a secret says whose it is')
  return older.map(({ variable, names }) =>
    warn(
      `${variable} does not say whose secret it is, and is read until version ${olderFormEnds} only`,
      `rename it to ${names.join(' or ')} (docs/configuration.md)`
    )
  )
}

export function settingsChecks (config: Config): Check[] {
  const { hooks } = config
  return [
    { name: 'federations', look: () => federations(config) },
    { name: 'notifications', look: () => receivers(config) },
    { name: 'secret names', look: () => Promise.resolve(secretNames(config)) },
    {
      name: 'access',
      look: () =>
        configured(async () => {
          const settings = await accessSettings(config, isLoopback(config.host))
          if (!settings) return 'callers are not authenticated: only this machine reaches the service'
          const unnamed = unnamedProxy(settings, config)
          if (unnamed !== undefined) return warn(unnamed, 'docs/access.md says what a proxy has to be')
          return settings.issuers.length === 0
            ? 'callers use API tokens'
            : `callers use API tokens, or tokens of ${settings.issuers.map(({ name }) => name).join(', ')}`
        }, 'docs/access.md says what is expected')
    },
    ...hooks === undefined
      ? []
      : [{
        name: 'hooks',
        look: () =>
          configured(
            async () =>
              `${
                (await settingsFile('WINDLASS_HOOKS', () => loadHooks(hooks, config.secretValues))).length
              } ` +
              'webhooks',
            'docs/ci.md says what is expected'
          )
      }]
  ]
}
