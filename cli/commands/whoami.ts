import { type Command } from 'commander'
import { grantText } from '../view/grant.ts'
import { clientOf, common, printLines, type CommonOptions, type Context } from './common.ts'

export function whoamiCommand (program: Command, { io }: Context): void {
  common(program.command('whoami'), io)
    .description('show who the service takes you for, and what you may do')
    .action(async (options: CommonOptions) => {
      const session = await clientOf(options, io).session()
      const { actor, expiresAt, grants } = session
      printLines(io, options, session, () => [
        actor
          ? `${actor.name} (${actor.subject})${expiresAt === undefined ? '' : ` until ${expiresAt}`}`
          : 'nobody: the service does not know you',
        ...grants.map((grant) => `  ${grantText(grant)}`)
      ])
    })
}
