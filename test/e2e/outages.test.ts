/**
 * The real service, its unit hosts and its own PostgreSQL, which is killed or takes nothing for a
 * while: nobody starts anything again but the service, and its process stays the same.
 */
import assert from 'node:assert/strict'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { serviceRole } from '../../automation/store/postgres/embedded-roles.ts'
import { type Deployment } from '../../contract/deployment.ts'
import { type Readiness } from '../../contract/health.ts'
import { type Problem } from '../../contract/problem.ts'
import { assertNeverTwice } from '../durability/never-twice.ts'
import { call, ended, eventsOf, launch, unitsOf } from '../fixtures/client.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { onePair, partOfNautilus } from '../fixtures/part-of-nautilus.ts'
import { superuserUrl } from '../fixtures/postgres.ts'
import type { Service } from '../fixtures/service.ts'
import { assertStatesMatchClouds } from '../fixtures/stored-world.ts'

suite('outages of the database', { timeout: 240_000 }, () => {
  let installation: Installation
  let service: Service
  let cluster = ''
  before(async () => {
    installation = await makeInstallation({
      database: 'embedded',
      environment: async (folder) => ({ WINDLASS_FEDERATIONS: await partOfNautilus(folder, onePair) })
    })
    service = await installation.start()
    const note = await readFile(join(installation.folder, 'postgres.json'), 'utf8')
    cluster = (JSON.parse(note) as { folder: string }).folder
  })
  after(async () => {
    await installation?.close()
  })

  const postmaster = async (): Promise<number> =>
    Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n', 1)[0])

  /** Reads until `done`, and holds every answer to what is promised of an outage. */
  async function watched (id: string, done: (deployment: Deployment) => boolean) {
    const reasons = new Set<string>()
    for (;;) {
      assert.equal((await call(service.url, 'GET', '/healthz')).status, 200)
      const ready = await call<Readiness>(service.url, 'GET', '/readyz')
      if (!ready.body.ready) {
        assert.equal(ready.status, 503)
        for (const { detail } of Object.values(ready.body.parts)) if (detail) reasons.add(detail)
      }
      const { status, headers, body } = await call<Deployment | Problem>(
        service.url,
        'GET',
        `/v1/deployments/${id}`
      )
      if (status !== 200) {
        assert.deepEqual([status, 'code' in body && body.code], [503, 'store-unavailable'])
        assert.ok(Number(headers.get('retry-after')) > 0)
      } else if (done(body as Deployment)) return { deployment: body as Deployment, reasons: [...reasons] }
      await delay(20)
    }
  }

  async function wellEnded (id: string): Promise<void> {
    const events = await eventsOf(service.url, id)
    assert.deepEqual(events.map((event) => event.seq), events.map((_, index) => index + 1))
    assertNeverTwice(events)
    await assertStatesMatchClouds(await installation.databaseUrl())
  }

  const running = ({ phases }: Deployment): boolean => phases.some(({ units }) => units.running > 0)

  test('a PostgreSQL that is killed under way is started again, and the deployment goes on', async () => {
    const { id } = await launch(service.url, { federation: 'nautilus', operation: 'up', phases: { to: 2 } })
    await watched(id, running)
    const first = await postmaster()
    process.kill(first, 'SIGKILL')
    const { deployment, reasons } = await watched(id, ended)
    assert.equal(deployment.status, 'succeeded', JSON.stringify(deployment.error))
    assert.notEqual(await postmaster(), first)
    assert.ok(
      reasons.some((reason) => /proof of life|ECONNREFUSED|terminated/.test(reason)),
      reasons.join('\n')
    )
    await wellEnded(id)
  })

  test('one that is read-only for a while is waited for, and takes no launch meanwhile', async () => {
    const body = { federation: 'nautilus', operation: 'destroy', phases: { to: 2 } }
    const { id } = await launch(service.url, body)
    await watched(id, running)
    const settings = join(cluster, 'postgresql.auto.conf')
    const normal = await readFile(settings, 'utf8')
    await appendFile(settings, 'default_transaction_read_only = on\n')
    process.kill(await postmaster(), 'SIGHUP')
    await untilReady(false, /read-only/)
    const refused = await call<Problem>(service.url, 'POST', '/v1/deployments', body)
    assert.deepEqual([refused.status, refused.body.code], [503, 'store-unavailable'])
    await delay(1_000)
    await writeFile(settings, normal)
    process.kill(await postmaster(), 'SIGHUP')
    const { deployment } = await watched(id, ended)
    assert.equal(deployment.status, 'succeeded', JSON.stringify(deployment.error))
    await untilReady(true)
    await wellEnded(id)
  })

  test('one without a free connection is waited for, by unit hosts too', async () => {
    const { id } = await launch(service.url, { federation: 'nautilus', operation: 'up', phases: { to: 2 } })
    await watched(id, running)
    const admin = new pg.Client({ connectionString: await superuserUrl(installation.folder) })
    await admin.connect()
    await admin.query(`ALTER ROLE ${serviceRole} CONNECTION LIMIT 1`)
    await admin.query(
      `SELECT pg_terminate_backend(pid)
       FROM pg_stat_activity
       WHERE usename = $1
         AND application_name <> 'windlass-lock'`,
      [serviceRole]
    )
    await untilReady(false, /too many connections for role/)
    const { status, body } = await call<Problem>(service.url, 'GET', `/v1/deployments/${id}`)
    assert.deepEqual([status, body.code], [503, 'store-unavailable'])
    await delay(1_000)
    await admin.query(`ALTER ROLE ${serviceRole} CONNECTION LIMIT -1`)
    await admin.end()
    const { deployment } = await watched(id, ended)
    assert.equal(deployment.status, 'succeeded', JSON.stringify(deployment.error))
    await untilReady(true)
    await wellEnded(id)
  })

  test('a state that the database refuses for good fails its unit once, with the reason', async () => {
    const client = new pg.Client({ connectionString: await installation.databaseUrl() })
    await client.connect()
    await client.query(
      "ALTER TABLE windlass.stack_journal ADD CONSTRAINT narrow CHECK (entry NOT LIKE '%:Vpc%') NOT VALID"
    )
    // A world in which nothing is deployed: what stays as it is is not written.
    const { id } = await launch(service.url, {
      federation: 'nautilus',
      operation: 'up',
      phases: { to: 3 },
      rehearsal: { world: 'refused' }
    })
    const { deployment } = await watched(id, ended)
    await client.query('ALTER TABLE windlass.stack_journal DROP CONSTRAINT narrow')
    await client.end()
    assert.equal(deployment.status, 'failed')
    assert.equal(deployment.error?.code, 'store-refused')
    assert.match(deployment.error?.message ?? '', /"narrow" \(PostgreSQL 23514\)/)
    const failed = (await unitsOf(service.url, id)).filter(({ status }) => status === 'failed')
    assert.ok(failed.length > 0)
    assert.ok(failed.every(({ attempt, error }) => attempt === 1 && error?.code === 'store-refused'))
  })

  /** Waits until the service says that it is ready, or not for this reason. */
  async function untilReady (ready: boolean, reason = /^/): Promise<void> {
    for (;;) {
      const { body } = await call<Readiness>(service.url, 'GET', '/readyz')
      if (body.ready === ready && reason.test(body.parts['store']?.detail ?? '')) return
      await delay(20)
    }
  }
})
