/** The files that the rules of style are about. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
// A listing of some thousand paths; the default of 1 MiB would do for some ten thousand.
const maxBuffer = 16 * 1024 * 1024

/** Made by scripts: their generators decide what they look like. */
const generated = new Set(['dashboard/src/api/schema.d.ts'])

/**
 * Paths of the repository's TypeScript and JavaScript files, tracked or not yet, but for ignored
 * and generated ones.
 */
export async function sourceFiles (repository: string): Promise<string[]> {
  const patterns = ['*.ts', '*.tsx', '*.mjs', '*.js']
  const { stdout } = await run(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', ...patterns],
    { cwd: repository, maxBuffer }
  )
  const { stdout: gone } = await run('git', ['ls-files', '-z', '--deleted', '--', ...patterns], {
    cwd: repository,
    maxBuffer
  })
  const deleted = new Set(gone.split('\0'))
  return stdout.split('\0').filter((path) => path !== '' && !deleted.has(path) && !generated.has(path)).sort()
}
