/**
 * Two federations of one service: whoever may see one of them learns nothing of the other, on any
 * route. The routes are those of the application, so that one which is added is asked too.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { everywhere, type Automation, type Principal } from '../../../automation/index.ts'
import { type Grant } from '../../../contract/access.ts'
import { type Role } from '../../../contract/words.ts'
import { type Access } from '../../../server/access/caller.ts'
import { buildApp } from '../../../server/app.ts'
import { createWorkMetrics } from '../../../server/metrics/work.ts'
import { routes } from '../../../server/routes.ts'
import { nautilusText } from '../../automation/federation/nautilus.ts'
import { ended, request, start } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

/** The caller's federation and the other, with names that nothing else has. */
const [own, other] = ['nautilus', 'zanzibar'] as const
const schedules = `schedules:
  - { name: nightly, cron: "0 3 * * *", operation: up, world: night }
`

/** The roles that may least and most. */
const asking = ['viewer', 'admin'] as const satisfies Role[]
/** Callers, by the name that they send: each role for the own federation. */
const callers = new Map(
  asking.map((role): [string, Principal] => {
    const grant: Grant = { ...everywhere(role), federations: [own] }
    return [role, {
      actor: { subject: `corp:${role}`, name: role, kind: 'person' },
      groups: [],
      grants: [grant]
    }]
  })
)
const access: Access = {
  kind: 'authenticated',
  identify: async ({ headers: { authorization } }) => callers.get(authorization ?? '')
}

/** The ids of a federation's things, by the name of the parameter that takes them. */
interface Things {
  id: string
  name: string
  unit: string
  stack: string
  token: string
  notification: string
  /** A world in which nothing but the federation is. */
  world: string
}
const clusterOf = (federation: string) => `${federation}-hub-us-west`
const unitOf = (federation: string) => `infrastructure.${clusterOf(federation)}`
const stackOf = (federation: string) => `${federation}.${unitOf(federation)}`
const part = (federation: string) => ({
  federation,
  phases: { from: 1, to: 2 },
  clusters: [clusterOf(federation)]
})

/** Deploys a federation once, with a token and a notification of its own. */
async function things (
  automation: Automation,
  pool: Awaited<ReturnType<TestServer['database']>>['pool'],
  name: string
): Promise<Things> {
  const { deployment: { id } } = await automation.launch(
    request(part(name)),
    { actor: { subject: `corp:of-${name}`, name: `of ${name}`, kind: 'person' } }
  )
  await ended(automation, id)
  const world = `${name}-alone`
  const alone = await automation.launch(
    request({ ...part(name), rehearsal: { world, timeScale: 0, seed: 1, faults: [] } })
  )
  await ended(automation, alone.deployment.id)
  const check = await automation.launch(
    request({ ...part(name), operation: 'drift-check' })
  )
  await ended(automation, check.deployment.id)
  const { token: { id: token } } = await automation.access.createToken({
    name: `of ${name}`,
    grants: [{ ...everywhere('admin'), federations: [name] }],
    createdBy: { subject: `corp:of-${name}`, name: `of ${name}`, kind: 'person' },
    expiresAt: null
  })
  const notification = randomUUID()
  await pool.query(
    `INSERT INTO windlass.notifications (
       id, federation, deployment, seq, receiver, settings, facts, status, next_at, ended_at
     )
     VALUES (
       $1, $2, $3, 1, $2, '{"kind": "slack"}', '{"what": "failed", "type": "deployment.failed"}', 'dead',
       now(), now()
     )`,
    [notification, name, id]
  )
  await automation.audit.note({
    action: 'state.read',
    outcome: 'done',
    target: { kind: 'stack', id: stackOf(name), federation: name }
  })
  return { id, name, unit: unitOf(name), stack: stackOf(name), token, notification, world }
}

/** An id beside another: nothing in a list is between the two. */
const beside = (id: string): string => `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`

