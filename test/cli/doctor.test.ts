import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Finding } from '../../contract/doctor.ts'
import { startServer } from '../fixtures/server/server.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../../cli/windlass.ts', import.meta.url))

interface Result {
  code: number
  stdout: string
  stderr: string
}
async function doctor (argv: string[], environment: Record<string, string> = {}): Promise<Result> {
  return await run(process.execPath, [script, 'doctor', ...argv], { env: { ...process.env, ...environment } })
    .then((done) => ({ code: 0, ...done }), (error: Result) => error)
}

test('a service that is ready passes, part by part, and its clock is compared', async (context) => {
  const { url } = await startServer(context)
  const { code, stdout } = await doctor(['--no-machine', '--server', url, '--json'])
  const { healthy, findings } = JSON.parse(stdout) as { healthy: boolean, findings: Finding[] }
  assert.deepEqual([code, healthy, findings.map(({ check, level }) => [check, level])], [0, true, [[
    'service store',
    'ok'
  ], ['service clock', 'ok']]])
})

test('a traced job passes its trace on', async (context) => {
  const seen: unknown[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers['traceparent'])
    response.setHeader('content-type', 'application/json').end('{"ready":true,"parts":{}}')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  for (const given of [traceparent, 'no trace at all\n']) {
    assert.equal((await doctor(['--no-machine', '--server', address], { TRACEPARENT: given })).code, 0)
  }
  assert.deepEqual(seen, [traceparent, undefined])
})

test('a service that is not ready fails, with its reason', async (context) => {
  const { url, automation } = await startServer(context)
  automation.ready = false
  const { code, stdout } = await doctor(['--no-machine', '--server', url])
  assert.equal(code, 1)
  assert.match(stdout, /^FAIL {2}service store +the database is away$/m)
  assert.match(stdout, /1 of 2 checks failed, 0 warned/)
})

test(
  'no service is a warning, since the first start may be to come; a wrong address is wrong usage',
  async () => {
    const away = await doctor(['--no-machine', '--server', 'http://127.0.0.1:9'])
    assert.equal(away.code, 0)
    assert.match(
      away.stdout,
      /WARN {2}service +no service answers at http:\/\/127\.0\.0\.1:9\n +-> start one with npm start/
    )
    assert.equal((await doctor(['--no-machine', '--server', 'nonsense'])).code, 2)
  }
)

test("the machine is examined with the service's own configuration", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-doctor-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const { code, stdout } = await doctor(['--server', 'http://127.0.0.1:9'], {
    WINDLASS_DATA: folder,
    WINDLASS_PORT: '0',
    WINDLASS_FEDERATIONS: join(folder, 'gone')
  })
  assert.equal(code, 1)
  assert.match(stdout, /^ok +configuration/m)
  assert.match(stdout, /^FAIL {2}federations .*gone/m)
})
