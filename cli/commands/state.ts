import { type Command } from 'commander'
import { printJson } from '../io.ts'
import { clientOf, common, placeOptions, type Context, type PlaceOptions } from './common.ts'

export function stateCommand (program: Command, { io }: Context): void {
  placeOptions(common(program.command('state <federation> <stack>'), io))
    .description("export a stack's state, as `pulumi stack export` does")
    .action(async (federation: string, stack: string, options: PlaceOptions) => {
      const { mode, world } = options
      printJson(
        io.stdout,
        await clientOf(options, io).state(federation, stack, { mode, world }),
        !options.json
      )
    })
}
