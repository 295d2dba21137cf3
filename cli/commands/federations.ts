import { type Command } from 'commander'
import { print } from '../io.ts'
import { reportLines } from '../view/window.ts'
import { clientOf, common, printLines, printList, type CommonOptions, type Context } from './common.ts'

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

export function federationsCommand (program: Command, { io }: Context): void {
  common(program.command('federations'), io)
    .description('list what can be deployed')
    .action(async (options: CommonOptions) => {
      const items = await clientOf(options, io).federations()
      printList(io, options, items, {
        head: ['NAME', 'CLUSTERS', 'FILE', 'VALID'],
        row: ({ name, clusters, file, valid, errors }) => [
          name,
          String(clusters ?? ''),
          file,
          valid ? 'yes' : errors ? `no, ${counted(errors.length, 'mistake')}` : 'no file'
        ]
      })
      if (options.json) return
      for (const { name, deployed = [] } of items) {
        for (const { mode, world, units } of deployed) {
          const place = mode === 'live' ? '--mode live' : `--world ${world ?? 'default'}`
          print(
            io.stdout,
            `${name} has no file any more, and ${counted(units, 'unit')} of it ${
              units === 1 ? 'is' : 'are'
            } deployed: "windlass destroy ${name} ` +
              `${place}" removes ${units === 1 ? 'it' : 'them'}`
          )
        }
      }
      for (
        const { file, line, column, path, message, expected } of items.flatMap((item) => item.errors ?? [])
      ) {
        print(io.stdout, `${file}:${line}:${column} ${path} ${message}: expected ${expected}`)
      }
    })
}

export function windowsCommand (program: Command, { io }: Context): void {
  common(program.command('windows <federation>'), io)
    .description('show when what is live may be changed')
    .action(async (federation: string, options: CommonOptions) => {
      const report = await clientOf(options, io).windows(federation)
      printLines(io, options, report, () => reportLines(report))
    })
}

export function schedulesCommand (program: Command, { io }: Context): void {
  common(program.command('schedules <federation>'), io)
    .description(
      'show what is launched by the clock, when it is due next, what it launched last and left out'
    )
    .action(async (federation: string, options: CommonOptions) => {
      printList(io, options, await clientOf(options, io).schedules(federation), {
        none: 'no schedules',
        head: ['NAME', 'CRON', 'TIME ZONE', 'OPERATION', 'MODE', 'NEXT', 'LAST', 'DEPLOYMENT', 'LEFT OUT'],
        row: ({ name, cron, timeZone, operation, mode, next, last, leftOut }) => [
          name,
          cron,
          timeZone,
          operation,
          mode,
          next ?? 'never',
          last?.due ?? '',
          last?.deployment ?? '',
          leftOut ? `${leftOut.times}, last ${leftOut.due} behind ${leftOut.deployment}` : ''
        ]
      })
    })
}
