/** Settings files that count without a restart: the access file and the hooks file. */
import { type FastifyBaseLogger } from 'fastify'
import { loadHooks, Rounds, type AccessSettings, type AuditPort, type Hooks } from '../automation/index.ts'
import { changedParts } from './access/changes.ts'
import { accessFileOf, loadAccessFile } from './access/open.ts'
import { type Config } from './config.ts'
import { settingsFile } from './settings-file.ts'
import { WatchedFile } from './watched-file.ts'

/**
 * Milliseconds between looks: whoever takes a right away in the file does not wait long, and a look
 * costs a call of the system. By time, since no other way works with every kind of disk and mount.
 */
const interval = 5_000

export interface Reload {
  /** Reads the files again now, changed or not. */
  now(): Promise<void>
  close(): Promise<void>
}

export interface ReloadParts {
  config: Config
  automation: AuditPort & Pick<Hooks, 'replaceHooks'>
  /** What is in force; undefined: nobody is authenticated. */
  access?: { settings(): AccessSettings, replace(settings: AccessSettings): void }
  logger: FastifyBaseLogger
  /** Instead of five seconds. */
  interval?: number
}

/**
 * Begins to watch the files that are configured. A change is noted in the audit log, also one that
 * came while the service was stopped.
 */
export async function startReload (
  { config, automation, access, logger, interval: pause = interval }: ReloadParts
): Promise<Reload> {
  const { audit } = automation

  /** Notes a change unless another process of this database noted it. */
  async function note (
    action: 'access.changed' | 'hooks.changed',
    file: string,
    after: string,
    more: { before?: string, changed?: string[] } = {}
  ): Promise<void> {
    const { items: [last] } = await audit.page({ limit: 1, action })
    const known = (last?.after as { sha256?: string } | undefined)?.sha256
    if (known === after) return
    const before = more.before ?? known
    await audit.note({
      action,
      outcome: 'done',
      target: { kind: 'service', id: file },
      ...(before !== undefined && { before: { sha256: before } }),
      after: { sha256: after, ...(more.changed && { changed: more.changed }) }
    })
  }

  const files: WatchedFile<unknown>[] = []
  async function watch<T> (
    action: 'access.changed' | 'hooks.changed',
    file: string,
    load: () => Promise<T>,
    replace: (value: T) => string[] | undefined
  ): Promise<void> {
    const watched = new WatchedFile<T>({
      file,
      load,
      logger,
      async take (value, { before, after }) {
        // In the order in which it may be cut off: what is in force is on record.
        await note(action, file, after, { ...(before !== undefined && { before }) })
        const changed = replace(value)
        if (changed) logger.info({ file, changed }, 'what has changed')
      }
    })
    const begun = await watched.begin()
    if (begun !== undefined) await note(action, file, begun)
    files.push(watched as WatchedFile<unknown>)
  }

  const accessFile = accessFileOf(config)
  if (accessFile !== undefined && access) {
    await watch('access.changed', accessFile, () => loadAccessFile(config, accessFile), (next) => {
      const before = access.settings()
      access.replace(next)
      const changed = changedParts(before, next)
      const late = changed.filter((part) => part === 'url' || part === 'proxies')
      if (late.length > 0) {
        logger.warn(
          { file: accessFile, parts: late },
          'these parts count from the next start: what they were stays in force'
        )
      }
      return changed
    })
  }
  const { hooks: hooksFile, secretValues } = config
  if (hooksFile !== undefined) {
    await watch(
      'hooks.changed',
      hooksFile,
      () => settingsFile('WINDLASS_HOOKS', () => loadHooks(hooksFile, secretValues)),
      (hooks) => {
        automation.replaceHooks(hooks)
        return undefined
      }
    )
  }

  let looking: Promise<void> = Promise.resolve()
  // One after the other: a signal may come during a look.
  const look = (anyway: boolean): Promise<void> => (looking = looking.then(async () => {
    for (const file of files) await file.look({ anyway })
  }))
  const rounds = new Rounds(() => look(false), pause)
  if (files.length > 0) rounds.start()
  return {
    now: () => look(true),
    async close () {
      await rounds.close()
      await looking
    }
  }
}
