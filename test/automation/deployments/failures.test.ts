/** Reasons of failures that are the service's own, by code. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { finishDeployment } from '../../../automation/deployments/finish.ts'
import { lockDeployment } from '../../../automation/store/deployments/locked-deployment.ts'
import { createPool, type Pool } from '../../../automation/store/postgres/database.ts'
import { failedUnits } from '../../../automation/store/units/failed-units.ts'
import { type Launch } from '../../../contract/launch.ts'
import { ended, request, until, withService } from '../../fixtures/automation/harness.ts'
import { failed, ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const cluster = 'nautilus-hub-us-west'
const small = (change: Partial<Launch> = {}) =>
  request({ phases: { from: 1, to: 1 }, clusters: [cluster], ...change })

suite('a deployment fails by code', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  async function withPool (url: string, work: (pool: Pool) => Promise<void>): Promise<void> {
    const pool = createPool(url, { max: 1, name: 'test' })
    try {
      await work(pool)
    } finally {
      await pool.end()
    }
  }

  test('when what a unit reads was destroyed while it waited in the queue', async () => {
    const runner = new ScriptedRunner(4)
    await withService(server, runner, async (automation) => {
      const launch = async (change: Partial<Launch>) => (await automation.launch(small(change))).deployment.id
      await ended(automation, await launch({}))
      const go = Promise.withResolvers<undefined>()
      runner.script = async (unit) => {
        await go.promise
        return succeeded(unit)
      }
      const destroy = await launch({ operation: 'destroy' })
      // It is launched while what it reads is there, and runs after that is gone.
      const up = await launch({ phases: { from: 2, to: 2 } })
      go.resolve(undefined)
      await ended(automation, destroy)
      const { deployment: { status, error } } = await ended(automation, up)
      assert.deepEqual([status, error?.code, error?.retryable], ['failed', 'upstream-missing', false])
      assert.match(error?.message ?? '', new RegExp(`it reads outputs of prerequisites\\.${cluster}`))
    })
  })

  test('when a unit failed and the reason is not stored', async () => {
    await withService(server, new ScriptedRunner(1, () => failed(false)), async (automation, url) => {
      const { deployment: { id } } = await automation.launch(small())
      await ended(automation, id)
      await withPool(url, async (pool) => {
        assert.equal((await failedUnits(pool, id))[0]?.error.code, 'resource-failed')
        await pool.query('UPDATE windlass.units SET error = NULL WHERE deployment = $1', [id])
        assert.deepEqual((await failedUnits(pool, id))[0]?.error, {
          code: 'unknown',
          message: 'no reason is known',
          retryable: true,
          unit: `prerequisites.${cluster}`
        })
      })
    })
  })

  test('when it ends before its units did and none of them failed', async () => {
    const go = Promise.withResolvers<undefined>()
    const runner = new ScriptedRunner(1, async (unit) => {
      await go.promise
      return succeeded(unit)
    })
    await withService(server, runner, async (automation, url) => {
      const { deployment: { id } } = await automation.launch(small())
      await until(automation, id, 'unit.started')
      await withPool(url, async (pool) => {
        const client = await pool.connect()
        try {
          await client.query('BEGIN')
          const deployment = await lockDeployment(client, id)
          assert.ok(deployment)
          const last = (await finishDeployment(client, deployment)).at(-1)
          assert.ok(last?.type === 'deployment.failed')
          assert.equal(last.error?.code, 'units-not-succeeded')
          assert.match(last.error.message, new RegExp(`prerequisites\\.${cluster} did not succeed`))
        } finally {
          await client.query('ROLLBACK')
          client.release()
        }
      })
      go.resolve(undefined)
      assert.equal((await ended(automation, id)).deployment.status, 'succeeded')
    })
  })
})
