/**
 * Each part of a service that is not well, and what is said of it. The database is real where it
 * matters.
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import pg from 'pg'
import { SemVer } from 'semver'
import { enterExecutor } from '../../../automation/service/executor.ts'
import { readinessOf, type ReadinessParts } from '../../../automation/service/readiness.ts'
import { createPool } from '../../../automation/store/postgres/database.ts'
import { migrate } from '../../../automation/store/postgres/migrate.ts'
import { federations } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined
}

suite('readiness', () => {
  let server: TestServer
  let url: string
  before(async () => {
    server = await startDatabase()
    url = (await server.database()).url
  })
  after(async () => {
    await server.close()
  })

  /** Reads what is said when only these parts are not as they should be. */
  async function told (
    change: Partial<ReadinessParts> = {},
    service: Partial<ReadinessParts['service']> = {}
  ) {
    const pool = createPool(url, { max: 1, name: 'readiness' })
    try {
      return await readinessOf({
        service: { pool, runner: new ScriptedRunner(2), stopping: new AbortController().signal, ...service },
        executor: { problem: () => undefined },
        federations,
        listening: () => true,
        ...change
      })()
    } finally {
      await pool.end()
    }
  }
  /** Only this part is not ready. */
  function onlyPart ({ ready, parts }: Awaited<ReturnType<typeof told>>, name: string, detail: RegExp): void {
    assert.equal(ready, name === 'pulumi')
    assert.deepEqual(Object.entries(parts).filter(([, part]) => !part.ready).map(([part]) => part), [name])
    assert.match(parts[name]?.detail ?? '', detail)
  }

  test('a service that is well is ready, with every part named', async () => {
    const { ready, parts } = await told()
    assert.equal(ready, true)
    assert.deepEqual(Object.keys(parts).sort(), [
      'events',
      'federations',
      'hosts',
      'service',
      'store',
      'workflow'
    ])
  })

  test('a database that refuses, and one that does not answer in time', async () => {
    const gone = createPool(url.replace(/\/[^/]*$/, '/nowhere'), { max: 1, name: 'readiness' })
    onlyPart(await told({}, { pool: gone }), 'store', /nowhere/)
    await gone.end()
    const busy = createPool(url, { max: 1, name: 'readiness' })
    const held = await busy.connect()
    onlyPart(await told({}, { pool: busy }), 'store', /no answer within 2 s/)
    held.release()
    await busy.end()
  })

  test('hosts that are not there, and hosts that cannot be started', async () => {
    onlyPart(await told({}, { runner: new ScriptedRunner(0) }), 'hosts', /no unit host is up/)
    const runner = new ScriptedRunner(2)
    runner.failing = 'exit code 1'
    onlyPart(await told({}, { runner }), 'hosts', /end before they are ready: exit code 1/)
  })

  test('a folder of federations that is gone', async () => {
    onlyPart(await told({ federations: '/nowhere' }), 'federations', /WINDLASS_FEDERATIONS.*nowhere/)
  })

  test('a process that is closing, and one that hears no events', async () => {
    onlyPart(await told({}, { stopping: AbortSignal.abort() }), 'service', /shutting down/)
    onlyPart(await told({ listening: () => false }), 'events', /made again/)
  })

  test('without a CLI, live deployments are refused and rehearsals go on', async (context) => {
    onlyPart(
      await told({ pulumi: { problem: 'there is no Pulumi CLI on the PATH' } }),
      'pulumi',
      /live deployments are refused: there is no Pulumi CLI/
    )
    const folder = await mkdtemp(join(tmpdir(), 'windlass-cli-'))
    context.after(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'pulumi')
    const pulumi = { cli: { file, version: new SemVer('3.260.0').version } }
    onlyPart(await told({ pulumi }), 'pulumi', /cannot be run any more/)
    await writeFile(file, '', { mode: 0o755 })
    assert.match((await told({ pulumi })).parts['pulumi']?.detail ?? '', /^version 3\.260\.0 at/)
  })

  test('a process that lost its proof of life takes no work', async () => {
    const pool = createPool(url, { max: 1, name: 'readiness' })
    await migrate(pool)
    const lost = Promise.withResolvers<Error>()
    const executor = await enterExecutor(url, { logger: silent, onLost: lost.resolve })
    await executor.watch({ takeOver: () => Promise.resolve(), always: () => Promise.resolve() })
    assert.equal(executor.problem(), undefined)
    const admin = new pg.Client({ connectionString: url })
    await admin.connect()
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'windlass-lock' " +
        'AND datname = current_database()'
    )
    await admin.end()
    await lost.promise
    onlyPart(await told({ executor }), 'workflow', /lost its proof of life/)
    await executor.close()
    await pool.end()
  })

  test('a process whose looks for work fail says so once that has lasted, and recovers', async (context) => {
    context.mock.timers.enable({ apis: ['Date'] })
    const executor = await enterExecutor(url, { logger: silent, onLost: () => undefined })
    let broken = true
    const mended = Promise.withResolvers<void>()
    await executor.watch({
      takeOver: () => Promise.resolve(),
      always: async () => {
        if (broken) throw new Error('deadlock')
        mended.resolve()
      }
    })
    assert.equal(executor.problem(), undefined)
    context.mock.timers.tick(60_000)
    assert.match(executor.problem() ?? '', /last looked for 60 s ago: deadlock/)
    broken = false
    await mended.promise
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
    assert.equal(executor.problem(), undefined)
    await executor.close()
  })
})
