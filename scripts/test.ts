/**
 * `npm test`: every test file with Node's own runner, or the files given.
 *
 * Loading the SDKs takes a file's process about a second, longer than most files' tests: files that
 * neither change nor watch their process share one with others of their room. Exits with the
 * runner's code.
 */
import { spawn } from 'node:child_process'
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve as absolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Group, groupsOf, type TestFile } from './suite/groups.ts'

const given = process.argv.slice(2)

/** Writes a module that runs a group's files, and gives its path. */
async function writeGroup (folder: string, { name, paths }: Group): Promise<string> {
  const file = join(folder, `${name}.test.mjs`)
  await writeFile(
    file,
    paths.map((path) => `await import(${JSON.stringify(pathToFileURL(absolute(path)).href)})\n`).join('')
  )
  return file
}

async function runTests (files: string[]): Promise<number> {
  const runner = spawn(process.execPath, [
    '--test',
    '--test-concurrency=2',
    '--test-global-setup=test/fixtures/global-setup.ts',
    '--test-reporter=./test/reporter.ts',
    ...files
  ], { stdio: 'inherit' })
  // A terminal's signal reaches the runner, too: this process ends when the runner has.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.kill(signal))
  return await new Promise((resolve, reject) => {
    runner.once('error', reject)
    runner.once('exit', (code) => {
      resolve(code ?? 1)
    })
  })
}

async function allFiles (): Promise<TestFile[]> {
  const files: TestFile[] = []
  for await (const path of glob('test/**/*.test.ts')) files.push({ path, text: await readFile(path, 'utf8') })
  return files
}

if (given.length > 0) {
  process.exitCode = await runTests(given)
} else {
  const { groups, single } = groupsOf(await allFiles())
  // Not below the repository: the runner would take the groups for tests of its own.
  const folder = await mkdtemp(join(tmpdir(), 'windlass-groups-'))
  try {
    const written = await Promise.all(groups.map((group) => writeGroup(folder, group)))
    process.exitCode = await runTests([...single, ...written])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
