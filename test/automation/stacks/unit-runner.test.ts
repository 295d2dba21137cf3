/** Unit hosts for real: child processes, the rehearsal engine, simulated clouds, PostgreSQL. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { loadPrices } from '../../../automation/cost/prices.ts'
import { type EventDraft } from '../../../automation/event-draft.ts'
import { loadFederation } from '../../../automation/federation/load.ts'
import { loadDurations } from '../../../automation/plan/durations.ts'
import { HostLostError, type UnitRun, type UnitRunner } from '../../../automation/stacks/types.ts'
import { openUnitRunner, type UnitRunnerOptions } from '../../../automation/stacks/unit-runner.ts'
import { type Pool } from '../../../automation/store/postgres/database.ts'
import { ofType } from '../../../contract/event.ts'
import { type PhaseName } from '../../../contract/words.ts'
import { type Federation } from '../../../programs/types.ts'
import { type TestServer, startDatabase } from '../../fixtures/database.ts'
import { repository } from '../../fixtures/service.ts'

const cluster = 'nautilus-primary-us-east'
const stack = `nautilus.prerequisites.${cluster}`

suite('unit hosts', { timeout: 240_000 }, () => {
  let server: TestServer
  let pool: Pool
  let url: string
  let folder: string
  let federation: Federation
  const runners: UnitRunner[] = []
  const secretsKey = randomBytes(32)

  before(async () => {
    server = await startDatabase()
    ;({ pool, url } = await server.database())
    folder = await mkdtemp(join(tmpdir(), 'windlass-hosts-'))
    const result = await loadFederation(join(repository, 'federations', 'nautilus.yaml'))
    assert.ok('federation' in result)
    federation = result.federation
  })
  after(async () => {
    await Promise.all(runners.map((runner) => runner.close()))
    await server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function runner (options: Partial<UnitRunnerOptions> = {}): Promise<UnitRunner> {
    const made = await openUnitRunner({
      size: 1,
      hostFile: join(repository, 'automation', 'service', 'unit-host.ts'),
      databaseUrl: url,
      secretsKey,
      root: secretsKey,
      engine: 'rehearsal',
      durations: await loadDurations(),
      prices: await loadPrices(),
      dataFolder: folder,
      ...options
    })
    runners.push(made)
    return made
  }
  let shared: Promise<UnitRunner> | undefined
  /** A host for all tests that ask nothing special of one: it starts once, as in a service. */
  const warm = (): Promise<UnitRunner> => (shared ??= runner())
  async function lease (world: string): Promise<number> {
    const { rows } = await pool.query<{ fence: string }>(
      `INSERT INTO windlass.leases (place, stack, fence, holder) VALUES ($1, $2, 1, 'test')
      ON CONFLICT (place, stack) DO UPDATE SET fence = leases.fence + 1 RETURNING fence`,
      [`rehearsal:${world}`, stack]
    )
    return Number(rows[0]?.fence)
  }
  async function unit (world: string, more: Partial<UnitRun> = {}, timeScale = 0): Promise<UnitRun> {
    return {
      deployment: 'd-1',
      unit: `prerequisites.${cluster}`,
      attempt: 1,
      operation: 'up',
      mode: 'rehearsal',
      federation,
      phase: 'prerequisites',
      phaseNumber: 1,
      scope: { kind: 'cluster', name: cluster, clusters: [cluster], cloud: 'aws' },
      stack,
      upstream: {},
      secrets: {},
      rehearsal: { world, timeScale, seed: 1, faults: [] },
      fence: await lease(world),
      settle: false,
      ...more
    }
  }
  const quiet = { signal: new AbortController().signal, onEvents: () => undefined }

  test(
    'a unit goes up with events in order and typed outputs, stays the same the second time, and leaves no ' +
      'stack when destroyed',
    async () => {
      const hosts = await warm()
      const events: EventDraft[] = []
      const first = await hosts.run(await unit('life'), {
        ...quiet,
        onEvents: (drafts) => {
          events.push(...drafts)
        }
      })
      assert.equal(first.status, 'succeeded', JSON.stringify(first.error))
      assert.ok(first.resourceChanges.create > 5)
      assert.equal(typeof first.outputs?.['kmsKey']?.value, 'string')
      const key = events.filter((event) => JSON.stringify(event).includes('aws:kms/key:Key')).map((event) =>
        event.type
      )
      assert.deepEqual(key, ['resource.started', 'resource.succeeded'])
      assert.deepEqual(
        events.filter((event) =>
          !('unit' in event) || event.phase !== 1 || event.unit !== `prerequisites.${cluster}`
        ),
        []
      )

      const second = await hosts.run(await unit('life'), quiet)
      assert.deepEqual({ ...second.resourceChanges, same: 0 }, {
        create: 0,
        update: 0,
        delete: 0,
        replace: 0,
        same: 0
      })
      assert.equal(second.resourceChanges.same, first.resourceChanges.create)

      const destroyed = await hosts.run(await unit('life', { operation: 'destroy' }), quiet)
      assert.equal(destroyed.resourceChanges.delete, first.resourceChanges.create)
      for (const table of ['stacks', 'cloud_records']) {
        assert.equal((await pool.query(`SELECT 1 FROM windlass.${table}`)).rowCount, 0, table)
      }
    }
  )

  test('a host that cannot begin says so, and the unit is worth another try', async () => {
    const hosts = await warm()
    const { status, error } = await hosts.run(await unit('none', { phase: 'nothing' as PhaseName }), quiet)
    assert.deepEqual([status, error?.code, error?.retryable], ['failed', 'host-failed', true])
  })

  test('a preview of what does not exist leaves no stack', async () => {
    const hosts = await warm()
    const outcome = await hosts.run(await unit('preview', { operation: 'preview' }), quiet)
    assert.equal(outcome.status, 'succeeded', JSON.stringify(outcome.error))
    assert.ok(outcome.resourceChanges.create > 5)
    assert.equal(
      (await pool.query("SELECT 1 FROM windlass.stacks WHERE place = 'rehearsal:preview'")).rowCount,
      0
    )
  })

  test('a fault names the resource and retry; the next attempt makes only the rest', async () => {
    const hosts = await warm()
    const broken = {
      world: 'faults',
      timeScale: 0,
      seed: 1,
      faults: [{ kind: 'throttle' as const, type: 'aws:kms/key:Key', times: 1 }]
    }
    const failed = await hosts.run(await unit('faults', { rehearsal: broken }), quiet)
    assert.equal(failed.status, 'failed')
    assert.equal(failed.error?.code, 'resource-failed')
    assert.equal(failed.error?.retryable, true)
    assert.match(failed.error?.resource ?? '', /aws:kms\/key:Key/)
    const again = await hosts.run(await unit('faults', { rehearsal: broken }), quiet)
    assert.equal(again.status, 'succeeded', JSON.stringify(again.error))
  })

  test(
    'a mandatory policy stops the unit before the resource is made, for good; an advisory one and an ' +
      'exception let it go on',
    async () => {
      const hosts = await warm()
      // The program puts its own `unit` on every resource: a federation that wants another there
      // cannot be satisfied.
      const wanting = { ...federation, labels: { ...federation.labels, unit: 'another' } }
      const events: EventDraft[] = []
      const watched = {
        ...quiet,
        onEvents: (drafts: EventDraft[]) => {
          events.push(...drafts)
        }
      }
      const stopped = await hosts.run(await unit('policies', { federation: wanting }), watched)
      assert.equal(stopped.error?.code, 'policy-violated', stopped.error?.message)
      assert.equal(stopped.error?.retryable, false)
      assert.match(
        stopped.error?.message ?? '',
        /label-required-by-default: .*add unit: another to defaultTags/
      )
      assert.match(stopped.error?.resource ?? '', /pulumi:providers:aws/)
      const [violated] = ofType(events, 'policy.violated')
      assert.deepEqual(
        [violated?.policy, violated?.pack, violated?.enforcement, violated?.urn],
        ['label-required-by-default', 'windlass', 'mandatory', stopped.error?.resource]
      )
      assert.equal(
        ofType(events, 'resource.started', 'resource.succeeded').some(({ urn }) => urn === violated?.urn),
        false,
        'nothing was done to the resource'
      )

      events.length = 0
      const advised = await hosts.run(
        await unit('policies', {
          federation: {
            ...wanting,
            policies: { enforcement: { 'label-required-by-default': 'advisory' as const }, exceptions: [] }
          }
        }),
        watched
      )
      assert.equal(advised.status, 'succeeded', JSON.stringify(advised.error))
      assert.ok(
        ofType(events, 'policy.violated').some(({ enforcement }) => enforcement === 'advisory')
      )

      events.length = 0
      const exceptions = [{
        policy: 'label-required-by-default',
        resource: '*pulumi:providers:aws::*',
        reason: 'a test of exceptions',
        expires: '2999-12-31'
      }]
      const excepted = await hosts.run(
        await unit('policies', { federation: { ...wanting, policies: { enforcement: {}, exceptions } } }),
        watched
      )
      assert.equal(excepted.status, 'succeeded', JSON.stringify(excepted.error))
      assert.equal(events.some(({ type }) => type === 'policy.violated'), false)
    }
  )

  test('an abort lets running operations end and the outcome is canceled', async () => {
    const hosts = await warm()
    const abort = new AbortController()
    // A KMS key takes seconds by the table; at this scale a tenth, long enough for the abort to
    // fall into it.
    const outcome = await hosts.run(await unit('abort', {}, 0.1), {
      signal: abort.signal,
      onEvents: (drafts) => {
        if (drafts.some((draft) => draft.type === 'resource.started')) abort.abort()
      }
    })
    assert.equal(outcome.status, 'canceled')
    const { rows } = await pool.query<{ locked: boolean, journal: number }>(
      'SELECT lock IS NOT NULL AS locked, (SELECT count(*)::int FROM windlass.stack_journal j WHERE ' +
        "j.place = s.place) AS journal FROM windlass.stacks s WHERE place = 'rehearsal:abort'"
    )
    assert.deepEqual(rows, [{ locked: false, journal: 0 }])
  })

  test('a host whose lease was taken over writes nothing more and ends', async () => {
    const hosts = await warm()
    const run = await unit('fenced', {}, 0.05)
    let taken: Promise<number> | undefined
    const attempt = hosts.run(run, {
      ...quiet,
      onEvents: (drafts) => {
        if (drafts.some((draft) => draft.type === 'resource.started')) taken ??= lease('fenced')
      }
    })
    await assert.rejects(attempt, (error) => error instanceof HostLostError && error.reason === 'lease-lost')
    await taken
    // The heir takes the stack over with what was pending, and nothing is made twice.
    const heir = await hosts.run(await unit('fenced', { settle: true }), quiet)
    assert.equal(heir.status, 'succeeded', JSON.stringify(heir.error))
    const { rows } = await pool.query<{ token: string, n: number }>(
      "SELECT token, count(*)::int AS n FROM windlass.cloud_records WHERE world = 'fenced' GROUP BY " +
        'token HAVING count(*) > 1'
    )
    assert.deepEqual(rows, [])
  })

  test('a host that uses more memory than it may is killed and replaced', async () => {
    const replaced: unknown[] = []
    const hosts = await runner({
      memoryBytes: 96 * 1024 * 1024,
      observe: (told) => {
        if (told.kind === 'host-replaced') replaced.push(told.reason)
      }
    })
    await assert.rejects(
      hosts.run(await unit('memory'), quiet),
      (error) => error instanceof HostLostError && error.reason === 'out-of-memory'
    )
    assert.equal(replaced[0], 'out-of-memory')
    // Its next host is too large as well: it would be replaced during the tests that follow.
    await hosts.close()
  })

  test('hosts leave no folder behind once their runner is closed', async (context) => {
    const files = await mkdtemp(join(folder, 'files-'))
    const usual = process.env.TMPDIR
    context.after(() => {
      if (usual === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = usual
    })
    process.env.TMPDIR = files
    const hosts = await runner()
    while ((await readdir(files)).length === 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, 10)
      })
    }
    await hosts.close()
    assert.deepEqual(await readdir(files), [])
    // A host that was taken before its process began.
    const run = await unit('unbegun')
    const unbegun = await runner()
    const attempt = assert.rejects(unbegun.run(run, quiet), HostLostError)
    await unbegun.close()
    await attempt
    assert.deepEqual(await readdir(files), [])
  })

  test('hosts that cannot even start are tried again with pauses, and are told of', async (context) => {
    const before = process.env['TMPDIR']
    // Where a host's folder is made.
    process.env['TMPDIR'] = '/nowhere'
    context.after(() => {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    })
    let replaced = 0
    const hosts = await runner({
      observe: (told) => {
        if (told.kind === 'host-replaced') replaced++
      }
    })
    while (hosts.figures().failing === undefined) {
      await new Promise((resolve) => {
        setTimeout(resolve, 10)
      })
    }
    assert.match(hosts.figures().failing ?? '', /nowhere/)
    // Each pause is twice as long as the one before: a second later it is not hundreds.
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000)
    })
    assert.ok(replaced <= 5, String(replaced))
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    while (hosts.figures().failing !== undefined) {
      await new Promise((resolve) => {
        setTimeout(resolve, 10)
      })
    }
    assert.equal(hosts.figures().total, 1)
  })
})
