import { Option, type Command } from 'commander'
import { faultClouds } from '../../contract/words.ts'
import { type OutageRequest } from '../../contract/world.ts'
import { print } from '../io.ts'
import { clientOf, common, printLines, printList, type CommonOptions, type Context } from './common.ts'

export function worldCommand (program: Command, context: Context): void {
  const world = program.command('world').description(
    'list and drop the worlds of rehearsals, and have parts of them fail'
  )
  listCommand(world, context)
  dropCommand(world, context)
  outageCommand(world, context)
  recoverCommand(world, context)
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

function outageCommand (world: Command, { io }: Context): void {
  common(world.command('outage <name>'), io)
    .description('have a part of its simulated clouds answer nobody, until the world recovers')
    .addOption(new Option('--cloud <cloud>', 'only of this cloud').choices(faultClouds))
    .option('--region <region>', 'only in this region, with the clusters that run there')
    .option('--cluster <cluster>', 'only what units of this cluster ask for')
    .option('--type <type>', 'only resources of this type, such as aws:eks/*')
    .action(async (name: string, options: CommonOptions & OutageRequest) => {
      const { cloud, region, cluster, type } = options
      const down = await clientOf(options, io).beginOutage(name, {
        ...(cloud !== undefined && { cloud }),
        ...(region !== undefined && { region }),
        ...(cluster !== undefined && { cluster }),
        ...(type !== undefined && { type })
      })
      printLines(io, options, down, () => [
        `${down.length} ${
          down.length === 1 ? 'outage' : 'outages'
        } in ${name}: windlass world recover ${name} ` +
        'ends all'
      ])
    })
}

function recoverCommand (world: Command, { io }: Context): void {
  common(world.command('recover <name>'), io)
    .description('end all outages of a world: what failed meanwhile can be resumed')
    .action(async (name: string, options: CommonOptions) => {
      await clientOf(options, io).endOutages(name)
      if (!options.json) print(io.stdout, `${name} has recovered`)
    })
}
