import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { loadFederation } from '../../../automation/federation/load.ts'
import { type Observation } from '../../../automation/observations.ts'
import { type Automation } from '../../../automation/ports.ts'
import { Scheduler } from '../../../automation/schedules/scheduler.ts'
import { noteLeftOut } from '../../../automation/store/deployments/schedule-turns.ts'
import { type Pool } from '../../../automation/store/postgres/database.ts'
import { ended, federations, logger, request, start, until } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

/** The clock of the schedules: far ahead, so that the service's own scheduler sees nothing due. */
const minute = (count: number) => new Date(Date.UTC(2031, 0, 6, 12, count, 1))

/** A runner whose units wait until the test lets them go. */
function heldRunner (): { runner: ScriptedRunner, release(): void } {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const runner = new ScriptedRunner(2, async (unit) => {
    await promise
    return succeeded(unit)
  })
  return {
    runner,
    release: () => {
      resolve(undefined)
    }
  }
}

suite('schedules that would overtake themselves', { timeout: 60_000 }, () => {
  let server: TestServer
  let folder: string
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-overlap-'))
    await writeFile(
      join(folder, 'nautilus.yaml'),
      (await readFile(join(federations, 'nautilus.yaml'), 'utf8')).replace(
        'schedules:\n',
        `schedules:
  - { name: skips, cron: "* * * * *", operation: up, phases: { to: 1 }, world: ci }
  - { name: queues, cron: "* * * * *", operation: up, phases: { to: 1 }, world: other, overlap: queue }
  - { name: drift, cron: "* * * * *", operation: drift-check, phases: { to: 1 }, world: held }
  - { name: fresh, cron: "* * * * *", operation: preview, phases: { to: 1 }, overlap: queue }
`
      )
    )
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  const service = (url: string, runner: ScriptedRunner): Promise<Automation> =>
    start(url, runner, { federations: folder, now: () => minute(-60 * 24 * 365) })

  /** A scheduler as each process has one, of one schedule, and what was counted. */
  async function process (automation: Automation, pool: Pool, name: string, seen: Observation[] = []) {
    const loaded = await loadFederation(join(folder, 'nautilus.yaml'))
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
    const { schedules = [] } = loaded.federation
    let now = minute(0)
    const scheduler = new Scheduler({
      federations: async () => [{
        ...loaded.federation,
        schedules: schedules.filter((one) => one.name === name)
      }],
      deployments: automation,
      leaveOut: (turn, known) => noteLeftOut(pool, turn, known),
      logger,
      observe: (one) => {
        seen.push(one)
      },
      now: () => now
    })
    return {
      async at (count: number): Promise<void> {
        now = minute(count)
        await scheduler.look()
      }
    }
  }
  const shown = async (automation: Automation, name: string) =>
    (await automation.schedules('nautilus')).find((one) => one.name === name) ?? assert.fail()
  const launched = async (automation: Automation, name: string) =>
    (await automation.deployments({ limit: 50 })).items
      .filter(({ launchedBy }) => launchedBy?.subject === `schedule:nautilus:${name}`)

  test('a time is left out while the one before is not over: by all processes, once, and shown', async () => {
    const { url, pool } = await server.database()
    const { runner, release } = heldRunner()
    const automation = await service(url, runner)
    try {
      const seen: Observation[] = []
      const processes = await Promise.all([1, 2, 3].map(() => process(automation, pool, 'skips', seen)))
      const all = (count: number) => Promise.all(processes.map((one) => one.at(count)))
      for (const count of [0, 1, 2]) await all(count)
      const [first, ...others] = await launched(automation, 'skips')
      assert.ok(first && others.length === 0)
      const turn = { federation: 'nautilus', schedule: 'skips', due: minute(2).toISOString(), mostBefore: 0 }
      await assert.rejects(automation.launch(request(), { turn }), {
        code: 'schedule-overlaps',
        kind: 'conflict'
      })
      assert.deepEqual((await shown(automation, 'skips')).leftOut, {
        due: '2031-01-06T12:02:00.000Z',
        deployment: first.id,
        times: 2
      })
      release()
      await ended(automation, first.id)
      // A process that was started meanwhile does not launch what was left out.
      await (await process(automation, pool, 'skips', seen)).at(2)
      assert.equal((await launched(automation, 'skips')).length, 1)
      await all(3)
      const [next] = await launched(automation, 'skips')
      assert.notEqual(next?.id, first.id)
      assert.deepEqual(
        seen.flatMap((one) => one.kind === 'schedule' ? [one.result] : []).sort(),
        ['launched', 'launched', 'left-out', 'left-out']
      )
      if (next) await ended(automation, next.id)
    } finally {
      await automation.close()
    }
  })

  test('of processes that look at different times at once, one launches', async () => {
    const { url, pool } = await server.database()
    const { runner, release } = heldRunner()
    const automation = await service(url, runner)
    try {
      for (const [name, most] of [['skips', 1], ['queues', 2], ['fresh', 2]] as const) {
        const processes = await Promise.all([0, 1, 2, 3, 4, 5].map(() => process(automation, pool, name)))
        await Promise.all(processes.map((one, index) => one.at(index)))
        assert.equal((await launched(automation, name)).length, most, name)
        await Promise.all(processes.map((one, index) => one.at(6 + index)))
        assert.equal((await launched(automation, name)).length, most, name)
        assert.ok((await shown(automation, name)).leftOut)
      }
    } finally {
      release()
      await automation.close()
    }
  })

  test('with queue one waits, and runs when its turn comes', async () => {
    const { url, pool } = await server.database()
    const { runner, release } = heldRunner()
    const automation = await service(url, runner)
    try {
      const one = await process(automation, pool, 'queues')
      for (const count of [0, 1, 2, 3]) await one.at(count)
      const before = await launched(automation, 'queues')
      assert.equal(before.length, 2)
      assert.equal((await shown(automation, 'queues')).leftOut?.times, 2)
      assert.equal((await shown(automation, 'queues')).overlap, 'queue')
      release()
      for (const { id } of before) assert.equal((await ended(automation, id)).deployment.status, 'succeeded')
      await one.at(4)
      assert.equal((await launched(automation, 'queues')).length, 3)
    } finally {
      await automation.close()
    }
  })

  test('drift checks behind a deployment that waits do not pile up, over a restart too', async () => {
    const { url, pool } = await server.database()
    const runner = new ScriptedRunner(2)
    let automation = await service(url, runner)
    try {
      const { deployment } = await automation.launch(
        request({
          phases: { from: 1, to: 1 },
          approvals: 'each-phase',
          rehearsal: { world: 'held', timeScale: 0, seed: 1, faults: [] }
        })
      )
      await until(automation, deployment.id, 'deployment.waiting')
      for (const count of [0, 1]) await (await process(automation, pool, 'drift')).at(count)
      const [check] = await launched(automation, 'drift')
      assert.equal(check?.status, 'queued')
      await automation.close()
      automation = await service(url, runner)
      for (const count of [2, 3]) await (await process(automation, pool, 'drift')).at(count)
      assert.equal((await launched(automation, 'drift')).length, 1)
      assert.deepEqual((await shown(automation, 'drift')).leftOut, {
        due: '2031-01-06T12:03:00.000Z',
        deployment: check.id,
        times: 3
      })
      await automation.cancel(deployment.id, {})
      await ended(automation, check.id)
      await (await process(automation, pool, 'drift')).at(4)
      assert.equal((await launched(automation, 'drift')).length, 2)
    } finally {
      await automation.close()
    }
  })
})
