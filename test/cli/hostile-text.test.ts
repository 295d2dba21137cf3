/** Every command, given hostile names, comments and messages: what it prints stays in its lines. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { Writable } from 'node:stream'
import { after, before, suite, test } from 'node:test'
import { Command } from 'commander'
import { type Context } from '../../cli/commands/common.ts'
import { commands } from '../../cli/commands.ts'
import { run } from '../../cli/program.ts'
import { routes } from '../../server/routes.ts'
import { hidingTexts } from '../fixtures/hostile-text.ts'

/** Controls, separators, marks that reorder, zero-width characters, tags and fillers. */
const acting =
  /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad\u3164\u{e0000}-\u{e007f}]/u

/** Fields that hold one of the words of the contract or a time, which the service itself writes. */
const word =
  /^(status|type|operation|mode|kind|op|role|outcome|enforcement|because|ordering|approvals|time|seq)$|At$/

/** Fields that people, providers or programs write get a text behind their own. */
function withText (value: unknown, text: string, field = ''): unknown {
  if (typeof value === 'string') return word.test(field) ? value : `${value}${text}`
  if (Array.isArray(value)) return value.map((item) => withText(item, text, field))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withText(part, text, name)]))
}

/** A final event, as a stream sends it. */
const failed = {
  seq: 2,
  time: '2026-11-21T08:00:20.000Z',
  type: 'deployment.failed',
  deployment: 'd',
  error: { code: 'x', message: 'no', retryable: false }
}

/** Answers each route with its example, with a text behind all that others wrote. */
function answering (textOf: () => string): Server {
  return createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    if (request.headers.accept?.includes('event-stream')) {
      response.setHeader('content-type', 'text/event-stream')
      response.end(`id: 2\ndata: ${JSON.stringify(withText(failed, textOf()))}\n\n`)
      return
    }
    const found = routes.find(({ method, url }) =>
      method === request.method && new RegExp(`^${url.replaceAll(/:[a-z]+/g, '[^/]+')}$`).test(path)
    )
    const [status = '404', example] = Object.entries(found?.examples?.answers ?? {})[0] ?? []
    response.statusCode = Number(status)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(withText(example, textOf())))
  }).listen(0, '127.0.0.1')
}

/** Options that a command needs beside its arguments. */
const needed: Readonly<Record<string, readonly string[]>> = {
  'token create': ['--role', 'viewer'],
  override: ['--reason', 'x'],
  approve: ['--phase', '2'],
  reject: ['--phase', '2']
}
/** `audit export` is a file, byte by byte; `doctor` looks at this machine. */
const others = /^(audit export|doctor|audit|token|notifications|help)$/

/** Further forms of commands, which print more. */
const furtherForms: readonly (readonly string[])[] = [
  ['status', 'nautilus'],
  ['gates', '--all'],
  ['up', 'nautilus', '--watch', '--diff', '--verbose'],
  ['up', 'nautilus', '--markdown'],
  ['drift', 'nautilus', '--all'],
  ['drift', 'nautilus', '--markdown'],
  ['validation', 'nautilus', '--all']
]

/** The command lines of all commands, from their own declarations. */
function commandLines (): string[][] {
  const program = new Command('windlass')
  const io = {
    environment: {},
    stdout: process.stdout,
    stderr: process.stderr,
    signal: new AbortController().signal
  }
  const context: Context = { io, exit: () => undefined }
  for (const add of commands) add(program, context)
  return program.commands.flatMap((one) =>
    [[one], ...one.commands.map((inner) => [one, inner])].map((chain) => ({
      name: chain.map((command) => command.name()).join(' '),
      values: (chain.at(-1)?.registeredArguments ?? []).filter(({ required }) => required).map(() =>
        'nautilus'
      )
    }))
  ).filter(({ name }) => !others.test(name))
    .map(({ name, values }) => [...name.split(' '), ...values, ...needed[name] ?? []])
}

suite('what a command prints', () => {
  let text = ''
  let server: Server
  let url = ''
  before(async () => {
    server = answering(() => text)
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  /** Runs a command line; gives all that it wrote. */
  async function printed (argv: readonly string[]): Promise<string> {
    let output = ''
    const stream = new Writable({
      write (chunk, _encoding, done) {
        output += String(chunk)
        done()
      }
    }) as unknown as NodeJS.WriteStream
    await run(argv, {
      stdout: stream,
      stderr: stream,
      environment: { WINDLASS_SERVER: url },
      signal: AbortSignal.timeout(20_000)
    })
    return output
  }

  const hostile = Object.values(hidingTexts).join(' ')
  for (const argv of [...commandLines(), ...furtherForms]) {
    for (const more of argv.includes('--markdown') ? [[]] : [[], ['--json']]) {
      const line = [...argv, ...more].join(' ')
      test(`"${line}" stays in its lines and in its order`, async () => {
        text = ' harmless'
        const expected = await printed([...argv, ...more])
        text = hostile
        const found = await printed([...argv, ...more])
        // Markdown breaks links with zero-width spaces of its own.
        const own = argv.includes('--markdown') ? /[\n\u200b]/g : /\n/g
        assert.doesNotMatch(found.replaceAll(own, ''), acting)
        assert.equal(found.split('\n').length, expected.split('\n').length, found)
        assert.ok(!found.split('\n').some((one) => one.startsWith('forged')))
      })
    }
  }

  test('is the same value as JSON', async () => {
    text = hostile
    const [first] = JSON.parse(await printed(['token', 'list', '--json'])) as { name: string }[]
    assert.ok(first?.name.endsWith(hostile))
  })

  test('is no message of a user forged by arguments', async () => {
    const found = await printed(['stat\u001b[2Jus\u202e'])
    assert.doesNotMatch(found.replaceAll('\n', ''), acting)
  })
})
