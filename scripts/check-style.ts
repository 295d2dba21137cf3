/**
 * Checks walls, cycles and limits of layout over the whole repository; lists what is wrong and
 * exits with 1.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exceptions } from './style/exceptions.ts'
import { findings } from './style/findings.ts'
import { measure } from './style/measure.ts'
import { sourceFiles } from './style/sources.ts'
import { structureProblems } from './style/structure.ts'

const repository = join(import.meta.dirname, '..')
const files = new Map<string, string>()
for (const path of await sourceFiles(repository)) {
  files.set(path, await readFile(join(repository, path), 'utf8'))
}

const measured = new Map([...files].map(([path, text]) => [path, measure(path, text)]))
const problems = [...structureProblems(files), ...findings(measured, exceptions)]
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
