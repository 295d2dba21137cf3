/** Whatever a caller sends, over a real database: the answer is theirs, never a 5xx. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request as send, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { type Automation } from '../../automation/index.ts'
import { type Problem } from '../../contract/problem.ts'
import { buildApp } from '../../server/app.ts'
import { fromGithub, hooks, signedByGithub } from '../automation/hooks/fixtures.ts'
import { request, start } from '../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../fixtures/database.ts'
import { unstorableTexts } from '../fixtures/hostile-text.ts'
import { hostileRequests, type HostileRequest } from '../fixtures/server/hostile-requests.ts'

/**
 * Requests of which all are sent: those to files, and bodies of the launch. Of the other 16,000 it
 * is each eleventh, which takes two seconds; no list of values has a length that eleven divides, so
 * each value and each route has its turn.
 */
const always = /^\/docs\/static|^POST \/v1\/deployments, (the body|value)/
const sampled = 11

/** One connection after the other is opened only when the service closes one. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** Sends a request as it is: a client for people would mend its address. */
async function sendRaw (
  port: number,
  { method, url, headers, payload }: HostileRequest['request'],
  signal: AbortSignal
): Promise<{ status: number, text: string }> {
  const sent = send({ host: '127.0.0.1', port, method, path: url, headers, agent, signal })
  sent.end(payload)
  const [response] = await once(sent, 'response') as [IncomingMessage]
  return {
    status: response.statusCode ?? 0,
    text: Buffer.concat(await response.toArray() as Buffer[]).toString()
  }
}

suite('hostile requests', () => {
  let server: TestServer
  let automation: Automation
  let app: FastifyInstance
  let id = ''
  let folder = ''
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-page-'))
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), '<!doctype html>')
    const { url } = await server.database()
    automation = await start(url, new ScriptedRunner(4), { hooks })
    app = await buildApp({
      automation,
      logger: pino({ level: 'silent' }),
      version: '0.0.0',
      access: { kind: 'local', hosts: ['localhost:80'] },
      dashboardFolder: folder
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    id = (await automation.launch(request({ phases: { from: 1, to: 1 } }))).deployment.id
  })
  after(async () => {
    agent.destroy()
    await app.close()
    await automation.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('are answered by what is wrong with them', async () => {
    const names = {
      id,
      name: 'nautilus',
      unit: 'prerequisites.global',
      stack: 'x',
      notification: id,
      hook: 'github'
    }
    const failed: string[] = []
    let number = 0
    const { port } = app.server.address() as { port: number }
    const signal = AbortSignal.timeout(60_000)
    for (const { about, request: sent } of hostileRequests(names)) {
      if (!always.test(about) && number++ % sampled !== 0) continue
      const { status, text } = await sendRaw(port, sent, signal)
      if (status >= 500) failed.push(`${about}: ${status} ${text.slice(0, 200)}`)
    }
    assert.deepEqual(failed, [])
  })

  test('with a body that cannot be taken are told the field and its place', async () => {
    const launch = (payload: string | Buffer) =>
      app.inject({
        method: 'POST',
        url: '/v1/deployments',
        headers: { 'content-type': 'application/json' },
        payload
      })
    const fieldOf = async (body: string): Promise<unknown[]> => {
      const answer = await launch(body)
      const { code, errors } = answer.json<Problem>()
      return [answer.statusCode, code, errors?.[0]?.path, errors?.[0]?.message]
    }
    const unstorable = 'has U+0000 or half a surrogate pair'
    assert.deepEqual(await fieldOf('{"federation":"a\\u0000"}'), [
      400,
      'http-request-invalid',
      '/federation',
      unstorable
    ])
    assert.deepEqual(await fieldOf('{"rehearsal":{"faults":[{"message":"\\ud83d"}]}}'), [
      400,
      'http-request-invalid',
      '/rehearsal/faults/0/message',
      unstorable
    ])
    assert.deepEqual(await fieldOf('{"x":{"a/b\\udc00":1}}'), [
      400,
      'http-request-invalid',
      '/x',
      'holds a name with U+0000 or half a surrogate pair'
    ])
    const [status, code, path = '', message] = await fieldOf(
      `{"rehearsal":{"faults":[{"value":${'['.repeat(5_000)}${']'.repeat(5_000)}}]}}`
    )
    assert.deepEqual([status, code, message], [
      400,
      'http-request-invalid',
      'is nested deeper than 64 levels'
    ])
    assert.match(String(path), /^\/rehearsal\/faults\/0\/value(\/0)+$/)
    const bytes = await launch(Buffer.from('{\n "federation": "Größe"}', 'latin1'))
    assert.deepEqual([bytes.statusCode, bytes.json<Problem>().code], [400, 'http-body-malformed'])
    assert.match(bytes.json<Problem>().detail, /not UTF-8.*0xf6.*line 2, column 19/)
    const wide = await launch(Buffer.from('\ufeff{}', 'utf16le'))
    assert.match(wide.json<Problem>().detail, /is UTF-16, has to be UTF-8/)
    assert.equal(
      (await launch(`\ufeff${JSON.stringify({ federation: 'none', operation: 'up' })}`)).json<Problem>().code,
      'federation-not-found'
    )
  })

  test('to a hook, signed, are refused where they are no text, and taken with a mark', async () => {
    const push = JSON.parse(String(fromGithub('push').body)) as object
    const deliver = async (body: Buffer) => {
      const { statusCode, json } = await app.inject({
        method: 'POST',
        url: '/v1/hooks/github',
        headers: signedByGithub(body),
        payload: body
      })
      const { code, detail } = json<Problem>()
      return { statusCode, code, detail }
    }
    const bodies: Buffer[] = [
      Buffer.from(`{"ref":"refs/heads/master","deep":${'['.repeat(5_000)}${']'.repeat(5_000)}}`),
      Buffer.from(JSON.stringify({ ...push, ref: 'refs/heads/x' }), 'utf16le'),
      Buffer.from(JSON.stringify({ ...push, ref: 'refs/heads/Größe' }), 'latin1'),
      ...Object.values(unstorableTexts).flatMap((text) =>
        [{ ref: text }, { ref: `refs/tags/${text}` }, { repository: { full_name: text } }, { after: text }, {
          [text]: 1
        }]
          .map((change) => Buffer.from(JSON.stringify({ ...push, ...change })))
      )
    ]
    for (const body of bodies) {
      const { statusCode, code } = await deliver(body)
      assert.deepEqual([statusCode, code], [400, 'hook-payload-invalid'], String(body).slice(0, 200))
    }
    const marked = await deliver(Buffer.from(`\ufeff${JSON.stringify({ ...push, ref: 'refs/heads/none' })}`))
    assert.equal(marked.statusCode, 200)
    assert.match(
      (await deliver(Buffer.from('{"ref":"a\\u0000"}'))).detail,
      /U\+0000 or half a surrogate pair at ref/
    )
  })
})
