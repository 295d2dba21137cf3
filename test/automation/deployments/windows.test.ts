import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Automation } from '../../../automation/ports.ts'
import { ofType } from '../../../contract/event.ts'
import { type Launch } from '../../../contract/launch.ts'
import { ended, federations, request, start, until } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const ada = { subject: 'corp:ada', name: 'Ada', kind: 'person' as const }
const hub = 'nautilus-hub-us-west'
const launch = (change: Partial<Launch> = {}): Launch => {
  const { rehearsal: _none, ...rest } = request({
    mode: 'live',
    phases: { from: 1, to: 2 },
    clusters: [hub],
    ...change
  })
  return rest
}

suite('a live deployment of a federation with maintenance windows', () => {
  let server: TestServer
  let folder: string
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-windows-'))
    const text = await readFile(join(federations, 'nautilus.yaml'), 'utf8')
    await writeFile(
      join(folder, 'nautilus.yaml'),
      `${text}\nmaintenanceWindows:\n  - { name: nightly, from: "22:00", to: "23:00", phases: ` +
        `[infrastructure] }\n`
    )
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** A service whose clock says what the test says. */
  async function service (url: string, runner: ScriptedRunner, clock: { now: string }): Promise<Automation> {
    return await start(url, runner, {
      federations: folder,
      now: () => new Date(clock.now),
      live: { on: true, guarded: true },
      pulumi: { cli: { file: '/nonexistent/pulumi', version: '3.270.0' } },
      secretValues: Object.fromEntries(
        ['SLACK_WEBHOOK', 'PAGERDUTY_KEY', 'ALERT_EMAIL', 'WATCHDOG_URL'].map((
          name
        ) => [`WINDLASS_SECRET_${name}`, `https://example.com/${name}`])
      )
    })
  }

  test('waits before the phase of a window, over a restart, and goes on by itself', async () => {
    const { url } = await server.database()
    const clock = { now: '2026-11-21T12:00:00Z' }
    const runner = new ScriptedRunner(2)
    const one = await service(url, runner, clock)
    const { deployment: launched } = await one.launch(launch())
    assert.deepEqual(launched.warnings?.map(({ code }) => code), ['window-closed'])
    const waiting = await until(one, launched.id, 'deployment.waiting')
    assert.deepEqual([waiting.phase, waiting.window], [2, {
      phase: 2,
      because: 'window',
      names: ['nightly'],
      opens: '2026-11-21T22:00:00.000Z'
    }])
    const shown = await one.deployment(launched.id)
    assert.deepEqual([shown.status, shown.gate, shown.window?.opens], [
      'waiting',
      undefined,
      '2026-11-21T22:00:00.000Z'
    ])
    assert.deepEqual(shown.phases.map(({ status }) => status), ['succeeded', 'waiting'])
    await assert.rejects(
      one.approve(launched.id, { phase: 2 }, { actor: ada }),
      /waits for a maintenance window, which nobody approves/
    )
    assert.deepEqual(
      (await one.deployments({ limit: 10, gated: true })).items,
      [],
      'nobody is asked for an approval'
    )
    assert.deepEqual((await one.windows('nautilus')).opens, '2026-11-21T22:00:00.000Z')
    await one.close()
    // Nothing ran while it waited.
    const before = runner.runs.length
    clock.now = '2026-11-21T22:10:00Z'
    const two = await service(url, runner, clock)
    try {
      const { deployment, events } = await ended(two, launched.id)
      assert.deepEqual([deployment.status, deployment.window], ['succeeded', undefined])
      assert.equal(runner.runs.length, before + 1)
      assert.deepEqual(
        ofType(events, 'deployment.waiting', 'deployment.continued').map((
          { type, phase }
        ) => [type, phase]),
        [['deployment.waiting', 2], ['deployment.continued', 2]]
      )
      // In time nothing waits, previews and drift checks never do.
      for (const operation of ['preview', 'drift-check', 'refresh'] as const) {
        clock.now = operation === 'refresh' ? '2026-11-21T22:30:00Z' : '2026-11-21T12:00:00Z'
        const next = await two.launch(launch({ operation }))
        assert.equal(next.deployment.warnings, undefined)
        assert.ok(
          !(await ended(two, next.deployment.id)).events.some(({ type }) => type === 'deployment.waiting'),
          operation
        )
      }
    } finally {
      await two.close()
    }
  })

  test('goes on at once with a reason, which is kept; or can be canceled', async () => {
    const { url } = await server.database()
    const automation = await service(url, new ScriptedRunner(2), { now: '2026-11-21T12:00:00Z' })
    try {
      const { deployment: { id } } = await automation.launch(launch({ ordering: 'pipelined' }))
      await until(automation, id, 'deployment.waiting')
      const overridden = await automation.overrideWindow(id, { reason: 'certificates expire tonight' }, {
        actor: ada
      })
      assert.deepEqual([overridden.windowOverride?.reason, overridden.windowOverride?.actor], [
        'certificates expire tonight',
        ada
      ])
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      assert.deepEqual(
        ofType(events, 'deployment.continued').map((
          { comment, actor }
        ) => [comment, actor]),
        [['certificates expire tonight', ada]]
      )
      const noted = (await automation.audit.page({ limit: 10 })).items.find(({ action }) =>
        action === 'deployment.overridden'
      )
      assert.deepEqual([noted?.reason, noted?.actor?.name], ['certificates expire tonight', 'Ada'])
      await assert.rejects(
        automation.overrideWindow(id, { reason: 'again' }),
        /only one that waits for a maintenance window/
      )

      const { deployment: { id: other } } = await automation.launch(launch())
      await until(automation, other, 'deployment.waiting')
      await automation.cancel(other)
      const canceled = await ended(automation, other)
      assert.deepEqual([canceled.deployment.status, canceled.deployment.phases.map(({ status }) => status)], [
        'canceled',
        ['succeeded', 'canceled']
      ])
    } finally {
      await automation.close()
    }
  })
})
