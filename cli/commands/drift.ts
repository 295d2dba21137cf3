import { type Command } from 'commander'
import { print, printJson } from '../io.ts'
import { driftLines, driftMarkdown } from '../view/drift.ts'
import { watch } from '../watch.ts'
import { clientOf, common, type Context } from './common.ts'
import { launch, launchOptions, orphanedOption, printWarnings, type LaunchOptions } from './launch.ts'

export function driftCommand (program: Command, { io, exit }: Context): void {
  orphanedOption(launchOptions(common(program.command('drift <federation>'), io)))
    .description(
      'compare the clouds with the state and change neither; exits with 6 when something differs that ' +
        'programs set, or is gone'
    )
    .option('--all', 'show what differs in computed values only, and what the file ignores, too', false)
    .option('--markdown', 'write what was found to stdout as Markdown', false)
    .action(async (federation: string, options: LaunchOptions & { all: boolean }) => {
      const client = clientOf(options, io)
      const launched = await launch(client, federation, 'drift-check', options)
      const { id } = launched
      print(io.stderr, `deployment ${id}`)
      if (!options.json) printWarnings(io, launched)
      // Stdout is for what was found.
      const code = await watch(client, launched, { ...io, stdout: io.stderr }, {
        verbose: options.verbose,
        wait: true,
        json: false,
        plain: options.json || options.markdown
      })
      const [deployment, findings] = await Promise.all([client.deployment(id), client.drift(id)])
      if (options.json) printJson(io.stdout, { deployment, findings })
      else if (options.markdown) io.stdout.write(driftMarkdown(deployment, findings))
      else for (const line of driftLines(deployment, findings, options.all)) print(io.stdout, line)
      exit(code)
    })
}
