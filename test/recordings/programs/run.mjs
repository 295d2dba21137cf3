// node run.mjs OUT.json NAME… [--command ./mine.mjs]: runs programs one after another in this
// process, and writes what happened. Without --command the CLI on PATH is used.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { withoutLeftHandlers } from '../lib/left-handlers.mjs'
import { ProgramRun } from './program-run.mjs'
const { PulumiCommand } = createRequire(import.meta.url)('@pulumi/pulumi/automation')

const args = process.argv.slice(2)
const given = args.indexOf('--command')
const commandFile = given < 0 ? undefined : args.splice(given, 2)[1]
const [outFile, ...names] = args

async function makeCommand () {
  if (commandFile === undefined) return PulumiCommand.get()
  const { default: exported } = await import(pathToFileURL(resolve(commandFile)).href)
  return typeof exported === 'function' ? exported() : exported
}

/** Reports by program. */
const reports = {}
const save = () => writeFileSync(outFile, JSON.stringify(reports, undefined, 1))
for (const name of names) {
  const run = new ProgramRun(await makeCommand(), save)
  reports[name] = { steps: run.steps }
  const { default: program } = await import(`./programs/${name}.mjs`)
  await withoutLeftHandlers(() => run.run(program))
}
save()
process.exit(0)
