import { InvalidArgumentError, Option, type Command } from 'commander'
import { type GrantRequest, type Token } from '../../contract/access.ts'
import { lastPhase, modes, operations, roles, type Mode, type Operation } from '../../contract/words.ts'
import { print, printJson } from '../io.ts'
import { harmless, table } from '../view/text.ts'
import {
  checkRange,
  clientOf,
  common,
  list,
  wholeNumber,
  type CommonOptions,
  type Context
} from './common.ts'

interface CreateOptions extends CommonOptions {
  role: GrantRequest['role']
  federations?: string[]
  from?: number
  to?: number
  mode?: Mode
  operations?: Operation[]
  person?: string
  expiresInDays?: number | null
}

function days (text: string): number | null {
  return text === 'never' ? null : wholeNumber(1, 366)(text)
}

function operationList (text: string, before: string[] | undefined): string[] {
  const items = list(text, before)
  const wrong = items.find((item) => !(operations as readonly string[]).includes(item))
  if (wrong !== undefined) {
    throw new InvalidArgumentError(`${wrong} is no operation: expected ${operations.join(', ')}.`)
  }
  return items
}

/** A grant in a few words: `operator of nautilus, phases 1 to 3`. */
function grantText (
  { role, federations, phases, modes: where, operations: what }: Token['grants'][number]
): string {
  return [
    `${role} of ${federations.includes('*') ? 'all federations' : federations.join(', ')}`,
    ...(phases.from === 1 && phases.to === lastPhase ? [] : [`phases ${phases.from} to ${phases.to}`]),
    ...(where.length === modes.length ? [] : [where.join()]),
    ...(what.length === operations.length ? [] : [what.join('/')])
  ].join(', ')
}

/** token create, list and revoke. */
export function tokenCommands (program: Command, { io }: Context): void {
  const token = program.command('token').description('make, list and revoke API tokens')

  common(token.command('create <name>'), io)
    .description('make a token with one role; prints its text, this once, and nothing else')
    .addOption(new Option('--role <role>', 'what it may').choices(roles).makeOptionMandatory())
    .option(
      '--federations <names>',
      'of these federations only, with commas between them; * stands for any characters',
      list
    )
    .option('--from <phase>', 'first phase that it may act on', wholeNumber(1, lastPhase))
    .option('--to <phase>', 'last phase that it may act on', wholeNumber(1, lastPhase))
    .addOption(new Option('--mode <mode>', 'in this mode only').choices(modes))
    .option('--operations <names>', 'these operations only, with commas between them', operationList)
    .option('--person <subject>', 'the person for whom it acts (yourself unless given)')
    .option('--expires-in-days <days>', 'days until it expires, or never (default: 30)', days)
    .action(
      async (
        name: string,
        { role, federations, from, to, mode, operations: what, person, expiresInDays, ...options }:
          CreateOptions
      ) => {
        checkRange(from, to)
        const grant: GrantRequest = {
          role,
          ...(federations && { federations }),
          ...((from !== undefined || to !== undefined) &&
            { phases: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) } }),
          ...(mode && { modes: [mode] }),
          ...(what && { operations: what })
        }
        const made = await clientOf(options, io).createToken({
          name,
          grants: [grant],
          ...(person !== undefined && { person }),
          ...(expiresInDays !== undefined && { expiresInDays })
        })
        if (options.json) return printJson(io.stdout, made)
        print(
          io.stderr,
          harmless(
            `token ${made.id} (${made.grants.map(grantText).join('; ')}) ${
              made.expiresAt === null ? 'never expires' : `expires at ${made.expiresAt}`
            }`
          )
        )
        print(io.stdout, made.token)
      }
    )

  common(token.command('list'), io).description('list your tokens, and those that you are an admin of')
    .action(async (options: CommonOptions) => {
      const items = await clientOf(options, io).tokens()
      if (options.json) return printJson(io.stdout, items)
      print(
        io.stdout,
        harmless(
          table(
            ['ID', 'NAME', 'STATUS', 'MAY', 'FOR', 'EXPIRES', 'LAST USED'],
            items.map((
              item
            ) => [
              item.id,
              item.name,
              item.status,
              item.grants.map(grantText).join('; '),
              item.person ?? '',
              item.expiresAt ?? 'never',
              item.lastUsedAt ?? 'never'
            ])
          )
        )
      )
    })

  common(token.command('revoke <id>'), io).description('end a token at once').action(
    async (id: string, options: CommonOptions) => {
      await clientOf(options, io).revokeToken(id)
      if (!options.json) print(io.stdout, `token ${harmless(id)} is revoked`)
    }
  )

  common(program.command('whoami'), io).description('show who the service takes you for, and what you may')
    .action(async (options: CommonOptions) => {
      const session = await clientOf(options, io).session()
      if (options.json) return printJson(io.stdout, session)
      print(
        io.stdout,
        harmless(
          session.actor
            ? `${session.actor.name} (${session.actor.subject})${
              session.expiresAt === undefined ? '' : ` until ${session.expiresAt}`
            }`
            : 'nobody: the service does not know you'
        )
      )
      for (const grant of session.grants) print(io.stdout, harmless(`  ${grantText(grant)}`))
    })
}
