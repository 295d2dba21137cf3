import { Option, type Command } from 'commander'
import { lastPhase, operations, orderings } from '../../contract/words.ts'
import { planLines } from '../view/plan.ts'
import {
  checkRange,
  clientOf,
  common,
  list,
  placeOptions,
  printLines,
  wholeNumber,
  type Context,
  type PlaceOptions
} from './common.ts'
import { orphanedOption } from './launch.ts'

interface PlanOptions extends PlaceOptions {
  operation?: string
  from?: number
  to?: number
  clusters?: string[]
  ordering?: string
  parallelism?: number
  orphaned: boolean
}

export function planCommand (program: Command, { io }: Context): void {
  const command = placeOptions(common(program.command('plan <federation>'), io))
    .description('show the units, their predicted schedule and the critical path')
    .addOption(new Option('--operation <operation>', 'what to plan').choices(operations))
    .option('--from <phase>', 'first phase', wholeNumber(1, lastPhase))
    .option('--to <phase>', 'last phase', wholeNumber(1, lastPhase))
    .option('--clusters <names>', 'only these clusters, with commas between them', list)
    .addOption(
      new Option('--ordering <ordering>', 'phase by phase, or each unit as soon as it can').choices(orderings)
    )
    .option(
      '--parallelism <units>',
      'units at once (default: as many as the service has unit hosts)',
      wholeNumber(1, 64)
    )
  orphanedOption(command)
    .action(async (federation: string, options: PlanOptions) => {
      const { operation, from, to, clusters, ordering, parallelism, mode, world, orphaned } = options
      checkRange(from, to)
      const plan = await clientOf(options, io).plan(federation, {
        operation,
        from,
        to,
        ordering,
        parallelism,
        clusters: clusters?.join(','),
        ...(orphaned && { orphaned: 'true' }),
        mode,
        world
      })
      printLines(io, options, plan, () => planLines(plan))
    })
}
