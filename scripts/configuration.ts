/**
 * Writes the README's table of configuration variables from the schema that the service parses.
 * With `--check` it only says whether the table is current (exit 1 when not).
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configTable } from '../server/config.ts'
import { repository } from './service-process.ts'

const readme = join(repository, 'README.md')
const [start, end] = [
  '<!-- configuration: made by `node scripts/configuration.ts` from the schema in server/config.ts -->',
  '<!-- /configuration -->'
]

const text = await readFile(readme, 'utf8')
const [before, rest] = text.split(start)
const after = rest?.split(end)[1]
if (before === undefined || after === undefined) throw new Error(`README.md has no lines ${start} and ${end}`)
const current = `${before}${start}\n\n${configTable().trim()}\n\n${end}${after}`
if (process.argv.includes('--check')) {
  if (current !== text) {
    console.error(
      'the table of variables in README.md is not what server/config.ts says: run `node ' +
        'scripts/configuration.ts`'
    )
    process.exit(1)
  }
} else await writeFile(readme, current)
