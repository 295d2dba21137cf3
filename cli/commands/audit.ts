import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { InvalidArgumentError, type Command } from 'commander'
import { checkExport, type Link } from '../audit-chain.ts'
import { CliError, exitCodes } from '../errors.ts'
import { print, printJson } from '../io.ts'
import { harmless, table } from '../view/text.ts'
import { clientOf, common, wholeNumber, type CommonOptions, type Context } from './common.ts'

interface ListOptions extends CommonOptions {
  limit: number
  before?: number
  action?: string
  subject?: string
  target?: string
  outcome?: string
}

/** A noted head, `<seq>:<hash>`. */
function noted (text: string, before: Link[] | undefined): Link[] {
  const found = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text)
  if (!found) {
    throw new InvalidArgumentError(
      'expected <number>:<64 hexadecimal digits>, as the service logs it with "audit head".'
    )
  }
  return [...before ?? [], { seq: Number(found[1]), hash: found[2] ?? '' }]
}

/** audit: list, export and verify. */
export function auditCommands (program: Command, { io, exit }: Context): void {
  const audit = program.command('audit').description('who did what')

  common(audit.command('list'), io)
    .description('print entries of the audit log, latest first')
    .option('--limit <entries>', 'how many', wholeNumber(1, 1000), 100)
    .option('--before <seq>', 'only entries before this one', wholeNumber(1, 9_999_999_999))
    .option('--action <action>', 'only this action, such as deployment.launched')
    .option('--subject <subject>', 'only what this subject did')
    .option('--target <id>', 'only what was done to this')
    .option('--outcome <outcome>', 'done or denied')
    .action(async (options: ListOptions) => {
      const { limit, before, action, subject, target, outcome } = options
      const { items } = await clientOf(options, io).audit({ limit, before, action, subject, target, outcome })
      if (options.json) return printJson(io.stdout, items)
      print(
        io.stdout,
        harmless(
          table(
            ['SEQ', 'TIME', 'WHO', 'FROM', 'ACTION', 'OUTCOME', 'TARGET', 'WHY'],
            items.map((
              item
            ) => [
              String(item.seq),
              item.time,
              item.actor?.subject ?? '',
              item.origin?.address ?? '',
              item.action,
              item.outcome,
              item.target.id,
              item.reason ?? ''
            ])
          )
        )
      )
    })

  common(audit.command('export'), io).description(
    'write the whole audit log as NDJSON to the standard output'
  ).action(async (options: CommonOptions) => {
    const body = await clientOf(options, io).auditExport()
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), io.stdout, {
      end: false,
      signal: io.signal
    })
  })

  common(audit.command('verify [file]'), io)
    .description(
      'check an export, or, without a file, what the service has stored; exits 1 when it is not whole'
    )
    .option(
      '--head <seq:hash>',
      'an entry that was noted elsewhere and must still be there (may be given several times)',
      noted
    )
    .action(async (file: string | undefined, options: CommonOptions & { head?: Link[] }) => {
      if (file === undefined && options.head) {
        throw new CliError(
          'cli-usage',
          '--head needs the file of an export: windlass audit export > audit.ndjson'
        )
      }
      const result = file === undefined
        ? await clientOf(options, io).auditVerification()
        : await checkExport(
          createInterface({ input: createReadStream(file), crlfDelay: Infinity, signal: io.signal }),
          options.head
        ).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'EISDIR') {
            throw new CliError('cli-usage', `${file} can't be read: ${error.message}`)
          }
          throw error
        })
      if (result.problem !== undefined) exit(exitCodes.failed)
      if (options.json) return printJson(io.stdout, result)
      const { head, first } = result
      const since = first && first.seq > 0
        ? ` from entry ${first.seq + 1} on (retention removed those before it, the last of them ` +
          `${first.seq}:${first.hash})`
        : ''
      print(
        io.stdout,
        harmless(
          result.problem === undefined
            ? `the audit log is whole${since}: ${result.entries} entries${
              head ? `, the last is ${head.seq}:${head.hash}` : ''
            }`
            : `the audit log is not whole: ${result.problem}`
        )
      )
    })
}
