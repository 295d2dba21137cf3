import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { ended, request, unitsOf, withService } from '../../fixtures/automation/harness.ts'
import { failed, ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const rehearsal = (world: string) => ({ world, timeScale: 0, seed: 1, faults: [] })

suite('launching', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test(
    'the same idempotency key and request give the same deployment, also at the same moment; another ' +
      'request is refused',
    async () => {
      await withService(server, new ScriptedRunner(4), async (automation) => {
        const one = request({ phases: { from: 1, to: 1 } })
        const both = await Promise.all([1, 2, 3].map(() => automation.launch(one, { idempotencyKey: 'k1' })))
        assert.equal(new Set(both.map(({ deployment }) => deployment.id)).size, 1)
        assert.equal(both.filter(({ created }) => created).length, 1)
        const id = both[0]?.deployment.id ?? ''
        await ended(automation, id)
        // Another order of the fields is the same request.
        const turned = Object.fromEntries(Object.entries(one).reverse()) as unknown as typeof one
        assert.deepEqual(await automation.launch(turned, { idempotencyKey: 'k1' }), {
          deployment: await automation.deployment(id),
          created: false
        })
        await assert.rejects(
          automation.launch(request({ phases: { from: 1, to: 2 } }), { idempotencyKey: 'k1' }),
          { code: 'idempotency-mismatch', kind: 'mismatch' }
        )
        const { items, next } = await automation.deployments({ limit: 10 })
        assert.deepEqual([items.map((item) => item.id), next], [[id], undefined])
      })
    }
  )

  test('a scenario is launched by name, and says how it went; one that is not there is refused', async () => {
    const runner = new ScriptedRunner(4)
    await withService(server, runner, async (automation) => {
      const launch = (scenario: string) =>
        automation.launch(
          request({ phases: { from: 1, to: 1 }, rehearsal: { ...rehearsal('scenario'), scenario } })
        )
      await assert.rejects(launch('region-outtage'), /did you mean region-outage/)
      const { deployment: { id } } = await launch('quota-second-cluster')
      const { deployment } = await ended(automation, id)
      const [run] = runner.runs
      assert.deepEqual(run?.unit.rehearsal?.faults.map(({ kind, cluster }) => [kind, cluster]), [
        ['quota', 'nautilus-dr-us-west']
      ])
      // The scripted units all succeed, which is not what the scenario expects.
      assert.deepEqual(deployment.scenario?.asExpected, false)
      assert.deepEqual(deployment.scenario?.differences, [
        'it succeeded, expected that it failed',
        'no unit infrastructure.nautilus-dr-us-west failed',
        'no failed unit says "QUOTA_EXCEEDED"'
      ])
      assert.deepEqual(deployment.request.rehearsal?.faults, [])
    })
  })

  test('an outage that a scenario begins lasts until somebody ends it, and begins once', async () => {
    const runner = new ScriptedRunner(
      4,
      (unit) => unit.unit === 'prerequisites.aws' ? failed(false, 'dial tcp: i/o timeout') : succeeded(unit)
    )
    await withService(server, runner, async (automation) => {
      const actor = { subject: 'corp:ann', name: 'ann', kind: 'person' as const }
      await assert.rejects(automation.beginOutage('down', {}, { actor }), { code: 'world-not-found' })
      const { deployment: { id } } = await automation.launch(
        request({
          phases: { from: 1, to: 1 },
          rehearsal: { ...rehearsal('down'), scenario: 'region-outage' }
        })
      )
      const { deployment } = await ended(automation, id)
      assert.deepEqual([deployment.status, deployment.scenario?.asExpected], ['failed', true])
      assert.deepEqual(runner.runs.flatMap(({ unit }) => unit.rehearsal?.faults ?? []), [])
      const [down] = await automation.outages('down')
      assert.deepEqual([down?.cloud, down?.region], ['aws', 'us-east-1'])
      await automation.beginOutage('down', { cloud: 'gcp' }, { actor })
      assert.equal((await automation.outages('down')).length, 2)
      const many = async () => {
        for (let count = 0; count < 50; count++) {
          await automation.beginOutage('down', { name: 'x' }, { actor })
        }
      }
      await assert.rejects(many(), { code: 'outages-full', kind: 'conflict' })
      await automation.endOutages('down', { actor })
      assert.deepEqual(await automation.outages('down'), [])
      runner.script = succeeded
      await automation.resume(id)
      const after = await ended(automation, id)
      assert.deepEqual([after.deployment.status, after.deployment.scenario?.asExpected], ['succeeded', true])
      assert.deepEqual(await automation.outages('down'), [])
      const acts = (await automation.audit.page({ limit: 4 })).items.map(({ action }) => action)
      assert.ok(acts.includes('world.outage-begun') && acts.includes('world.recovered'))
    })
  })

  test('a world that grows older goes on from there, and not while something runs in it', async () => {
    const runner = new ScriptedRunner(4)
    await withService(server, runner, async (automation) => {
      const actor = { subject: 'corp:ann', name: 'ann', kind: 'person' as const }
      await assert.rejects(automation.age('old', { days: 1 }, { actor }), { code: 'world-not-found' })
      const launch = async () => {
        const { deployment: { id } } = await automation.launch(
          request({ phases: { from: 1, to: 1 }, rehearsal: rehearsal('old') })
        )
        return id
      }
      const first = await launch()
      await assert.rejects(automation.age('old', { days: 1 }, { actor }), { code: 'world-in-use' })
      await ended(automation, first)
      const aging = await automation.age('old', { days: 400 }, { actor })
      assert.equal(Date.parse(aging.to) - Date.parse(aging.from), 400 * 86_400_000)
      const { events } = await ended(automation, await launch())
      const began = events.flatMap((event) =>
        event.type === 'unit.started' ? [event.virtual?.start ?? ''] : []
      )
      assert.ok(began.length > 0 && began.every((start) => start >= aging.to), began.join(' '))
      assert.deepEqual(await automation.agings('old'), [aging])
      const acts = (await automation.audit.page({ limit: 9 })).items.map(({ action }) => action)
      assert.ok(acts.includes('world.aged'))
      await automation.dropWorld('old', { actor })
      await assert.rejects(automation.agings('old'), { code: 'world-not-found' })
    })
  })

  test(
    "an idempotency key is its caller's own: another's shows nothing and is no obstacle, and one from " +
      "before callers were known is everybody's",
    async () => {
      await withService(server, new ScriptedRunner(4), async (automation, url) => {
        const as = (name: string) => ({
          idempotencyKey: 'release-7',
          actor: { subject: `corp:${name}`, name, kind: 'person' as const }
        })
        const one = request({ phases: { from: 1, to: 1 } })
        const alices = (await automation.launch(one, as('alice'))).deployment.id
        const bobs = await automation.launch(request({ phases: { from: 1, to: 2 } }), as('bob'))
        assert.equal(bobs.created, true)
        assert.notEqual(bobs.deployment.id, alices)
        assert.deepEqual([
          (await automation.launch(one, as('alice'))).deployment.id,
          (await automation.launch(one, as('alice'))).created
        ], [alices, false])
        const client = new pg.Client({ connectionString: url })
        await client.connect()
        await client.query("UPDATE windlass.deployments SET idempotency_scope = '' WHERE id = $1", [alices])
        await client.end()
        assert.equal((await automation.launch(one, as('carol'))).deployment.id, alices)
      })
    }
  )

  test('deployments of one federation and world take turns; other worlds run beside them', async () => {
    const held = Promise.withResolvers<void>()
    const runner = new ScriptedRunner(8, async (unit) => {
      if (unit.rehearsal?.world === 'default') await held.promise
      return {
        status: 'succeeded',
        resourceChanges: { create: 0, update: 0, delete: 0, replace: 0, same: 0 },
        outputs: {}
      }
    })
    await withService(server, runner, async (automation) => {
      const launched: string[] = []
      for (let i = 0; i < 4; i++) {
        launched.push(
          (await automation.launch(request({ phases: { from: 1, to: 1 }, parallelism: 2 }))).deployment.id
        )
      }
      const other = await automation.launch(
        request({ phases: { from: 1, to: 1 }, rehearsal: rehearsal('other') })
      )
      assert.equal((await ended(automation, other.deployment.id)).deployment.status, 'succeeded')
      held.resolve()
      for (const id of launched) await ended(automation, id)
      const order = runner.runs.filter((run) => run.unit.rehearsal?.world === 'default').map((run) =>
        launched.indexOf(run.unit.deployment)
      )
      assert.deepEqual(order, order.toSorted((a, b) => a - b))
      const times = await Promise.all(launched.map((id) => automation.deployment(id)))
      for (let i = 1; i < times.length; i++) {
        assert.ok((times[i]?.startedAt ?? '') >= (times[i - 1]?.finishedAt ?? 'z'))
      }
      // Pages of the list, latest first.
      const page = await automation.deployments({ limit: 2 })
      const rest = await automation.deployments({ limit: 10, after: page.next ?? '' })
      assert.deepEqual([...page.items, ...rest.items].map((item) => item.id), [
        other.deployment.id,
        ...launched.toReversed()
      ])
    })
  })

  test(
    'phases whose earlier phases are not deployed are refused with the list, unless their outputs are ' +
      'stored',
    async () => {
      await withService(server, new ScriptedRunner(8), async (automation) => {
        const later = request({ phases: { from: 3, to: 4 } })
        await assert.rejects(
          automation.launch(later),
          (error: { code: string, details: { missing: string[] } }) => {
            assert.equal(error.code, 'prerequisites-missing')
            assert.ok(error.details.missing.includes('infrastructure.nautilus-primary-us-east'))
            return true
          }
        )
        await ended(
          automation,
          (await automation.launch(request({ phases: { from: 1, to: 2 } }))).deployment.id
        )
        const { deployment } = await ended(automation, (await automation.launch(later)).deployment.id)
        assert.equal(deployment.status, 'succeeded')
        // In another world nothing is deployed.
        await assert.rejects(automation.launch({ ...later, rehearsal: rehearsal('empty') }), {
          code: 'prerequisites-missing',
          kind: 'conflict'
        })
        // A unit of a selected phase that spans more clusters than were selected is missing too:
        // the message says to select those.
        await assert.rejects(
          automation.launch(
            request({
              phases: { from: 1, to: 4 },
              clusters: ['nautilus-hub-us-west'],
              rehearsal: rehearsal('empty')
            })
          ),
          ({ code, message, details }: Error & { code: string, details: { missing: string[] } }) => {
            assert.equal(code, 'prerequisites-missing')
            // So are its peers' addresses: the mesh joins clusters by their gateways.
            assert.deepEqual(details.missing.filter((unit) => !unit.startsWith('infrastructure.')), [
              'mesh.global'
            ])
            assert.match(
              message,
              /mesh\.global; deploy them first, or select their phases and all the clusters that they span too/
            )
            return true
          }
        )
      })
    }
  )

  test('a preview needs nothing deployed, hands unknowns on and stores no outputs', async () => {
    const runner = new ScriptedRunner(8)
    await withService(server, runner, async (automation) => {
      const { deployment } = await ended(
        automation,
        (await automation.launch(request({ operation: 'preview', phases: { from: 2, to: 3 } }))).deployment.id
      )
      assert.equal(deployment.status, 'succeeded')
      assert.ok(runner.runs.some(({ unit }) => Object.values(unit.upstream).includes(null)))
      assert.deepEqual(await automation.outputs('nautilus', { mode: 'rehearsal' }), {})
    })
  })

  test(
    'destroy goes from the last phase to the first, is refused while later phases stand on it, and leaves ' +
      'no outputs',
    async () => {
      const runner = new ScriptedRunner(8)
      await withService(server, runner, async (automation) => {
        await ended(
          automation,
          (await automation.launch(request({ phases: { from: 1, to: 3 } }))).deployment.id
        )
        await assert.rejects(
          automation.launch(request({ operation: 'destroy', phases: { from: 1, to: 2 } })),
          (error: { code: string, details: { dependants: string[] } }) => {
            assert.equal(error.code, 'dependants-deployed')
            assert.ok(
              error.details.dependants.length > 0 &&
                error.details.dependants.every((unit) => unit.startsWith('networking.'))
            )
            return true
          }
        )
        runner.runs.length = 0
        const { deployment, events } = await ended(
          automation,
          (await automation.launch(request({ operation: 'destroy', phases: { from: 1, to: 3 } }))).deployment
            .id
        )
        assert.equal(deployment.status, 'succeeded')
        const phases = runner.runs.map((run) => run.unit.phaseNumber)
        assert.deepEqual(phases, phases.toSorted((a, b) => b - a))
        assert.deepEqual(deployment.phases.map((phase) => phase.number), [3, 2, 1])
        assert.deepEqual(
          events.filter((event) => event.type === 'phase.started').map((event) => event.phase),
          [
            3,
            2,
            1
          ]
        )
        assert.deepEqual(await automation.outputs('nautilus', { mode: 'rehearsal' }), {})
      })
    }
  )

  test(
    'a fresh world has a name of its own and is dropped at the end; its deployment stays readable and ' +
      'cannot be resumed',
    async () => {
      let fail = false
      const runner = new ScriptedRunner(
        8,
        (unit) => ({
          status: fail && unit.phaseNumber === 2 ? 'failed' : 'succeeded',
          resourceChanges: { create: 1, update: 0, delete: 0, replace: 0, same: 0 },
          outputs: { id: { value: 1, secret: false } }
        })
      )
      await withService(server, runner, async (automation, url) => {
        const fresh = request({ phases: { from: 1, to: 2 }, rehearsal: rehearsal('fresh') })
        const launched = (await Promise.all([automation.launch(fresh), automation.launch(fresh)])).map((
          { deployment }
        ) => deployment)
        for (const { id, world } of launched) {
          assert.equal(world, `fresh-${id}`)
          assert.equal((await ended(automation, id)).deployment.status, 'succeeded')
          assert.ok(
            runner.runs.filter((run) => run.unit.deployment === id).every((run) =>
              run.unit.rehearsal?.world === world
            )
          )
          assert.deepEqual([...(await unitsOf(automation, id)).values()][0]?.outputs, { id: 1 })
        }
        const client = new pg.Client({ connectionString: url })
        await client.connect()
        const { rows } = await client.query(
          "SELECT (SELECT count(*)::int FROM windlass.leases WHERE place LIKE 'rehearsal:fresh%') + " +
            '(SELECT count(*)::int FROM windlass.unit_outputs) AS left'
        )
        await client.end()
        assert.deepEqual(rows, [{ left: 0 }])
        fail = true
        const { deployment } = await ended(automation, (await automation.launch(fresh)).deployment.id)
        assert.equal(deployment.status, 'failed')
        await assert.rejects(automation.resume(deployment.id), { code: 'wrong-status' })
      })
    }
  )

  test('live is refused unless it is on and a CLI was found, and needs values for the secrets', async () => {
    const { rehearsal: _, ...live } = request({ mode: 'live', phases: { from: 1, to: 1 } })
    await withService(server, new ScriptedRunner(1), async (automation) => {
      await assert.rejects(automation.launch(live), { code: 'live-refused', kind: 'refused' })
    })
    await withService(server, new ScriptedRunner(1), async (automation) => {
      await assert.rejects(automation.launch(live), { code: 'live-refused' })
    }, { live: { on: true, guarded: true }, pulumi: { problem: 'there is none' } })
    await withService(server, new ScriptedRunner(1), async (automation) => {
      await assert.rejects(
        automation.launch(live),
        (error: { code: string, message: string, details: unknown }) =>
          error.code === 'live-refused' && /WINDLASS_HOST=127\.0\.0\.1/.test(error.message) &&
          isDeepStrictEqual(error.details, { reason: 'not-loopback' })
      )
    }, { live: { on: true, guarded: false }, pulumi: { cli: { file: '/opt/pulumi', version: '3.260.0' } } })
    await withService(server, new ScriptedRunner(8), async (automation) => {
      await assert.rejects(
        automation.launch(live),
        (error: { code: string, message: string }) =>
          error.code === 'request-invalid' && error.message.includes('WINDLASS_SECRET_')
      )
    }, { live: { on: true, guarded: true }, pulumi: { cli: { file: '/opt/pulumi', version: '3.260.0' } } })
  })
})
