import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Automation } from '../../../automation/ports.ts'
import { readDeployment } from '../../../automation/store/deployments/deployments.ts'
import { createPool, type Pool } from '../../../automation/store/postgres/database.ts'
import { ended, request, until, withService } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

/** Polls until the signal aborts; asserts that no poll is older than the store was before it. */
async function poll (automation: Automation, pool: Pool, id: string, signal: AbortSignal): Promise<number> {
  let polls = 0
  for (; !signal.aborted; polls++) {
    // What the store had before the poll, of all that only goes one way until a resume.
    const stored = await readDeployment(pool, id)
    const seen = await automation.deployment(id)
    assert.ok(
      seen.lastEvent >= (stored?.lastEvent ?? 0),
      `${seen.lastEvent} was polled after ${stored?.lastEvent ?? 0} was stored`
    )
    if (seen.lastEvent === stored?.lastEvent) assert.deepEqual(seen, stored)
  }
  return polls
}

suite('polling a deployment', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('a poll is never older than the store; what is unchanged is not read again', async () => {
    const runner = new ScriptedRunner(4, async (unit) => {
      await delay(2)
      return succeeded(unit)
    })
    await withService(server, runner, async (automation, databaseUrl) => {
      const pool = createPool(databaseUrl, { max: 2, name: 'windlass-test' })
      try {
        const { deployment: { id } } = await automation.launch(
          request({ phases: { from: 1, to: 3 }, approvals: 'each-phase' })
        )
        const over = new AbortController()
        const polling = poll(automation, pool, id, over.signal)
        for (const phase of [1, 2]) {
          await until(automation, id, 'deployment.waiting', { phase })
          assert.equal((await automation.deployment(id)).gate?.phase, phase)
          const going = await automation.approve(id, { phase })
          assert.notEqual(going.gate?.phase, phase)
          assert.notEqual((await automation.deployment(id)).gate?.phase, phase)
        }
        const { seq } = await until(automation, id, 'deployment.waiting', { phase: 3 })
        assert.ok(['canceling', 'canceled'].includes((await automation.cancel(id)).status))
        assert.ok(['canceling', 'canceled'].includes((await automation.deployment(id)).status))
        const { events } = await ended(automation, id, seq)
        await automation.resume(id)
        assert.notEqual((await automation.deployment(id)).status, 'canceled')
        await until(automation, id, 'deployment.waiting', { after: events.at(-1)?.seq, phase: 3 })
        await automation.approve(id, { phase: 3 })
        const { deployment } = await ended(automation, id, events.at(-1)?.seq)
        assert.equal(deployment.status, 'succeeded')
        over.abort()
        assert.ok(await polling > 10)
        assert.deepEqual(deployment, await readDeployment(pool, id))
        assert.equal(await automation.deployment(id), deployment)
        await automation.deployment('none').then(
          () => assert.fail('there is none'),
          ({ code }: { code: string }) => {
            assert.equal(code, 'deployment-not-found')
          }
        )
      } finally {
        await pool.end()
      }
    })
  })
})
