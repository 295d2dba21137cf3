import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { credentialsOf } from '../../cli/credentials.ts'
import { type Token } from '../../contract/access.ts'
import { startGuarded } from '../fixtures/server/guarded.ts'

const launcher = fileURLToPath(new URL('../../cli/windlass.js', import.meta.url))

async function windlass (environment: Record<string, string>, ...argv: string[]) {
  const child = spawn(process.execPath, [launcher, ...argv], {
    env: { ...process.env, FORCE_COLOR: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code] = await once(child, 'close') as [number]
  return { code, stdout, stderr }
}

test('a token is created, used, listed and revoked from the command line', async (context) => {
  const { url, admin } = await startGuarded(context)
  const as = (token: string) => ({ WINDLASS_SERVER: url, WINDLASS_TOKEN: token })
  const root = as(admin.authorization.slice('Bearer '.length))
  const refused = await windlass({ WINDLASS_SERVER: url }, 'federations')
  assert.deepEqual([refused.code, /http-unauthenticated/.test(refused.stderr)], [1, true])
  const made = await windlass(
    root,
    'token',
    'create',
    'release',
    '--role',
    'operator',
    '--federations',
    'nautilus',
    '--from',
    '1',
    '--to',
    '3',
    '--mode',
    'rehearsal',
    '--operations',
    'up,preview',
    '--expires-in-days',
    '7',
    '--person',
    'corp:bob'
  )
  assert.equal(made.code, 0, made.stderr)
  assert.match(made.stdout, /^wlt_\w+\n$/)
  assert.match(made.stderr, /operator of nautilus, phases 1 to 3, rehearsal, up\/preview/)
  const token = made.stdout.trim()
  assert.match(
    (await windlass(as(token), 'whoami')).stdout,
    /^release \(token:[\w-]+\) until .*\n {2}operator of nautilus, phases 1 to 3, rehearsal, up\/preview\n$/
  )
  assert.equal((await windlass(as(token), 'up', 'nautilus', '--from', '1', '--to', '2')).code, 0)
  const beyond = await windlass(as(token), 'up', 'nautilus')
  assert.deepEqual([beyond.code, /http-forbidden/.test(beyond.stderr)], [1, true])
  const listed = JSON.parse((await windlass(root, 'token', 'list', '--json')).stdout) as Token[]
  const { id = '' } = listed.find(({ name }) => name === 'release') ?? {}
  assert.match((await windlass(root, 'token', 'revoke', id)).stdout, /is revoked/)
  assert.match((await windlass(as(token), 'federations')).stderr, /was revoked/)
  assert.match((await windlass(root, 'token', 'list')).stdout, /release +revoked +operator of nautilus/)
})

test('wrong usage of the token commands ends with 2', async () => {
  for (
    const argv of [
      ['token', 'create', 'x'],
      ['token', 'create', 'x', '--role', 'king'],
      ['token', 'create', 'x', '--role', 'viewer', '--expires-in-days', '0'],
      ['token', 'create', 'x', '--role', 'viewer', '--operations', 'fly'],
      ['token', 'revoke'],
      ['token', 'fly']
    ]
  ) {
    const { code, stderr } = await windlass({}, ...argv)
    assert.equal(code, 2, `${argv.join(' ')}: ${stderr}`)
  }
})

test(
  'a token comes from the environment, from a file at each request, or from GitHub until it expires',
  async (context) => {
    assert.equal(await credentialsOf({})(), undefined)
    assert.equal(await credentialsOf({ WINDLASS_TOKEN: 'a', WINDLASS_TOKEN_FILE: '/nonexistent' })(), 'a')
    const folder = await mkdtemp(join(tmpdir(), 'windlass-token-'))
    context.after(() => rm(folder, { recursive: true }))
    const file = join(folder, 'token')
    const fromFile = credentialsOf({ WINDLASS_TOKEN_FILE: file })
    await assert.rejects(fromFile, { code: 'cli-usage' })
    for (const token of ['one', 'two']) {
      await writeFile(file, `${token}\n`)
      assert.equal(await fromFile(), token)
    }
    const asked: (string | undefined)[] = []
    let seconds = 300
    const github = createServer((request, response) => {
      asked.push(
        request.headers.authorization,
        new URL(request.url ?? '', 'http://x').searchParams.get('audience') ?? undefined
      )
      const claims = Buffer.from(JSON.stringify({ n: asked.length, exp: Date.now() / 1000 + seconds }))
        .toString('base64url')
      response.end(JSON.stringify({ value: `x.${claims}.x` }))
    }).listen(0, '127.0.0.1')
    await once(github, 'listening')
    context.after(() => {
      github.close()
    })
    const { port } = github.address() as { port: number }
    const fromGitHub = credentialsOf({
      WINDLASS_AUDIENCE: 'https://windlass.example',
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner'
    })
    const first = await fromGitHub()
    assert.equal(await fromGitHub(), first, 'kept while it is good')
    assert.deepEqual(asked, ['Bearer runner', 'https://windlass.example'])
    seconds = 30
    const short = credentialsOf({
      WINDLASS_AUDIENCE: 'a',
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner'
    })
    assert.notEqual(await short(), await short(), 'one that ends within a minute is not used again')
  }
)
