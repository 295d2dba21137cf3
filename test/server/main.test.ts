import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

async function dataFolder (context: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-main-'))
  // The embedded PostgreSQL of a service that root runs belongs to another user, who must be able
  // to get there.
  await chmod(folder, 0o755)
  context.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

function start (context: TestContext, environment: Record<string, string>) {
  const own = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('WINDLASS_') && name !== 'DATABASE_URL')
  )
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env: { ...own, ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  context.after(() => {
    if (child.exitCode === null) child.kill('SIGKILL')
  })
  const lines: string[] = []
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const log = createInterface(child.stdout).on('line', (line) => {
    lines.push(line)
  })
  const listening = new Promise<string>((resolve, reject) => {
    log.on('line', (line) => {
      const { msg, url } = JSON.parse(line) as { msg?: string, url?: string }
      if (msg === 'listening' && url !== undefined) resolve(url)
    })
    child.once('exit', () => {
      reject(new Error(`ended before it listened:\n${lines.join('\n')}\n${errors}`))
    })
  })
  listening.catch(() => undefined)
  const ended = once(child, 'exit').then(([code]) => ({ code: code as number | null, lines, errors }))
  return { child, listening, ended }
}

test('a wrong configuration exits with 2 and names the variables', async (context) => {
  const { code, errors } = await start(context, { WINDLASS_PORT: 'x', WINDLASS_PROT: '1' }).ended
  assert.equal(code, 2)
  assert.match(errors, /WINDLASS_PORT is "x": expected a whole number/)
  assert.match(errors, /WINDLASS_PROT is an unknown variable/)
})

test('the real engine without a CLI on the PATH exits with 2 and says what to do', async (context) => {
  const { code, errors } = await start(context, { WINDLASS_ENGINE: 'pulumi', PATH: '/nowhere' }).ended
  assert.equal(code, 2)
  assert.match(
    errors,
    /WINDLASS_ENGINE is "pulumi", which needs the Pulumi CLI: there is no Pulumi CLI on the PATH: install .*, or leave the variable unset/
  )
})

test(
  'the service starts on a free port, reports a taken one, and ends on SIGTERM',
  { timeout: 120_000 },
  async (context) => {
    const folder = await dataFolder(context)
    const service = start(context, {
      WINDLASS_PORT: '0',
      WINDLASS_DATA: folder,
      WINDLASS_WORKERS: '1',
      WINDLASS_LOG_LEVEL: 'error'
    })
    const url = await service.listening
    assert.equal((await fetch(`${url}/readyz`)).status, 200)
    assert.equal((await fetch(`${url}/v1/federations/nautilus/plan?to=1`)).status, 200)
    assert.equal((await fetch(`${url}/v1/deployments/none`)).status, 404)

    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    context.after(() => {
      taken.close()
    })
    const { port } = taken.address() as { port: number }
    const second = await start(context, {
      WINDLASS_PORT: String(port),
      WINDLASS_DATA: folder,
      WINDLASS_WORKERS: '1'
    }).ended
    assert.equal(second.code, 1)
    const [reason] = second.lines.map((line) => JSON.parse(line) as { code?: string, msg: string }).slice(-1)
    assert.equal(reason?.code, 'address-unavailable')
    assert.match(reason?.msg, new RegExp(`port ${port} of 127.0.0.1 is taken`))

    assert.equal((await fetch(`${url}/readyz`)).status, 200, 'the first service goes on, with its database')
    service.child.kill('SIGTERM')
    assert.equal((await service.ended).code, 0)
  }
)
