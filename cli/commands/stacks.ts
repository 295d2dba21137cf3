import { type Command } from 'commander'
import { clientOf, common, placeOptions, printList, type Context, type PlaceOptions } from './common.ts'

export function stacksCommand (program: Command, { io }: Context): void {
  placeOptions(common(program.command('stacks <federation>'), io))
    .description('list the stacks that exist, and which of them the federation file no longer has')
    .option('--orphaned', 'only those that the federation file no longer has', false)
    .action(async (federation: string, options: PlaceOptions & { orphaned: boolean }) => {
      const { mode, world, orphaned } = options
      const stacks = await clientOf(options, io).stacks(federation, { mode, world })
      printList(io, options, stacks.filter((stack) => !orphaned || stack.orphaned), {
        none: orphaned ? 'no orphaned stacks' : 'no stacks',
        head: ['STACK', 'RESOURCES', 'UPDATED', ''],
        row: (one) => [one.stack, String(one.resources), one.updatedAt, one.orphaned ? 'orphaned' : '']
      })
    })
}
