import { InvalidArgumentError, Option, type Command } from 'commander'
import { type GrantRequest } from '../../contract/access.ts'
import { lastPhase, modes, operations, roles, type Mode, type Operation } from '../../contract/words.ts'
import { print, printJson } from '../io.ts'
import { grantText } from '../view/grant.ts'
import {
  checkRange,
  clientOf,
  common,
  list,
  phasesOf,
  printList,
  wholeNumber,
  type CommonOptions,
  type Context
} from './common.ts'

export function tokenCommand (program: Command, context: Context): void {
  const token = program.command('token').description('create, list and revoke API tokens')
  createCommand(token, context)
  listCommand(token, context)
  revokeCommand(token, context)
}

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

function grantOf ({ role, federations, from, to, mode, operations: some }: CreateOptions): GrantRequest {
  checkRange(from, to)
  return {
    role,
    ...phasesOf(from, to),
    ...(federations !== undefined && { federations }),
    ...(mode !== undefined && { modes: [mode] }),
    ...(some !== undefined && { operations: some })
  }
}

function createCommand (token: Command, { io }: Context): void {
  common(token.command('create <name>'), io)
    .description('create a token with one role, and print its text, which is never shown again')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option(
      '--federations <names>',
      'of these federations only, with commas between them; * stands for any characters',
      list
    )
    .option('--from <phase>', 'first phase that it may act on', wholeNumber(1, lastPhase))
    .option('--to <phase>', 'last phase that it may act on', wholeNumber(1, lastPhase))
    .addOption(new Option('--mode <mode>', 'in this mode only').choices(modes))
    .option('--operations <names>', 'these operations only, with commas between them', operationList)
    .option(
      '--person <subject>',
      'the person whom it is for (default: yourself); its approvals count only when that is you'
    )
    .option('--expires-in-days <days>', 'days until it expires, or never (default: 30)', days)
    .action(async (name: string, options: CreateOptions) => {
      const { person, expiresInDays } = options
      const created = await clientOf(options, io).createToken({
        name,
        grants: [grantOf(options)],
        ...(person !== undefined && { person }),
        ...(expiresInDays !== undefined && { expiresInDays })
      })
      if (options.json) return printJson(io.stdout, created)
      const expiry = created.expiresAt === null ? 'never expires' : `expires at ${created.expiresAt}`
      print(
        io.stderr,
        `token ${created.id} (${created.grants.map(grantText).join('; ')}) ${expiry}`
      )
      print(io.stdout, created.token)
    })
}

function listCommand (token: Command, { io }: Context): void {
  common(token.command('list'), io)
    .description('list the tokens that you could create with your own')
    .action(async (options: CommonOptions) => {
      printList(io, options, await clientOf(options, io).tokens(), {
        head: ['ID', 'NAME', 'STATUS', 'MAY', 'FOR', 'APPROVES AS', 'EXPIRES', 'LAST USED'],
        row: (item) => [
          item.id,
          item.name,
          item.status,
          item.grants.map(grantText).join('; '),
          item.person ?? '',
          item.actsFor ?? 'nobody',
          item.expiresAt ?? 'never',
          item.lastUsedAt ?? 'never'
        ]
      })
    })
}

function revokeCommand (token: Command, { io }: Context): void {
  common(token.command('revoke <id>'), io)
    .description('end a token at once')
    .action(async (id: string, options: CommonOptions) => {
      await clientOf(options, io).revokeToken(id)
      if (!options.json) print(io.stdout, `token ${id} is revoked`)
    })
}
