import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { pino } from 'pino'
import { type Observation } from '../../../automation/observations.ts'
import { type Automation } from '../../../automation/ports.ts'
import { usualPeriods } from '../../../automation/retention/periods.ts'
import { Retention, wouldRemove } from '../../../automation/retention/retention.ts'
import { removeWorkflows } from '../../../automation/service/dbos.ts'
import { lockLane } from '../../../automation/store/deployments/lane-lock.ts'
import { createPool, transaction, type Pool } from '../../../automation/store/postgres/database.ts'
import { lockRetention } from '../../../automation/store/retention/retention-lock.ts'
import { buildApp } from '../../../server/app.ts'
import { ageAudit } from '../../fixtures/aged-audit.ts'
import { ended, logger, request, start, until } from '../../fixtures/automation/harness.ts'
import { keepOldThings } from '../../fixtures/automation/old-things.ts'
import { failed, ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const signal = new AbortController().signal
const onePhase = { phases: { from: 1, to: 1 } }

suite('retention', () => {
  let server: TestServer
  let pool: Pool
  let automation: Automation
  const runner = new ScriptedRunner(4)
  const seen: Observation[] = []
  before(async () => {
    server = await startDatabase()
    const { url } = await server.database()
    pool = createPool(url, { max: 4, name: 'test' })
    automation = await start(url, runner)
  })
  after(async () => {
    await automation.close()
    await pool.end()
    await server.close()
  })

  const removedFiles: string[] = []
  const retention = (periods = {}) =>
    new Retention({
      pool,
      logger,
      observe: (one) => {
        seen.push(one)
      },
      periods: { ...usualPeriods, ...periods },
      removeWorkflows,
      removeWorldFiles: async (world) => {
        removedFiles.push(world)
      }
    })
  /** Launches and returns the id at the end. */
  async function finished (change: Parameters<typeof request>[0] = {}): Promise<string> {
    const { deployment: { id } } = await automation.launch(request({ ...onePhase, ...change }))
    await ended(automation, id)
    // Nothing waits to be told of them: the notifier's look comes once a second.
    await pool.query('DELETE FROM windlass.notices')
    return id
  }
  const age = async (id: string, days: number) => {
    await pool.query(
      "UPDATE windlass.deployments SET finished_at = finished_at - $2 * interval '1 day' WHERE id = $1",
      [id, days]
    )
  }
  const eventCount = async (id: string) =>
    (await pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM windlass.events WHERE deployment = $1',
      [id]
    )).rows[0]?.count

  test('old events are removed, readers are told, and the rest of the deployment stays', async () => {
    const old = await finished()
    const young = await finished()
    const { lastEvent } = await automation.deployment(old)
    const units = await automation.units(old, { limit: 100 })
    await age(old, 91)
    assert.ok(
      (await wouldRemove(pool, usualPeriods)).some(({ what, count }) =>
        what === 'events' && count === lastEvent
      )
    )
    await retention({ events: 0 }).look()
    assert.equal(await eventCount(old), lastEvent)
    await retention().look()
    assert.equal(await eventCount(old), 0)
    assert.equal(await eventCount(young), (await automation.deployment(young)).lastEvent)
    assert.deepEqual(await automation.units(old, { limit: 100 }), units)

    const app = await buildApp({
      automation,
      logger: pino({ level: 'silent' }),
      version: '0',
      access: { kind: 'local', hosts: [] }
    })
    try {
      const read = async (path: string, accept: string, headers = {}) =>
        await app.inject({
          method: 'GET',
          url: `/v1/deployments/${old}${path}`,
          headers: { host: 'localhost', accept, ...headers }
        })
      assert.equal(
        (await read('', 'application/json')).json<{ eventsFrom: number }>().eventsFrom,
        lastEvent + 1
      )
      for (
        const [path, accept, headers] of [
          ['/events', 'application/json', {}],
          ['/events?after=3', 'application/json', {}],
          ['/events', 'text/event-stream', { 'last-event-id': '2' }],
          ['/events', 'application/x-ndjson', {}],
          ['/policy-findings', 'application/json', {}]
        ] as const
      ) {
        const answer = await read(path, accept, headers)
        const { code, details, detail } = answer.json<
          { code: string, details: { eventsFrom: number }, detail: string }
        >()
        assert.deepEqual([answer.statusCode, code, details.eventsFrom], [
          410,
          'events-removed',
          lastEvent + 1
        ], path)
        assert.match(detail, new RegExp(`all ${lastEvent} were; read on after ${lastEvent}`))
      }
      assert.deepEqual((await read(`/events?after=${lastEvent}`, 'application/json')).json(), { items: [] })
      assert.equal(
        (await read('/events', 'text/event-stream', { 'last-event-id': String(lastEvent) })).statusCode,
        204
      )
    } finally {
      await app.close()
    }
    await assert.rejects(automation.follow(old, { after: 0, signal })[Symbol.asyncIterator]().next(), {
      code: 'events-removed'
    })
    assert.ok(seen.some((one) => one.kind === 'removed' && one.what === 'events' && one.count === lastEvent))
  })

  test('unended deployments are not touched, and a resume numbers on after removed events', async () => {
    runner.script = (unit) => unit.phaseNumber === 1 ? failed(false) : succeeded(unit)
    const id = await finished()
    const { lastEvent } = await automation.deployment(id)
    await age(id, 400)
    await retention().look()
    assert.equal(await eventCount(id), 0)
    const held = Promise.withResolvers<void>()
    runner.script = async (unit) => {
      await held.promise
      return succeeded(unit)
    }
    await automation.resume(id)
    await until(automation, id, 'unit.started', { after: lastEvent })
    // As if it had run for years: what is under way has no end to be too old.
    await pool.query("UPDATE windlass.events SET time = time - interval '9 years' WHERE deployment = $1", [
      id
    ])
    await retention({ events: 1, previews: 1, worlds: 1 }).look()
    assert.ok((await eventCount(id) ?? 0) >= 2)
    held.resolve()
    const { events, deployment } = await ended(automation, id, lastEvent)
    runner.script = succeeded
    assert.equal(deployment.status, 'succeeded')
    assert.equal(deployment.eventsFrom, lastEvent + 1)
    assert.deepEqual(events[0]?.type, 'deployment.resumed')
    assert.deepEqual(
      (await automation.events(id, { after: lastEvent, limit: 1 })).items[0]?.seq,
      lastEvent + 1
    )
  })

  test('drift findings are removed with their events; their counts stay', async () => {
    const id = await finished({ operation: 'drift-check' })
    const unit = (await automation.units(id, { limit: 1 })).items[0]?.id
    const counts = {
      resources: 5,
      changed: 1,
      output: 0,
      missing: 0,
      ignored: { changed: 0, output: 0, missing: 0 }
    }
    await pool.query('UPDATE windlass.units SET drift = $3 WHERE deployment = $1 AND id = $2', [
      id,
      unit,
      JSON.stringify(counts)
    ])
    await pool.query(
      'INSERT INTO windlass.drift_findings (deployment, unit, kind, ignored, body) VALUES ($1, $2, ' +
        "'changed', false, '{}')",
      [id, unit]
    )
    assert.equal((await automation.drift(id, { after: 0, limit: 10 })).items.length, 1)
    await age(id, 91)
    await retention().look()
    assert.deepEqual((await automation.deployment(id)).drift, counts)
    await assert.rejects(automation.drift(id, { after: 0, limit: 10 }), {
      code: 'events-removed',
      kind: 'gone'
    })
  })

  test('a deployment that somebody holds at that moment keeps its events until the next round', async () => {
    const id = await finished()
    await age(id, 91)
    const { lastEvent } = await automation.deployment(id)
    await transaction(pool, async (client) => {
      await client.query('SELECT 1 FROM windlass.deployments WHERE id = $1 FOR UPDATE', [id])
      await retention().look()
      assert.equal(await eventCount(id), lastEvent)
    })
    await retention().look()
    assert.equal(await eventCount(id), 0)
  })

  test('previews lose what their units would put out, say so, and are not resumed without it', async () => {
    runner.script = (unit) => unit.scope.cloud === 'gcp' ? failed(false) : succeeded(unit)
    const id = await finished({ operation: 'preview' })
    const up = await finished()
    runner.script = succeeded
    const putOut = async (deployment: string): Promise<boolean> =>
      (await automation.units(deployment, { limit: 100 })).items.some(({ outputs }) =>
        Object.keys(outputs).length > 0
      )
    assert.ok(await putOut(id))
    await age(id, 31)
    await age(up, 31)
    await retention().look()
    const { items } = await automation.units(id, { limit: 100 })
    assert.ok(
      items.every(({ outputs, outputsRemoved, status }) =>
        Object.keys(outputs).length === 0 && (outputsRemoved === true) === (status === 'succeeded')
      )
    )
    assert.equal((await automation.deployment(id)).outputsRemoved, true)
    await assert.rejects(automation.resume(id), /removed with their age: launch it again/)
    assert.ok(await putOut(up))
  })

  test('an unused world is dropped, but not while something is launched in it', async () => {
    runner.script = (unit) => unit.scope.cloud === 'gcp' ? failed(false) : succeeded(unit)
    const place = { mode: 'rehearsal' as const, world: 'attic' }
    const id = await finished({ rehearsal: { world: 'attic', timeScale: 0, seed: 1, faults: [] } })
    runner.script = succeeded
    await pool.query(
      "INSERT INTO windlass.stacks (place, project, stack) VALUES ('rehearsal:attic', 'windlass', " +
        "'nautilus.a'), ('live', 'windlass', 'nautilus.a')"
    )
    await age(id, 91)
    await transaction(pool, async (client) => {
      await lockLane(client, { federation: 'orion', place: 'rehearsal:attic' })
      await retention().look()
    })
    assert.notDeepEqual(await automation.outputs('nautilus', place), {})
    await retention().look()
    assert.deepEqual(await automation.outputs('nautilus', place), {})
    assert.deepEqual(removedFiles, ['attic'])
    assert.deepEqual(
      (await pool.query("SELECT place FROM windlass.stacks WHERE stack = 'nautilus.a'")).rows,
      [{ place: 'live' }]
    )
    await assert.rejects(automation.resume(id), /its world, attic, was dropped, or went since nobody used it/)
    // Once: there is nothing more to drop.
    await retention().look()
    assert.deepEqual(removedFiles, ['attic'])
    assert.notDeepEqual(await automation.outputs('nautilus', { mode: 'rehearsal' }), {})
  })

  test('the audit log is shortened once a day, notes it and stays whole', async () => {
    const { head } = await automation.audit.verify({ signal })
    await ageAudit(pool, { 1: 730.5, 2: 730.5 })
    await retention().look()
    assert.equal((await automation.audit.verify({ signal })).first.seq, 0)
    await ageAudit(pool, { 1: 732, 2: 732, 3: 732 })
    await retention().look()
    const { valid, first } = await automation.audit.verify({ signal })
    assert.deepEqual([valid, first.seq], [true, 3])
    const { items: [latest] } = await automation.audit.page({ limit: 1 })
    assert.deepEqual([latest?.seq, latest?.action, latest?.after], [head.seq + 1, 'audit.removed', {
      through: first,
      entries: 3,
      days: 730
    }])
  })

  test('things of every other kind go after their time, and the rest stays', async () => {
    await keepOldThings(pool, automation)
    const told = new Map((await wouldRemove(pool, usualPeriods)).map(({ what, count }) => [what, count]))
    assert.deepEqual(
      ['notifications', 'hook-deliveries', 'tokens', 'sessions', 'histories'].map((what) =>
        told.get(what as 'tokens')
      ),
      [1, 1, 1, 2, 2]
    )
    assert.ok((told.get('workflows') ?? 0) > 3)
    await retention().look()
    const left = async (text: string) => (await pool.query<{ it: unknown }>(text)).rows.map(({ it }) => it)
    assert.deepEqual(await left('SELECT id AS it FROM windlass.notifications ORDER BY id'), ['n2', 'n3'])
    assert.deepEqual(await left('SELECT delivery AS it FROM windlass.hook_deliveries'), ['b'])
    assert.deepEqual(await left('SELECT name AS it FROM windlass.tokens'), ['good'])
    assert.deepEqual(await left('SELECT count(*)::int AS it FROM windlass.sessions'), [1])
    assert.deepEqual(
      await left(
        'SELECT round(extract(epoch FROM now() - recorded_at) / 86400)::int AS it FROM ' +
          'windlass.stack_history'
      ),
      [95]
    )
    assert.deepEqual(
      await left("SELECT count(*)::int AS it FROM dbos.workflow_status WHERE status = 'SUCCESS'"),
      [0]
    )
    assert.deepEqual(await left('SELECT count(*)::int AS it FROM dbos.operation_outputs'), [0])
    assert.ok((await wouldRemove(pool, usualPeriods)).every(({ count }) => count === 0))
  })

  test('one process at a time removes; a failing rule is counted and stops no other', async () => {
    const id = await finished()
    await age(id, 91)
    await transaction(pool, async (client) => {
      assert.equal(await lockRetention(client), true)
      await retention().look()
    })
    assert.notEqual(await eventCount(id), 0)
    await pool.query('ALTER TABLE windlass.stack_history RENAME TO elsewhere')
    const quiet = { ...logger, warn: () => undefined }
    seen.length = 0
    try {
      await new Retention({
        pool,
        logger: quiet,
        observe: (one) => {
          seen.push(one)
        },
        periods: usualPeriods,
        removeWorkflows: async () => undefined,
        removeWorldFiles: async () => undefined
      }).look()
    } finally {
      await pool.query('ALTER TABLE windlass.elsewhere RENAME TO stack_history')
    }
    assert.deepEqual(seen.map((one) => [one.kind, 'what' in one ? one.what : '']), [['removed', 'events'], [
      'removal-failed',
      'histories'
    ]])
  })
})
