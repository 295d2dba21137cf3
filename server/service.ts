import { readFile } from 'node:fs/promises'
import { isIPv4 } from 'node:net'
import { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import {
  findPulumi,
  loadHooks,
  openDatabase,
  openTracing,
  startAutomation,
  type Automation
} from '../automation/index.ts'
import { accessSettings, openAccess } from './access/open.ts'
import { buildApp } from './app.ts'
import { ConfigError, periodsOf, type Config } from './config.ts'
import { createWorkMetrics } from './metrics/work.ts'
import { startReload } from './reload.ts'
import { settledSecretsKey } from './secrets-key.ts'
import { settingsFile } from './settings-file.ts'

/** A running service. */
export interface Service {
  /** Where it listens. */
  url: string
  /** Reads the access and hooks files again, changed or not. Never rejects. */
  reload(): Promise<void>
  /**
   * Stops accepting, ends streams, lets running resource operations end, releases the database.
   * Idempotent.
   */
  close(): Promise<void>
}

/** Another process listens on the port. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
  readonly code = 'address-unavailable'
}

/** Whether only this machine can reach an address that the service listens on. */
export function isLoopback (host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

async function listen (app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    // Its words differ from the one line that others wait for.
    return await app.listen({ host, port, listenTextResolver: (address) => `accepting at ${address}` })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new AddressError(
        `port ${port} of ${host} is taken by another process: stop it, or set WINDLASS_PORT (0 picks a ` +
          'free one)'
      )
    }
    if (code === 'EACCES') {
      throw new AddressError(
        `this user may not listen on port ${port} of ${host}: set WINDLASS_PORT to a port from 1024, or to 0`
      )
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new AddressError(
        `${host} is no address of this machine: set WINDLASS_HOST to 127.0.0.1, or to 0.0.0.0 for all`
      )
    }
    throw error
  }
}

/**
 * Seconds that answers under way get once the service stops accepting. Streams end at once and all
 * others take well under one second; only a client that does not read keeps its connection longer,
 * and that one is cut.
 */
const drainSeconds = 5

async function closeApp (app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => {
    app.server.closeAllConnections()
  }, drainSeconds * 1000)
  try {
    await app.close()
  } finally {
    clearTimeout(cut)
  }
}

/**
 * Starts everything in order: database, automation, application, port. What was started is released
 * in reverse order by `close`, and when a later part fails to start. `onLost` is called when the
 * process must end because it no longer holds its place among the executors.
 */
export async function startService (
  config: Config,
  options: { logger: FastifyBaseLogger, signal: AbortSignal, onLost: (reason: string) => void }
): Promise<Service> {
  const { logger, signal, onLost } = options
  const releases: (() => Promise<void>)[] = []
  let closing: Promise<void> | undefined
  const close = () => (closing ??= (async () => {
    for (const release of releases.reverse()) await release()
  })())

  try {
    const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    const settings = await accessSettings(config, isLoopback(config.host))
    const { hooks: hooksFile, secretValues } = config
    const hooks = hooksFile === undefined
      ? []
      : await settingsFile('WINDLASS_HOOKS', () => loadHooks(hooksFile, secretValues))
    const pulumi = config.live === 'on' || config.engine === 'pulumi'
      ? await findPulumi({
        searchPath: process.env.PATH,
        dataFolder: config.dataFolder,
        install: config.pulumiInstall === 'on'
      })
      : undefined
    if (pulumi && 'cli' in pulumi) {
      logger.info({ version: pulumi.cli.version, file: pulumi.cli.file }, 'found the Pulumi CLI')
    } else if (pulumi && config.engine === 'pulumi') {
      throw new ConfigError([
        `WINDLASS_ENGINE is "pulumi", which needs the Pulumi CLI: ${pulumi.problem}, or leave the ` +
        'variable unset for the rehearsal engine'
      ])
    } else if (pulumi) logger.warn({ problem: pulumi.problem }, 'live deployments are refused')
    const work = createWorkMetrics()
    const tracing = config.traces
      ? await openTracing({
        version,
        warn: (fields, message) => {
          logger.warn(fields, message)
        },
        count: (result, spans) => {
          work.observe({ kind: 'spans', result, spans })
        }
      })
      : undefined
    // Last of all: what the other parts do while they close is traced too.
    if (tracing) releases.push(() => tracing.close())
    const database = await openDatabase({
      dataFolder: config.dataFolder,
      logger,
      signal,
      ...(config.databaseUrl !== undefined && { url: config.databaseUrl })
    })
    releases.push(() => database.close())
    signal.throwIfAborted()
    const secretsKey = await settledSecretsKey(config, database.url, logger)
    const automation: Automation = await startAutomation({
      databaseUrl: database.url,
      federations: config.federations,
      workers: config.workers,
      secretsKey,
      secretValues: config.secretValues,
      hooks,
      notify: { hosts: config.notifyHosts, ...(config.url !== undefined && { url: config.url }) },
      logger,
      dataFolder: config.dataFolder,
      engine: config.engine,
      live: { on: config.live === 'on', guarded: isLoopback(config.host) || settings !== undefined },
      ...(pulumi && { pulumi }),
      ...(config.pulumiBackend !== undefined && { backend: config.pulumiBackend }),
      ...(config.pulumiSecretsProvider !== undefined && { secretsProvider: config.pulumiSecretsProvider }),
      graceSeconds: config.graceSeconds,
      periods: periodsOf(config),
      observe: work.observe,
      ...(tracing && { tracing }),
      onLeaseLost: onLost
    })
    releases.push(() => automation.close())
    signal.throwIfAborted()
    const { access, current } = await openAccess({
      config,
      settings,
      store: automation.access,
      secretsKey,
      logger
    })
    const app = await buildApp({
      ...(tracing && { tracing }),
      work: work.registry,
      automation,
      logger,
      version,
      access
    })
    releases.push(() => closeApp(app))
    const reload = await startReload({ config, automation, ...(current && { access: current }), logger })
    releases.push(() => reload.close())
    const url = await listen(app, config)
    return { url, close, reload: () => reload.now() }
  } catch (error) {
    await close()
    throw error
  }
}
