import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command } from 'commander'
import { linesOf } from '../../contract/text/lines.ts'
import { checkExport, headOf, type Checked, type Head } from '../audit-chain.ts'
import { type Client } from '../client.ts'
import { CliError, exitCodes } from '../errors.ts'
import { type Io } from '../io.ts'
import {
  clientOf,
  common,
  printLines,
  printList,
  wholeNumber,
  type CommonOptions,
  type Context
} from './common.ts'

export function auditCommand (program: Command, context: Context): void {
  const audit = program.command('audit').description('who did what')
  listCommand(audit, context)
  exportCommand(audit, context)
  verifyCommand(audit, context)
}

interface ListOptions extends CommonOptions {
  limit: number
  before?: number
  action?: string
  subject?: string
  target?: string
  outcome?: string
}

function listCommand (audit: Command, { io }: Context): void {
  common(audit.command('list'), io)
    .description('print entries of the audit log, the latest first')
    .option('--limit <entries>', 'how many', wholeNumber(1, 1000), 100)
    .option('--before <seq>', 'only entries before this one', wholeNumber(1, 9_999_999_999))
    .option('--action <action>', 'only this action, such as deployment.launched')
    .option('--subject <subject>', 'only what this subject did')
    .option('--target <id>', 'only what was done to this')
    .option('--outcome <outcome>', 'done or denied')
    .action(async (options: ListOptions) => {
      const { limit, before, action, subject, target, outcome } = options
      const { items } = await clientOf(options, io).audit({ limit, before, action, subject, target, outcome })
      printList(io, options, items, {
        head: ['SEQ', 'TIME', 'WHO', 'FROM', 'ACTION', 'OUTCOME', 'TARGET', 'WHY'],
        row: (item) => [
          String(item.seq),
          item.time,
          item.actor?.subject ?? '',
          item.origin?.address ?? '',
          item.action,
          item.outcome,
          item.target.id,
          item.reason ?? ''
        ]
      })
    })
}

function exportCommand (audit: Command, { io }: Context): void {
  common(audit.command('export'), io)
    .description('write the whole audit log as NDJSON to the standard output')
    .action(async (options: CommonOptions) => {
      const body = await clientOf(options, io).auditExport()
      await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), io.stdout, {
        end: false,
        signal: io.signal
      })
    })
}

/** Works with the lines of a file; says which file cannot be read. */
async function withLines<T> (
  file: string,
  { signal }: Io,
  work: (lines: AsyncIterable<string>) => Promise<T>
): Promise<T> {
  try {
    return await work(linesOf(createReadStream(file, { encoding: 'utf8', signal })))
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (!['ENOENT', 'EACCES', 'EISDIR'].includes(code)) throw error
    throw new CliError('cli-usage', { argument: 'file', wrong: `${file} cannot be read: ${message}` })
  }
}

/** Reads heads that were noted: `<seq>:<hash>`, or a file with one JSON object a line. */
async function notedHeads (given: readonly string[], io: Io): Promise<Head[]> {
  const heads: Head[] = []
  for (const text of given) {
    const found = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text)
    if (found) heads.push({ seq: Number(found[1]), hash: found[2] ?? '' })
    else {
      await withLines(text, io, async (lines) => {
        for await (const line of lines) {
          if (line === '') continue
          const head = headOf(line)
          if (!head) {
            const wrong = `--head ${text}: expected <number>:<64 hexadecimal digits>, or a file of heads ` +
              "such as the service's audit-heads.ndjson"
            throw new CliError('cli-usage', { argument: '--head', wrong })
          }
          heads.push(head)
        }
      })
    }
  }
  return heads
}

/** Checks what the service has stored, and its export against noted heads. */
async function checkService (client: Client, heads: readonly Head[], { signal }: Io): Promise<Checked> {
  const stored = await client.auditVerification()
  if (stored.problem !== undefined || heads.length === 0) return stored
  const body = await client.auditExport()
  const input = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0], { encoding: 'utf8', signal })
  return await checkExport(linesOf(input), heads)
}

function verdictOf ({ problem, first, head, entries }: Checked): string {
  if (problem !== undefined) return `the audit log is not whole: ${problem}`
  const since = first && first.seq > 0
    ? ` from entry ${first.seq + 1} on (retention removed those before it, the last of them ` +
      `${first.seq}:${first.hash})`
    : ''
  return `the audit log is whole${since}: ${entries} entries` +
    `${head ? `, the last is ${head.seq}:${head.hash}` : ''}`
}

function verifyCommand (audit: Command, { io, exit }: Context): void {
  common(audit.command('verify [file]'), io)
    .description(
      'check an export, or, without a file, what the service has stored; exits with 1 when it is not whole'
    )
    .option(
      '--head <file|seq:hash>',
      "entries that were noted elsewhere and must still be there: the service's file of heads, or one " +
        'head (may be given several times)',
      (text: string, before: string[] = []) => [...before, text]
    )
    .action(async (file: string | undefined, options: CommonOptions & { head?: string[] }) => {
      const heads = await notedHeads(options.head ?? [], io)
      const result = file === undefined
        ? await checkService(clientOf(options, io), heads, io)
        : await withLines(file, io, (lines) => checkExport(lines, heads))
      if (result.problem !== undefined) exit(exitCodes.failed)
      printLines(io, options, result, () => [verdictOf(result)])
    })
}
