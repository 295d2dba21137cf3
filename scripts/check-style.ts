/**
 * Checks walls, cycles and limits of layout over the whole repository; lists what is wrong and
 * exits with 1.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exceptions } from './style/exceptions.ts'
import { findings } from './style/findings.ts'
import { cycles, grouped, importGraph } from './style/imports.ts'
import { measure } from './style/measure.ts'
import { sourceFiles } from './style/sources.ts'
import { breaches } from './style/walls.ts'

const repository = join(import.meta.dirname, '..')
const files = new Map<string, string>()
for (const path of await sourceFiles(repository)) {
  files.set(path, await readFile(join(repository, path), 'utf8'))
}

const graph = importGraph(files)
const knots = cycles(grouped(graph, (path) => /^automation\/[^/]+/.exec(path)?.[0]))
const problems = [
  ...breaches(graph),
  ...cycles(graph).map((group) => `these files import each other: ${group.join(', ')}`),
  ...knots.map((group) => `these folders import each other: ${group.join(', ')}`),
  ...findings(new Map([...files].map(([path, text]) => [path, measure(path, text)])), exceptions)
]
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
