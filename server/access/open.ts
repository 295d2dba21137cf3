/** Composes the identification of callers from the configuration. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FastifyBaseLogger } from 'fastify'
import {
  administersAll,
  loadAccess,
  tokensOnly,
  type AccessSettings,
  type AccessStore,
  judgeSecret,
  reserveForService,
  secretPlace
} from '../../automation/index.ts'
import { type Config } from '../config.ts'
import { settingsFile } from '../settings-file.ts'
import { ConfigError, type ConfigProblem } from '../start-errors.ts'
import { type Access, type SessionParts } from './caller.ts'
import { openIdentifier } from './identify.ts'
import { openIssuers } from './issuers.ts'
import { openLogins } from './login.ts'

/** The value of WINDLASS_ACCESS for a service that accepts API tokens only. */
const tokensWord = 'tokens'

/** Hours that the first admin has to create a token of their own. */
const bootstrapHours = 24

/**
 * Reads the settings of a service that authenticates its callers; undefined: it does not. Throws a
 * ConfigError when they cannot be used, and when nobody is authenticated where other machines reach
 * the service (`loopback` false).
 */
export async function accessSettings (
  config: Config,
  loopback: boolean
): Promise<AccessSettings | undefined> {
  if (config.access === undefined) {
    if (loopback) return undefined
    const text = `WINDLASS_HOST is ${JSON.stringify(config.host)}, where other machines reach the service, ` +
      `and nothing says who may use it: expected WINDLASS_ACCESS=${tokensWord} for API tokens, or an ` +
      'access file for OpenID Connect too (docs/access.md), or WINDLASS_HOST=127.0.0.1'
    throw new ConfigError('config-invalid', { problems: [{ variable: 'WINDLASS_HOST', text }] })
  }
  if (config.access === tokensWord) return { ...tokensOnly, proxies: config.proxies }
  return await loadAccessFile(config, config.access)
}

/**
 * The warning that a proxy must stand before the service and none is named; undefined when one is,
 * or when browsers come without TLS, which the service itself does not speak.
 */
export function unnamedProxy (
  { url, proxies }: AccessSettings,
  { url: shown }: Pick<Config, 'url'>
): string | undefined {
  const https = [url, shown].find((one) => one?.startsWith('https:'))
  if (proxies.length > 0 || https === undefined) return undefined
  return `${https} is reached through a proxy that terminates TLS, and no proxy is named: all callers ` +
    'count as one address. Name it in WINDLASS_PROXIES, or as proxies in the access file'
}

/** The path of the access file; undefined when there is none. */
export function accessFileOf ({ access }: Pick<Config, 'access'>): string | undefined {
  return access === tokensWord ? undefined : access
}

/**
 * Reads and checks an access file, with the secrets that it names. Rejects with a ConfigError that
 * lists everything that is wrong.
 */
export async function loadAccessFile (
  config: Pick<Config, 'secretValues' | 'proxies'>,
  file: string
): Promise<AccessSettings> {
  const settings = await settingsFile('WINDLASS_ACCESS', () => loadAccess(file))
  const missing = settings.issuers.flatMap(({ name, login }): ConfigProblem[] => {
    if (login?.clientSecret === undefined) return []
    reserveForService(config.secretValues, [login.clientSecret])
    const variable = secretPlace(config.secretValues, 'service', login.clientSecret)
    if (!config.secretValues[variable]) {
      return [{ variable, text: `${variable} is missing: the login of ${name} in ${file} names this secret` }]
    }
    const judged = judgeSecret(config.secretValues[variable])
    return 'wrong' in judged
      ? [{ variable, text: `${variable} ${judged.wrong}: the login of ${name} in ${file} names this secret` }]
      : []
  })
  if (missing.length > 0) throw new ConfigError('config-invalid', { problems: missing })
  return { ...settings, proxies: [...settings.proxies, ...config.proxies] }
}

/**
 * Creates the token of the first admin, unless there can be an admin already: by a valid token, or
 * by a rule of the access file. Its text is in a file that only the service's user can read.
 */
async function makeBootstrapToken (
  { store, settings, dataFolder, logger }: {
    store: AccessStore
    settings: AccessSettings
    dataFolder: string
    logger: FastifyBaseLogger
  }
): Promise<void> {
  if (settings.issuers.some(({ rules }) => rules.some(({ grants }) => administersAll(grants)))) return
  const file = join(dataFolder, 'bootstrap-token')
  const expiresAt = new Date(Date.now() + bootstrapHours * 3_600_000).toISOString()
  const made = await store.bootstrap(expiresAt, async (secret) => {
    await mkdir(dataFolder, { recursive: true })
    // Created anew, so that no other file's mode or link is kept.
    await rm(file, { force: true })
    await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true })
  })
  if (made) {
    logger.warn(
      { file, expiresAt },
      'there is no admin yet: this file holds a token that is one, until it has created the token of ' +
        'another admin, or expires'
    )
  }
}

export interface OpenedAccess {
  access: Access
  /** The settings in force, and how to replace them; absent: nobody is authenticated. */
  current?: { settings(): AccessSettings, replace(settings: AccessSettings): void }
}

/** Opens what identifies callers. */
export async function openAccess (
  options: {
    config: Config
    settings: AccessSettings | undefined
    store: AccessStore
    secretsKey: Buffer
    logger: FastifyBaseLogger
  }
): Promise<OpenedAccess> {
  const { config, settings, store, secretsKey, logger } = options
  if (!settings) return { access: { kind: 'local', hosts: [config.host.toLowerCase()] } }
  await makeBootstrapToken({ store, settings, dataFolder: config.dataFolder, logger })
  if (settings.url === undefined || settings.url.startsWith('http:')) {
    logger.info(
      'tokens and cookies are safe over https only: have a proxy terminate TLS, and set url in the ' +
        'access file to the address that browsers use'
    )
  }
  const unnamed = unnamedProxy(settings, config)
  if (unnamed !== undefined) logger.warn(unnamed)
  const opened = (now: AccessSettings) => ({
    settings: now,
    identifier: openIdentifier({ store, settings: now, issuers: openIssuers(now.issuers) }),
    logins: openLogins({ settings: now, key: secretsKey, secretValues: config.secretValues })
  })
  let current = opened(settings)
  // Read at each use: the file may have changed.
  const parts: SessionParts = {
    store,
    get settings () {
      return current.settings
    },
    get identifier () {
      return current.identifier
    },
    get logins () {
      return current.logins
    }
  }
  // Cookies, headers and addresses were decided at the start.
  const { url, proxies } = settings
  return {
    access: { kind: 'authenticated', identify: (request) => current.identifier.identify(request), parts },
    current: {
      settings: () => current.settings,
      replace ({ url: _url, ...next }) {
        current = opened({ ...next, proxies, ...(url !== undefined && { url }) })
      }
    }
  }
}
