import { randomUUID } from 'node:crypto'
import { type Command } from 'commander'
import { CliError } from '../errors.ts'
import { print, printJson } from '../io.ts'
import { driftLines, driftMarkdown } from '../view/drift.ts'
import { watch } from '../watch.ts'
import { checkRange, clientOf, common, type Context } from './common.ts'
import { bodyOf, launchOptions, type LaunchOptions } from './launch.ts'

/** drift: checks and shows what differs. */
export function driftCommands (program: Command, { io, exit }: Context): void {
  launchOptions(
    common(program.command('drift <federation>'), io).description(
      'compare the clouds with the state, changing neither; exits 6 when they differ in what programs ' +
        'set, or something is gone'
    )
  )
    .option('--all', 'also what differs in computed values only, and what the federation file ignores', false)
    .option('--markdown', 'write what was found to stdout as Markdown', false)
    .action(async (federation: string, options: LaunchOptions & { all: boolean }) => {
      checkRange(options.from, options.to)
      if (options.markdown && options.json) {
        throw new CliError('cli-usage', '--markdown and --json are two forms of stdout: expected one of them')
      }
      const client = clientOf(options, io)
      const launched = await client.launch(
        bodyOf(federation, 'drift-check', options),
        options.idempotencyKey ?? randomUUID()
      )
      print(io.stderr, `deployment ${launched.id}`)
      // Stdout is for what was found.
      const code = await watch(client, launched, { ...io, stdout: io.stderr }, {
        verbose: options.verbose,
        wait: true,
        json: false,
        plain: options.json || options.markdown
      })
      const [deployment, findings] = await Promise.all([
        client.deployment(launched.id),
        client.drift(launched.id)
      ])
      if (options.json) printJson(io.stdout, { deployment, findings })
      else if (options.markdown) io.stdout.write(driftMarkdown(deployment, findings))
      else for (const line of driftLines(deployment, findings, options.all)) print(io.stdout, line)
      exit(code)
    })
}
