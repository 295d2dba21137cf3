import { Option, type Command } from 'commander'
import { mostAgingDays } from '../../contract/aging.ts'
import { faultClouds } from '../../contract/words.ts'
import { type OutageRequest } from '../../contract/world.ts'
import { print } from '../io.ts'
import { agingLines } from '../view/aging.ts'
import {
  clientOf,
  common,
  printLines,
  printList,
  wholeNumber,
  type CommonOptions,
  type Context
} from './common.ts'

export function worldCommand (program: Command, context: Context): void {
  const world = program.command('world').description(
    'list and drop the worlds of rehearsals, have parts of them fail, and let them grow older'
  )
  listCommand(world, context)
  dropCommand(world, context)
  outageCommand(world, context)
  recoverCommand(world, context)
  ageCommand(world, context)
  agingsCommand(world, context)
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

function ageCommand (world: Command, { io, exit }: Context): void {
  common(world.command('age <name>'), io)
    .description(
      'put the clock of a world forward, and say what broke in between: exits 1 when something did'
    )
    .requiredOption('--days <days>', 'by so many days', wholeNumber(1, mostAgingDays))
    .action(async (name: string, options: CommonOptions & { days: number }) => {
      const aging = await clientOf(options, io).ageWorld(name, { days: options.days })
      printLines(io, options, aging, () => agingLines(name, aging))
      if (aging.findings.some(({ effect }) => effect === 'breaks')) exit(1)
    })
}

function agingsCommand (world: Command, { io }: Context): void {
  common(world.command('agings <name>'), io)
    .description('show what broke each time that the clock of a world was put forward')
    .action(async (name: string, options: CommonOptions) => {
      const agings = await clientOf(options, io).agings(name)
      printLines(io, options, agings, () =>
        agings.length === 0
          ? [`${name} has not been put forward`]
          : agings.flatMap((aging) => agingLines(name, aging)))
    })
}
