import { type Command } from 'commander'
import { print } from '../io.ts'
import { clientOf, common, printList, type CommonOptions, type Context } from './common.ts'

export function worldCommand (program: Command, context: Context): void {
  const world = program.command('world').description('list and drop the worlds of rehearsals')
  listCommand(world, context)
  dropCommand(world, context)
}

function listCommand (world: Command, { io }: Context): void {
  common(world.command('list'), io)
    .description('list the named worlds, and what is deployed in each')
    .action(async (options: CommonOptions) => {
      printList(io, options, await clientOf(options, io).worlds(), {
        none: 'no worlds',
        head: ['NAME', 'FEDERATIONS', 'UNITS', 'UNDER WAY', 'LAST USED'],
        row: ({ name, federations, units, underWay, lastUsed }) => [
          name,
          federations.join(', '),
          String(units),
          String(underWay),
          lastUsed ?? 'never'
        ]
      })
    })
}

function dropCommand (world: Command, { io }: Context): void {
  common(world.command('drop <name>'), io)
    .description('remove a world with its simulated clouds and stacks; its deployments stay readable')
    .action(async (name: string, options: CommonOptions) => {
      await clientOf(options, io).dropWorld(name)
      if (!options.json) print(io.stdout, `dropped ${name}`)
    })
}
