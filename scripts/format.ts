/**
 * `npm run format`: formats all source files. With `--check` it changes nothing, lists the files
 * that differ, and then exits with 1.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadFormatter } from './style/formatter.ts'
import { sourceFiles } from './style/sources.ts'

const repository = join(import.meta.dirname, '..')
const check = process.argv.includes('--check')

const format = await loadFormatter()
const different: string[] = []
for (const path of await sourceFiles(repository)) {
  const file = join(repository, path)
  const text = await readFile(file, 'utf8')
  const formatted = format(path, text)
  if (formatted === text) continue
  different.push(path)
  if (!check) await writeFile(file, formatted)
}
if (check && different.length > 0) {
  console.error(`not formatted: ${different.join(', ')}: run \`npm run format\``)
  process.exit(1)
}
