/** Settings files that take effect without a restart: the access file and the hooks file. */
import { type FastifyBaseLogger } from 'fastify'
import { loadHooks, Rounds, type AccessSettings, type AuditPort, type Hooks } from '../automation/index.ts'
import { changedParts } from './access/changes.ts'
import { accessFileOf, loadAccessFile } from './access/open.ts'
import { type Config } from './config.ts'
import { settingsFile } from './settings-file.ts'
import { WatchedFile } from './watched-file.ts'

/**
 * Milliseconds between checks: a right that is taken away in the file should not last long, and a
 * check costs one system call. By time, since no other way works with every kind of disk and mount.
 */
const checkInterval = 5_000

export interface Reload {
  /** Reads the files again now, changed or not. */
  now(): Promise<void>
  close(): Promise<void>
}

/** The access settings in force, and how others take their place. */
export interface ReplaceableAccess {
  settings(): AccessSettings
  replace(settings: AccessSettings): void
}

export interface ReloadParts {
  config: Config
  automation: AuditPort & Pick<Hooks, 'replaceHooks' | 'replaceAccounts'>
  /** Absent: nobody is authenticated. */
  access?: ReplaceableAccess
  logger: FastifyBaseLogger
  /** Milliseconds between checks; 5 s unless given. */
  interval?: number
}

/** A settings file, and what to do when it has changed. */
interface Settings<T> {
  action: 'access.changed' | 'hooks.changed'
  file: string
  load: () => Promise<T>
  /** Puts the settings in force; returns the names of changed parts, where they are known. */
  replace: (value: T) => string[] | undefined
}

/** Notes a change in the audit log, unless another process on this database has noted it. */
async function noteChange (
  { audit }: AuditPort,
  { action, file }: Pick<Settings<unknown>, 'action' | 'file'>,
  hashes: { before: string | undefined, after: string }
): Promise<void> {
  const { items: [last] } = await audit.page({ limit: 1, action })
  const known = (last?.after as { sha256?: string } | undefined)?.sha256
  if (known === hashes.after) return
  const before = hashes.before ?? known
  await audit.note({
    action,
    outcome: 'done',
    target: { kind: 'service', id: file },
    ...(before !== undefined && { before: { sha256: before } }),
    after: { sha256: hashes.after }
  })
}

/** Watches a file; a change while the service was stopped is noted at once. */
async function watch<T> (
  { automation, logger }: ReloadParts,
  settings: Settings<T>
): Promise<WatchedFile<unknown>> {
  const { file, load, replace } = settings
  const watched = new WatchedFile<T>({
    file,
    load,
    logger,
    async take (value, hashes) {
      // Noted first: a process that ends in between leaves a change on record that is not in force,
      // and never one in force that is not on record.
      await noteChange(automation, settings, hashes)
      const changed = replace(value)
      if (changed) logger.info({ file, changed }, 'these parts of the file have changed')
    }
  })
  const begun = await watched.begin()
  if (begun !== undefined) await noteChange(automation, settings, { before: undefined, after: begun })
  return watched as WatchedFile<unknown>
}

/** Puts access settings in force, and warns of parts that need a restart. */
function replaceAccess (
  access: ReplaceableAccess,
  next: AccessSettings,
  warn: (late: string[]) => void
): string[] {
  const before = access.settings()
  access.replace(next)
  const changed = changedParts(before, next)
  const late = changed.filter((part) => part === 'url' || part === 'proxies')
  if (late.length > 0) warn(late)
  return changed
}

async function watchAll (parts: ReloadParts): Promise<WatchedFile<unknown>[]> {
  const { config, automation, access, logger } = parts
  const { hooks: hooksFile, secretValues } = config
  const files: WatchedFile<unknown>[] = []
  const accessFile = accessFileOf(config)
  if (accessFile !== undefined && access) {
    files.push(
      await watch(parts, {
        action: 'access.changed',
        file: accessFile,
        load: () => loadAccessFile(config, accessFile),
        replace (next) {
          automation.replaceAccounts(next.accounts)
          return replaceAccess(access, next, (late) => {
            logger.warn({ file: accessFile, parts: late }, 'these parts change at the next start')
          })
        }
      })
    )
  }
  if (hooksFile !== undefined) {
    files.push(
      await watch(parts, {
        action: 'hooks.changed',
        file: hooksFile,
        load: () => settingsFile('WINDLASS_HOOKS', () => loadHooks(hooksFile, secretValues)),
        replace: (hooks) => {
          automation.replaceHooks(hooks)
          return undefined
        }
      })
    )
  }
  return files
}

/** Starts to watch the configured files. */
export async function startReload (parts: ReloadParts): Promise<Reload> {
  const files = await watchAll(parts)
  let checking: Promise<void> = Promise.resolve()
  // One after the other: a signal may come during a check.
  const check = (anyway: boolean): Promise<void> => (checking = checking.then(async () => {
    for (const file of files) await file.look({ anyway })
  }))
  const rounds = new Rounds(() => check(false), parts.interval ?? checkInterval)
  if (files.length > 0) rounds.start()
  return {
    now: () => check(true),
    async close () {
      await rounds.close()
      await checking
    }
  }
}
