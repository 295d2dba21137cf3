/**
 * A store that is read-only, refuses or cuts connections, under the deployment service with
 * scripted units: what the process does then, and that nobody is needed. Each test has a database
 * of its own; the server is everybody's.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type Automation } from '../../../automation/ports.ts'
import { storeAway } from '../../../automation/store/postgres/away.ts'
import { type Event } from '../../../contract/event.ts'
import { ended, gapless, request, start, unitsOf, until } from '../../fixtures/automation/harness.ts'
import {
  created,
  ScriptedRunner,
  succeeded,
  untilAborted
} from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { operation } from '../../fixtures/events.ts'

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined
}

/** One cluster, one phase: three units. */
const small = request({ phases: { from: 1, to: 1 }, clusters: ['nautilus-hub-us-west'] })

const typesOf = (events: readonly Event[], type: Event['type']): number =>
  events.filter((event) => event.type === type).length

suite('outages of the store', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  /** Runs `work` with a service, and somebody who does things to its database. */
  async function withService (
    runner: ScriptedRunner,
    work: (automation: Automation, admin: pg.Client, url: string) => Promise<void>
  ): Promise<void> {
    const { url } = await server.database()
    const admin = new pg.Client({ connectionString: url, application_name: 'admin' })
    await admin.connect()
    const automation = await start(url, runner, {
      logger: silent
    })
    try {
      await work(automation, admin, url)
    } finally {
      await automation.close()
      await admin.end()
    }
  }

  /** Cuts connections of the service by the name they give. */
  async function cut (admin: pg.Client, name: string): Promise<number> {
    const { rows } = await admin.query<{ n: number }>(
      `SELECT count(pg_terminate_backend(pid))::int AS n
       FROM pg_stat_activity
       WHERE application_name LIKE $1
         AND datname = current_database()
         AND pid <> pg_backend_pid()`,
      [name]
    )
    return rows[0]?.n ?? 0
  }

  test('a process whose lock connection is cut enters again by another id and goes on', async () => {
    const runner: ScriptedRunner = new ScriptedRunner(
      2,
      (unit, { signal }) => runner.cut.length === 0 ? untilAborted(signal) : succeeded(unit)
    )
    await withService(runner, async (automation, admin) => {
      const before = await executors(admin)
      const { deployment: { id } } = await automation.launch(small)
      await until(automation, id, 'unit.started')
      assert.equal(await cut(admin, 'windlass-lock'), 1)
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      assert.ok(gapless(events))
      assert.ok(typesOf(events, 'unit.interrupted') > 0)
      assert.deepEqual(runner.doubled, [])
      assert.equal(runner.cut.length, 1)
      for (const { unit: { unit, settle, attempt } } of runner.runs) {
        assert.equal(settle, attempt > 1, `attempt ${attempt} of ${unit}`)
      }
      const now = await executors(admin)
      assert.equal(now.length, 1)
      assert.notDeepEqual(now, before)
      assert.equal((await automation.readiness()).ready, true)
    })
  })

  test('connections cut again and again cost no deployment, event or process', async () => {
    const runner = new ScriptedRunner(2, async (unit, { onEvents }) => {
      for (let count = 0; count < 5; count++) {
        onEvents([{ type: 'resource.started', ...operation({ phase: unit.phaseNumber, unit: unit.unit }) }])
        await delay(10)
      }
      return succeeded(unit)
    })
    await withService(runner, async (automation, admin) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 2 } }))
      const following = ended(automation, id).catch(() => undefined)
      for (const name of ['windlass', 'windlass-workflows', 'windlass-listen', 'windlass', 'windlass%']) {
        await delay(60)
        await cut(admin, name)
      }
      await following
      const { deployment, events } = await finished(automation, id)
      assert.equal(deployment.status, 'succeeded')
      assert.ok(gapless(events))
      assert.deepEqual(runner.doubled, [])
      assert.equal(typesOf(events, 'deployment.succeeded'), 1)
    })
  })

  test('a database that is read-only for a while is waited for, and readiness says so', async () => {
    const wait = Promise.withResolvers<void>()
    const runner = new ScriptedRunner(2, async (unit) => {
      await wait.promise
      return succeeded(unit)
    })
    await withService(runner, async (automation, admin) => {
      const { deployment: { id } } = await automation.launch(small)
      await until(automation, id, 'unit.started')
      await readOnly(admin, true)
      await cut(admin, 'windlass')
      await cut(admin, 'windlass-workflows')
      wait.resolve()
      await assert.rejects(
        automation.launch(small),
        (error) => storeAway(error)?.code === 'store-unavailable'
      )
      // The first looks may still meet connections that were cut.
      for (;;) {
        const { ready, parts } = await automation.readiness()
        assert.equal(ready, false)
        if (/read-only/.test(parts['store']?.detail ?? '')) break
      }
      // Longer than the first tries take.
      await delay(1_000)
      await readOnly(admin, false)
      await cut(admin, 'windlass')
      await cut(admin, 'windlass-workflows')
      const { deployment, events } = await finished(automation, id)
      assert.equal(deployment.status, 'succeeded')
      // What ran went on: its writes waited.
      assert.equal(typesOf(events, 'unit.interrupted'), 0)
      assert.equal(typesOf(events, 'unit.started'), runner.runs.length)
      while (!(await automation.readiness()).ready) await delay(50)
    })
  })

  test('a write that is refused for good fails its unit once, with the reason', async () => {
    /** What the database refuses, and which units fail for it; none: the deployment itself does. */
    const refusals: [name: string, table: string, when: string][] = [
      ['a result', 'units', "NEW.status = 'succeeded'"],
      ['an event of a resource', 'events', "NEW.type = 'resource.started'"],
      ['outputs', 'unit_outputs', 'true'],
      ['a claim', 'events', "NEW.type = 'unit.started'"]
    ]
    for (const [name, table, when] of refusals) {
      const runner = new ScriptedRunner(2, (unit, { onEvents }) => {
        onEvents([{ type: 'resource.started', ...operation({ phase: unit.phaseNumber, unit: unit.unit }) }])
        return { ...succeeded(unit), resourceChanges: created(1) }
      })
      await withService(runner, async (automation, admin) => {
        await refuse(admin, table, when)
        const { deployment: { id } } = await automation.launch(small)
        const { deployment, events } = await ended(automation, id)
        assert.equal(deployment.status, 'failed', name)
        assert.equal(deployment.error?.code, 'store-refused', name)
        assert.match(deployment.error?.message ?? '', /not in this house \(PostgreSQL 23514\)/, name)
        assert.equal(deployment.error?.retryable, false, name)
        const units = [...(await unitsOf(automation, id)).values()]
        assert.ok(units.every(({ attempt }) => attempt <= 1), name)
        assert.equal(typesOf(events, 'unit.interrupted'), 0, name)
        assert.deepEqual(
          units.filter(({ status }) => status === 'running' || status === 'waiting'),
          [],
          name
        )
        assert.equal((await automation.readiness()).ready, true, name)
      })
    }
  })

  /**
   * The deployment and its events once it ended, read page by page: streams end with connections.
   */
  async function finished (automation: Automation, id: string) {
    for (;;) {
      try {
        return await ended(automation, id)
      } catch (error) {
        if (!(error instanceof Error) || /did not end/.test(error.message)) throw error
      }
    }
  }
})

async function executors (admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ id: string }>('SELECT id FROM windlass.executors ORDER BY id')
  return rows.map(({ id }) => id)
}

/** Lets sessions of this database that begin from now on read only, or write again. */
async function readOnly (admin: pg.Client, on: boolean): Promise<void> {
  await admin.query('SET default_transaction_read_only = off')
  const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name')
  await admin.query(
    `ALTER DATABASE ${rows[0]?.name ?? ''} SET default_transaction_read_only = ${on ? 'on' : 'off'}`
  )
}

/** Has the database refuse rows as a check would. */
async function refuse (admin: pg.Client, table: string, when: string): Promise<void> {
  await admin.query(
    `CREATE FUNCTION windlass.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       RAISE EXCEPTION 'not in this house' USING ERRCODE = 'check_violation';
     END $$`
  )
  await admin.query(
    `CREATE TRIGGER refused BEFORE INSERT OR UPDATE ON windlass.${table}
     FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION windlass.refuse()`
  )
}