/** Names of things that there never were, of the same form; lists have both at the same place. */
const absent = (like: Things): Things => ({
  id: beside(like.id),
  name: 'zanzijar',
  unit: unitOf('zanzijar'),
  stack: stackOf('zanzijar'),
  token: beside(like.token),
  notification: beside(like.notification),
  world: 'zanzijar-alone'
})

/** Hooks belong to no federation. */
const fixed: Readonly<Record<string, string>> = { hook: 'none' }

const parametersOf = (url: string): string[] =>
  [...url.matchAll(/:(\w+)/g)].map(([, name = '']) =>
    url.startsWith('/v1/hooks') && name === 'name' ? 'hook' : name
  )

function addressOf (url: string, values: Readonly<Record<string, string>>): string {
  const names = parametersOf(url)
  return url.replaceAll(/:\w+/g, () => {
    const name = names.shift() ?? ''
    const value = values[name] ?? fixed[name]
    assert.ok(value !== undefined, `${url}: this test has no value for the parameter ${name}`)
    return encodeURIComponent(value)
  }).replace('*', '')
}

interface Asked {
  method: string
  url: string
  body?: unknown
}

/**
 * The requests of a caller to an address with these values: as it is, each list after each of the
 * names, each text of its query, and each body of the examples.
 */
function requestsOf (url: string, method: string, values: Things, at: Things = values): Asked[] {
  const known = routes.find((one) => one.url === url && one.method === method)
  const schema = known?.schema.querystring as { properties?: Record<string, { type?: string }> } | undefined
  const path = addressOf(url, { ...at })
  const queries = Object.entries(schema?.properties ?? {}).flatMap(([name, { type }]) =>
    type !== 'string'
      ? []
      : name === 'after'
      ? Object.values(values).map((value) => `?after=${encodeURIComponent(value)}`)
      : [values.stack, clusterOf(values.name)].map((value) => `?${name}=${encodeURIComponent(value)}`)
  )
  const bodies = Object.values(known?.examples?.body ?? {}).flatMap(({ value }) => {
    const text = JSON.stringify(value)
    if (at === values) return [JSON.parse(text.replaceAll(own, values.name)) as unknown]
    // The caller's own federation, with a cluster of the other.
    return text.includes(`${own}-`)
      ? [JSON.parse(text.replaceAll(`${own}-`, `${values.name}-`)) as unknown]
      : []
  })
  return [
    ...(bodies.length > 0 ? bodies.map((body) => ({ method, url: path, body })) : [{ method, url: path }]),
    ...queries.map((query) => ({ method, url: path + query }))
  ]
}

