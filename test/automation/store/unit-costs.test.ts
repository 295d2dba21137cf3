import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { readDeployment } from '../../../automation/store/deployments/deployments.ts'
import { insertDeployment } from '../../../automation/store/deployments/new-deployment.ts'
import { type Pool, transaction } from '../../../automation/store/postgres/database.ts'
import { createSealer } from '../../../automation/store/postgres/sealer.ts'
import { endAttempt, returnAttempt } from '../../../automation/store/units/attempt-end.ts'
import { claimUnit } from '../../../automation/store/units/claim.ts'
import { knownCosts } from '../../../automation/store/units/unit-costs.ts'
import { readUnit } from '../../../automation/store/units/units.ts'
import { type CostRecord } from '../../../pricing/change.ts'
import { type TestServer, startDatabase } from '../../fixtures/database.ts'

const sealer = createSealer(Buffer.alloc(32, 1))
const changes = { create: 0, update: 0, delete: 0, replace: 0, same: 0 }

function record (from: number, to: number): CostRecord {
  const line = (monthly: number) => ({
    type: 'aws:kms/key:Key',
    kind: 'fixed' as const,
    meter: 'key',
    count: 1,
    quantity: monthly,
    monthly
  })
  return {
    prices: 'digest',
    before: { monthly: from, lines: [line(from)] },
    after: {
      monthly: to,
      currency: 'USD',
      range: { min: to, max: to * 2 },
      usage: 0,
      fromMemory: 1,
      perCluster: [{ monthly: to }],
      lines: [line(to)],
      unpriced: [{ type: 'made:up:Thing', reason: 'unknown', count: 2 }]
    }
  }
}

suite('costs of units', () => {
  let server: TestServer
  let pool: Pool
  before(async () => {
    server = await startDatabase()
    pool = (await server.database()).pool
    await transaction(pool, (client) =>
      insertDeployment(client, {
        id: 'one',
        source: 'text',
        world: 'w',
        fresh: false,
        place: 'rehearsal:w',
        gates: [],
        warnings: [],
        parallelism: 1,
        bodyHash: 'h',
        request: {
          federation: 'f',
          operation: 'up',
          mode: 'rehearsal',
          phases: { from: 1, to: 1 },
          ordering: 'phased',
          approvals: 'none'
        },
        units: [{
          id: 'a',
          phase: 1,
          phaseName: 'prerequisites',
          scope: { kind: 'cloud', name: 'a', clusters: [] },
          clusters: [],
          stack: 'f.prerequisites.a',
          dependsOn: [],
          reads: [],
          follows: [],
          predicted: { start: 0, end: 1, seconds: 1 }
        }]
      }))
    await pool.query("UPDATE windlass.deployments SET status = 'running'")
  })
  after(async () => {
    await server.close()
  })

  test(
    'the difference is that of all attempts, in the unit and in the deployment, and the last is what plans ' +
      'know',
    async () => {
      assert.equal((await readDeployment(pool, 'one'))?.cost, undefined)
      const attempt = async () => ({
        deployment: 'one',
        unit: 'a',
        fence: (await transaction(pool, (client) =>
          claimUnit(client, { deployment: 'one', unit: 'a', executor: 'x' })))?.fence ?? 0
      })
      assert.ok(
        await returnAttempt(pool, await attempt(), {
          changes,
          cost: record(5, 8),
          retryAt: Date.now(),
          reason: 'again',
          failures: 1,
          losses: 0,
          settle: false
        })
      )
      assert.ok(
        await endAttempt(pool, sealer, await attempt(), {
          status: 'succeeded',
          changes,
          cost: record(8, 20),
          stored: 'keep',
          settle: false
        })
      )
      const { cost } = await readUnit(pool, sealer, 'one', 'a') ?? {}
      assert.deepEqual([cost?.before, cost?.monthly, cost?.difference, cost?.changes[0]?.before], [
        5,
        20,
        15,
        5
      ])
      const { cost: whole } = await readDeployment(pool, 'one') ?? {}
      assert.deepEqual(whole, {
        monthly: 20,
        before: 5,
        difference: 15,
        currency: 'USD',
        usage: 0,
        fromMemory: 1,
        range: { min: 20, max: 40 },
        unpriced: 2,
        units: 1,
        perPhase: [{ phase: 1, monthly: 20, before: 5, difference: 15 }]
      })
      const known = async (source: string, prices: string) =>
        [...(await knownCosts(pool, { federation: 'f', source, prices })).values()].map(({ monthly }) =>
          monthly
        )
      assert.deepEqual([
        await known('text', 'digest'),
        await known('edited', 'digest'),
        await known('text', 'other prices')
      ], [[20], [], []])
    }
  )
})
