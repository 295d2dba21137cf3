/** Builds the dashboard when a hash of its sources has changed since the last build. */
import { createHash } from 'node:crypto'
import { chmod, cp, glob, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const repository = join(import.meta.dirname, '..')
const room = join(repository, 'dashboard')
const built = join(room, 'dist')
const stampFile = 'sources.sha256'

/** Least size of a file that is compressed: below it no packet would be saved. */
const leastBytes = 1024

/**
 * A hash of everything that the build depends on: the sources, the words that they share with the
 * service, the versions of the packages, and this file.
 */
async function sourcesHash (): Promise<string> {
  const files: string[] = []
  for await (
    const file of glob([
      'dashboard/{index.html,vite.config.ts,tsconfig.json}',
      'dashboard/src/**/*',
      'contract/words.ts',
      'package-lock.json',
      'scripts/dashboard.ts'
    ], { cwd: repository, withFileTypes: true })
  ) {
    if (file.isFile()) files.push(join(file.parentPath, file.name))
  }
  const hash = createHash('sha256')
  for (const file of files.sort()) {
    hash.update(file.slice(repository.length)).update('\0').update(await readFile(file)).update('\0')
  }
  return hash.digest('hex')
}

/** Writes each file of the build compressed beside it, so that the service need not. */
async function precompress (folder: string): Promise<void> {
  for await (const name of glob('assets/*.{js,css,svg}', { cwd: folder })) {
    const file = join(folder, name)
    const content = await readFile(file)
    if (content.length < leastBytes) continue
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
    await writeFile(
      `${file}.br`,
      await promisify(brotliCompress)(content, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
      })
    )
  }
}

/** Time that files of earlier builds are kept: open pages and running services ask for them. */
const keptMilliseconds = 7 * 24 * 60 * 60 * 1000

/**
 * Copies the files of earlier builds into this one. Their names contain hashes, so none collides.
 */
async function keepEarlier (folder: string): Promise<void> {
  for await (const name of glob('assets/*', { cwd: built })) {
    const { mtimeMs } = await stat(join(built, name))
    if (Date.now() - mtimeMs < keptMilliseconds) {
      await cp(join(built, name), join(folder, name), { force: false, preserveTimestamps: true })
    }
  }
}

/**
 * Builds unless the last build has the same sources; resolves with true when it did. A build
 * replaces the last one in one step, so that two at the same time do no harm.
 */
export async function buildDashboard (): Promise<boolean> {
  const hash = await sourcesHash()
  const stamp = await readFile(join(built, stampFile), 'utf8').catch(() => undefined)
  if (stamp === hash) return false
  const { build } = await import('vite')
  const folder = await mkdtemp(join(room, 'dist-'))
  try {
    await build({
      configFile: join(room, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: folder, emptyOutDir: true }
    })
    await precompress(folder)
    await keepEarlier(folder)
    await writeFile(join(folder, stampFile), hash)
    // The folder of mkdtemp is closed to others, and the service may run as another user.
    await chmod(folder, 0o755)
    await rm(built, { recursive: true, force: true })
    await rename(folder, built)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return true
}

if (import.meta.main) {
  const started = performance.now()
  if (await buildDashboard()) {
    console.error(`built the dashboard in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
}