suite('a caller of one federation', () => {
  let server: TestServer
  let folder: string
  let automation: Automation
  let app: FastifyInstance
  let mine: Things
  let theirs: Things
  let pool: Awaited<ReturnType<TestServer['database']>>['pool']
  let asked: { method: string, url: string }[]

  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-apart-'))
    const text = nautilusText.replace('schedules:\n', schedules)
    await writeFile(join(folder, `${own}.yaml`), text)
    await writeFile(join(folder, `${other}.yaml`), text.replaceAll(own, other))
    await writeFile(join(folder, `${other}-broken.yaml`), `name: ${other}-broken\nclusters: 3\n`)
    const database = await server.database()
    pool = database.pool
    const work = createWorkMetrics()
    automation = await start(database.url, new ScriptedRunner(4), {
      federations: folder,
      now: () => new Date('2026-11-21T12:00:00Z'),
      observe: work.observe
    })
    app = await buildApp({
      logger: pino({ level: 'silent' }),
      version: '0.0.0',
      access,
      automation,
      work: work.registry
    })
    await app.ready()
    mine = await things(automation, pool, own)
    theirs = await things(automation, pool, other)
    // Later than the other's, so that a list goes on after those.
    await automation.access.createToken({
      name: 'later',
      grants: [{ ...everywhere('viewer'), federations: [own] }],
      createdBy: { subject: 'corp:later', name: 'later', kind: 'person' },
      expiresAt: null
    })
    asked = app.guardedRoutes.filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
  })
  after(async () => {
    await app.close()
    await automation.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** An answer without what differs from request to request. */
  async function answerTo (role: Role, { method, url, body }: Asked, sent: Things) {
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: { authorization: role, accept: 'application/json' },
      ...(body !== undefined && { payload: body as object })
    })
    const { date: _, 'x-request-id': requestId, ...headers } = answer.headers
    let text = `${answer.statusCode} ${JSON.stringify(headers)} ${answer.body}`
    if (typeof requestId === 'string') text = text.replaceAll(requestId, '<request>')
    // What the caller sent, they may be told: the longest first, since names hold others.
    for (const value of Object.values(sent).sort((a, b) => b.length - a.length)) {
      text = text.replaceAll(value, '<sent>')
    }
    return text
  }

  /** Names and ids that nobody but the other federation has. */
  const secrets = () => [other, ...Object.values(theirs)]

  test('gets the same answers about the other as about what never was', async () => {
    let compared = 0
    for (const { method, url } of asked) {
      const none = absent(theirs)
      const names = parametersOf(url) as (keyof Things)[]
      // All of them the other's; one of several; and the caller's own, asked about the other's.
      const pairs = [
        [requestsOf(url, method, theirs), requestsOf(url, method, none)],
        ...(names.length < 2 ? [] : names).map((name) => [
          requestsOf(url, method, { ...mine, [name]: theirs[name] }),
          requestsOf(url, method, { ...mine, [name]: none[name] })
        ]),
        ...(method === 'GET' || url === '/v1/deployments'
          ? [[requestsOf(url, method, theirs, mine), requestsOf(url, method, none, mine)]]
          : [])
      ]
      for (const [real = [], blank = []] of pairs) {
        assert.equal(real.length, blank.length)
        for (const [index, one] of real.entries()) {
          for (const role of asking) {
            const [seen, empty] = [
              await answerTo(role, one, theirs),
              await answerTo(role, blank[index] ?? one, none)
            ]
            assert.equal(seen, empty, `${role}: ${method} ${one.url}`)
            compared++
          }
        }
      }
    }
    assert.ok(compared > 300, `${compared} answers`)
  })

  test('sees what is theirs alone, and no figure moves when the other does something', async () => {
    const look = async () => {
      const seen = new Map<string, string>()
      for (const { method, url } of asked) {
        if (method !== 'GET') continue
        for (const one of requestsOf(url, method, mine)) {
          for (const role of asking) {
            const text = await answerTo(role, one, absent(theirs))
            for (const secret of secrets()) {
              assert.ok(
                !text.toLowerCase().includes(secret.toLowerCase()),
                `${role}: GET ${one.url}: ${secret}`
              )
            }
            seen.set(`${role}: GET ${one.url}`, text)
          }
        }
      }
      return seen
    }
    const first = await look()
    assert.match(first.get('viewer: GET /v1/deployments') ?? '', new RegExp(mine.id))
    assert.match(first.get('admin: GET /v1/tokens') ?? '', new RegExp(mine.token))
    assert.match(first.get('viewer: GET /v1/notifications') ?? '', new RegExp(mine.notification))
    assert.match(first.get('admin: GET /v1/audit') ?? '', /deployment\.launched/)
    assert.match(first.get('viewer: GET /metrics') ?? '', /windlass_deployments\{status="succeeded"\} 3\n/)
    assert.match(first.get('viewer: GET /v1/worlds') ?? '', /"default".*"nautilus-alone"/)
    await things(automation, pool, other)
    const queued = await automation.launch(request({ federation: other, rehearsal: undefined as never }))
    await automation.cancel(queued.deployment.id)
    const second = await look()
    for (const [what, text] of first) assert.equal(second.get(what), text, what)
    assert.ok(first.size > 150, `${first.size} answers`)
  })
})
