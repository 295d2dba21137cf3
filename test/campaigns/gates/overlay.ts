/** A copy of the repository in which files are edited and tests are run. */
import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { repository } from '../../fixtures/service.ts'

/** Folders that are no source: what is installed, the history, and what services keep. */
const leftOut: readonly string[] = ['node_modules', '.git', '.windlass']
/** Milliseconds for tests that take seconds: without its bound, some work does not end. */
const patience = 180_000
/** Characters of output that are kept: the end has the failures. */
const kept = 200_000

/** The result of test files. */
export interface Ran {
  readonly passed: boolean
  /** Titles of tests that failed, and what else is known of the reason. */
  readonly failures: readonly string[]
}

/** A copy of the repository. */
export interface Overlay {
  /** Runs test files; `file` has another text meanwhile. */
  run(tests: readonly string[], edited?: { file: string, text: string }): Promise<Ran>
  close(): Promise<void>
}

/** Errors of a file that is not run at all: an edit that makes them finds nothing. */
const broken = /ERR_INVALID_TYPESCRIPT_SYNTAX|ERR_MODULE_NOT_FOUND|SyntaxError|is not defined/

/** Copies the repository. */
export async function copyRepository (): Promise<Overlay> {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-gates-'))
  await cp(repository, folder, {
    recursive: true,
    filter: (path) => !leftOut.includes(relative(repository, path).split(sep)[0] ?? '')
  })
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'), 'dir')
  return {
    async run (tests, edited) {
      if (!edited) return await runTests(folder, tests)
      const path = join(folder, edited.file)
      const before = await readFile(path, 'utf8')
      await writeFile(path, edited.text)
      try {
        return await runTests(folder, tests)
      } finally {
        await writeFile(path, before)
      }
    },
    close: () => rm(folder, { recursive: true, force: true })
  }
}

async function runTests (folder: string, tests: readonly string[]): Promise<Ran> {
  const child = spawn(
    process.execPath,
    ['--env-file=test/test.env', '--test', '--test-concurrency=1', '--test-reporter=tap', ...tests],
    // The tests of a runner are not those of the one that it runs in.
    { cwd: folder, env: { ...process.env, NODE_TEST_CONTEXT: undefined }, detached: true }
  )
  // A group of its own, which ends as a whole: a test that hangs hears nothing.
  const timer = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, patience)
  let output = ''
  const take = (piece: Buffer): void => {
    output = (output + piece.toString('utf8')).slice(-kept)
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  }).finally(() => {
    clearTimeout(timer)
  })
  if (code === 0) return { passed: true, failures: [] }
  if (broken.test(output)) throw new Error(`the edit breaks the file:\n${output.slice(-2_000)}`)
  const titles = [...output.matchAll(/^\s*not ok \d+ - (.*)$/gm)].map(([, title = '']) => title)
  return {
    passed: false,
    failures: code === null ? [...titles, `no end after ${patience / 1000} s`] : titles
  }
}
