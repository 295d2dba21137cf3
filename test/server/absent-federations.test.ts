/** What is deployed and not in a file, over HTTP: it is counted, listed, and destroyed. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { everywhere } from '../../automation/index.ts'
import { type Deployment } from '../../contract/deployment.ts'
import { ofType } from '../../contract/event.ts'
import { type FederationSummary, type Plan } from '../../contract/federation.ts'
import { buildApp } from '../../server/app.ts'
import { Edited } from '../automation/deployments/edited-federation.ts'
import { ended } from '../fixtures/automation/harness.ts'
import { startDatabase, type TestServer } from '../fixtures/database.ts'

const [east, west] = ['nautilus-primary-us-east', 'nautilus-hub-us-west'] as const
const phases = { from: 1, to: 2 }
/** Federations that a caller may see, by what they send. */
const callers: Record<string, string[]> = { all: ['*'], own: ['naut*'], other: ['other'] }

suite('a federation whose units are deployed and not in its file', () => {
  let server: TestServer
  let edited: Edited
  let app: FastifyInstance
  before(async () => {
    server = await startDatabase()
    edited = await Edited.open((await server.database()).url)
    app = await buildApp({
      logger: pino({ level: 'silent' }),
      version: '0.0.0',
      automation: edited.automation,
      access: {
        kind: 'authenticated',
        identify: async ({ headers: { authorization: name = '' } }) => ({
          actor: { subject: `corp:${name}`, name, kind: 'person' },
          groups: [],
          grants: [{ ...everywhere('admin'), federations: callers[name] ?? [] }]
        })
      }
    })
    await edited.write([east, west])
    for (const world of ['a', 'b']) await edited.launch('up', world, { phases })
  })
  after(async () => {
    await app.close()
    await edited.close()
    await server.close()
  })

  async function call<T> (method: 'GET' | 'POST', url: string, body?: object, caller = 'all'): Promise<T> {
    const answer = await app.inject({
      method,
      url,
      headers: { authorization: caller },
      ...(body && { payload: body })
    })
    assert.ok(answer.statusCode < 300, `${url}: ${answer.body}`)
    return (answer.headers['content-type']?.includes('json') ? answer.json() : answer.body) as T
  }
  /** The lines of the metrics of orphans, in their order, without what they have in common. */
  const orphans = async (caller?: string) =>
    (await call<string>('GET', '/metrics', undefined, caller)).split('\n').filter((line) =>
      line.startsWith('windlass_orphaned_units')
    ).map((line) => line.replace('windlass_orphaned_units', '').replace('federation="nautilus",', '')).sort()
  const none = ['_unknown{reason="file-invalid"} 0', '_unknown{reason="too-many"} 0']

  test('has them counted by place, for those who may see it, and not while nobody can say', async () => {
    assert.deepEqual(await orphans(), none)
    await edited.write([east])
    const counted = ['a', 'b'].map((world) => `{mode="rehearsal",world="${world}"} 2`)
    assert.deepEqual(await orphans(), [...none, ...counted])
    assert.deepEqual(await orphans('own'), [...none, ...counted])
    assert.deepEqual(await orphans('other'), none)
    await edited.write((text) => text.replace('name: nautilus\n', 'name: nautilus\nnonsense: 1\n'))
    const unknown = ['_unknown{reason="file-invalid"} 2', '_unknown{reason="too-many"} 0']
    assert.deepEqual(await orphans(), unknown)
    assert.deepEqual(await orphans('own'), unknown)
    assert.deepEqual(await orphans('other'), none)
  })

  test('has their events say so, where they start and where they do not', async () => {
    await edited.write([east])
    const { automation } = edited
    const { deployment } = await edited.launch('drift-check', 'a', { phases })
    const { events } = await ended(automation, deployment.id)
    const started = ofType(events, 'unit.started')
    assert.deepEqual(started.filter(({ orphaned }) => orphaned).map(({ unit }) => unit).sort(), [
      `infrastructure.${west}`,
      `prerequisites.${west}`
    ])
    assert.ok(started.length > 2)
  })

  test('is listed when it has no file, planned and destroyed', async () => {
    await edited.write([east])
    await edited.remove()
    const list = async (caller?: string) =>
      (await call<{ items: FederationSummary[] }>('GET', '/v1/federations', undefined, caller)).items
    const deployed = ['a', 'b'].map((world) => ({ mode: 'rehearsal', world, units: 6 }))
    const absent = { name: 'nautilus', file: 'absent', valid: false, deployed }
    assert.deepEqual(await list(), [absent])
    assert.deepEqual(await list('own'), [absent])
    assert.deepEqual(await list('other'), [])
    assert.equal((await orphans()).length, 4)

    for (const world of ['a', 'b']) {
      const plan = await call<Plan>('GET', `/v1/federations/nautilus/plan?operation=destroy&world=${world}`)
      assert.equal(plan.units.length, 6)
      const { id } = await call<Deployment>('POST', '/v1/deployments', {
        federation: 'nautilus',
        operation: 'destroy',
        rehearsal: { world }
      }, 'own')
      assert.equal((await ended(edited.automation, id)).deployment.status, 'succeeded')
    }
    assert.deepEqual(await list(), [])
    assert.deepEqual(await orphans(), none)
  })
})
