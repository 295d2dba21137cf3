/** The access file and the hooks file are read again while the service runs. */
import assert from 'node:assert/strict'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { pino } from 'pino'
import { type Session } from '../../contract/access.ts'
import { openAccess, accessSettings } from '../../server/access/open.ts'
import { parseConfig } from '../../server/config.ts'
import { startReload } from '../../server/reload.ts'
import { startIssuer } from '../fixtures/server/issuer.ts'
import { MemoryAutomation } from '../fixtures/server/memory-automation.ts'
import { startServer, type Fields } from '../fixtures/server/server.ts'

const rule = (grant: string) => `      - when: { repository: acme/infra }\n        grants: [${grant}]\n`
const accessOf = (issuer: string, rules: string, more = '') =>
  `${more}issuers:\n  - name: ci\n    issuer: ${issuer}\n    audience: windlass\n    kind: jobs\n    ` +
  `rules:\n${rules}`
const hooksOf = (name: string) =>
  `hooks:\n  - { name: ${name}, sender: generic, secret: other, rules: [{ on: push, launch: { ` +
  `federation: nautilus, operation: preview } }] }\n`
const until = async (condition: () => boolean | Promise<boolean>) => {
  for (let tries = 0; !await condition(); tries++) {
    assert.ok(tries < 1_000, 'waited too long')
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
}

/** A server with both files, which are checked all the time. */
async function startWatched (context: TestContext) {
  const issuer = await startIssuer(context)
  const sign = await issuer.newKey()
  const folder = await mkdtemp(join(tmpdir(), 'windlass-reload-'))
  context.after(async () => {
    await rm(folder, { recursive: true })
  })
  const [accessFile, hooksFile] = [join(folder, 'access.yaml'), join(folder, 'hooks.yaml')]
  /** Replaces the file at once, as editors and mounts do. */
  const write = async (file: string, text: string) => {
    await writeFile(`${file}.part`, text)
    await rename(`${file}.part`, file)
  }
  await write(accessFile, accessOf(issuer.url, rule('{ role: admin }')))
  await write(hooksFile, hooksOf('first'))
  const config = parseConfig({
    WINDLASS_ACCESS: accessFile,
    WINDLASS_HOOKS: hooksFile,
    WINDLASS_SECRET_OTHER: 'other-secret-0123456789',
    WINDLASS_DATA: folder
  })
  const automation = new MemoryAutomation()
  const lines: Fields[] = []
  const logger = pino({}, {
    write: (line: string) => {
      lines.push(JSON.parse(line) as Fields)
    }
  })
  const { access, current } = await openAccess({
    config,
    settings: await accessSettings(config, true),
    store: automation.access,
    secretsKey: Buffer.alloc(32, 7),
    logger
  })
  const server = await startServer(context, { access, automation, streams: { recheckMilliseconds: 20 } })
  const start = async (interval: number) => {
    const reload = await startReload({
      config,
      automation,
      ...(current !== undefined && { access: current }),
      logger,
      interval
    })
    context.after(() => reload.close())
    return reload
  }
  const headers = async () => ({ authorization: `Bearer ${await sign({ repository: 'acme/infra' })}` })
  const roles = async () =>
    ((await server.call('GET', '/v1/session', { headers: await headers() })).body as Session).grants.map((
      { role }
    ) => role)
  const changes = (action: string) =>
    automation.noted.filter((act) => act.action === action).map((
      { before, after }
    ) => [(before as Fields | undefined)?.sha256, (after as Fields).sha256])
  return {
    ...server,
    issuer,
    accessFile,
    hooksFile,
    write,
    start,
    headers,
    roles,
    changes,
    lines,
    automation
  }
}

test(
  'a right that the access file takes away ends soon, for streams too, and the change is noted',
  async (context) => {
    const { start, roles, write, accessFile, issuer, headers, url, launch, changes, call } =
      await startWatched(
        context
      )
    await start(10)
    assert.deepEqual(await roles(), ['admin'])
    const id = await launch()
    const stream = await fetch(`${url}/v1/deployments/${id}/events`, {
      headers: { ...await headers(), accept: 'text/event-stream' }
    })
    assert.equal(stream.status, 200)
    await write(
      accessFile,
      accessOf(
        issuer.url,
        rule('{ role: viewer, federations: [orion] }'),
        'limits: { requestsPerMinute: 10 }\n'
      )
    )
    await until(async () => (await roles())[0] === 'viewer')
    assert.match(await stream.text(), /deployment\.queued/)
    assert.equal((await call('GET', `/v1/deployments/${id}`, { headers: await headers() })).status, 404)
    const [first, second] = changes('access.changed')
    assert.deepEqual([first?.[0], second?.[0]], [undefined, first?.[1]])
    assert.notEqual(second?.[1], first?.[1])
    // Limits count too.
    await until(async () =>
      (await call('GET', '/v1/federations', { headers: await headers() })).status === 429
    )
  }
)

test(
  'a bad file changes nothing and is reported once, with all problems; late parts are named',
  async (context) => {
    const { start, roles, write, accessFile, issuer, changes, lines } = await startWatched(context)
    await start(10)
    await write(
      accessFile,
      accessOf(issuer.url, `${rule('{ role: king }')}${rule('{ role: viewer, phases: { from: 9 } }')}`)
    )
    const errors = () => lines.filter(({ level }) => level === 50)
    await until(() => errors().length > 0)
    const [{ problems, msg } = { problems: [], msg: '' }] = errors()
    assert.match(String(msg), /what was read before stays in force/)
    assert.equal((problems as string[]).length, 2)
    assert.match(
      (problems as string[]).join('\n'),
      /access\.yaml:8:\d+ issuers\[0\]\.rules\[0\]\.grants\[0\]\.role is "?king"?: expected one of viewer/
    )
    await rm(accessFile)
    await until(() => errors().length === 2)
    assert.deepEqual(await roles(), ['admin'])
    await write(
      accessFile,
      accessOf(issuer.url, rule('{ role: approver }'), 'url: https://windlass.example\n')
    )
    await until(async () => (await roles())[0] === 'approver')
    assert.equal(errors().length, 2)
    assert.equal(changes('access.changed').length, 2)
    assert.deepEqual(lines.find(({ parts }) => parts)?.parts, ['url'])
  }
)

test('hooks are replaced, a signal checks at once, and a change while stopped is noted', async (context) => {
  const { start, write, hooksFile, automation, changes, lines } = await startWatched(context)
  const first = await start(3_600_000)
  await write(hooksFile, hooksOf('second'))
  await first.now()
  assert.deepEqual(automation.hooks.map(({ name }) => name), ['second'])
  await first.now()
  assert.equal(lines.filter(({ msg }) => msg === 'the file has not changed').length, 3)
  await first.close()
  await write(hooksFile, hooksOf('third'))
  automation.noted.splice(0, automation.noted.length - 1)
  await start(3_600_000)
  const noted = changes('hooks.changed')
  assert.equal(noted.length, 2)
  assert.deepEqual(noted[1]?.[0], noted[0]?.[1])
})
