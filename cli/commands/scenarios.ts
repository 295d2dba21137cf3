import { type Command } from 'commander'
import { scenarioLines } from '../view/scenario.ts'
import { clientOf, common, printLines, type CommonOptions, type Context } from './common.ts'

export function scenariosCommand (program: Command, { io }: Context): void {
  common(program.command('scenarios'), io)
    .description('list what can go wrong in a rehearsal, by name (up --scenario NAME)')
    .action(async (options: CommonOptions) => {
      const scenarios = await clientOf(options, io).scenarios()
      printLines(io, options, scenarios, () => scenarioLines(scenarios))
    })
}
