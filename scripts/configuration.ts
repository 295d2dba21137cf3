/**
 * Writes the table of variables in docs/configuration.md from the schema that the service parses.
 * With `--check` it changes nothing and exits with 1 when the table is not current.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configTable } from '../server/config.ts'
import { repository } from './service-process.ts'

const page = 'docs/configuration.md'
const [start, end] = [
  '<!-- configuration: made by `node scripts/configuration.ts` from the schema in server/config.ts -->',
  '<!-- /configuration -->'
]

const text = await readFile(join(repository, page), 'utf8')
const [before, rest] = text.split(start)
const after = rest?.split(end)[1]
if (before === undefined || after === undefined) {
  throw new Error(`${page}: expected a line ${start} and, below it, a line ${end}`)
}
const current = `${before}${start}\n\n${configTable().trim()}\n\n${end}${after}`
if (process.argv.includes('--check')) {
  if (current !== text) {
    console.error(
      `the table of variables in ${page} differs from server/config.ts: run \`node scripts/configuration.ts\``
    )
    process.exit(1)
  }
} else await writeFile(join(repository, page), current)
