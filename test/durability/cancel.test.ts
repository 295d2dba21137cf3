/**
 * A cancel during slow cloud operations: they end and are saved within the grace time, or are cut
 * off and settled by the next attempt. Nothing is made twice and nothing is left over.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Deployment } from '../../contract/deployment.ts'
import { type Event } from '../../contract/event.ts'
import { call, ended, eventsOf, launch, run, until } from '../fixtures/client.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { readWorld } from '../fixtures/stored-world.ts'

const cluster = 'nautilus-hub-us-west'

// The two wait most of their time, and share nothing.
suite('a cancel during slow operations', { timeout: 240_000, concurrency: 2 }, () => {
  for (const [title, graceSeconds] of [['with time to end', 30], ['with no time at all', 0]] as const) {
    suite(title, () => {
      let installation: Installation
      before(async () => {
        installation = await makeInstallation({
          // The units of one cluster run one after another.
          environment: { WINDLASS_GRACE_SECONDS: String(graceSeconds), WINDLASS_WORKERS: '1' }
        })
      })
      after(async () => {
        await installation?.close()
      })

      test('resume completes, and destroy leaves nothing', async () => {
        const service = await installation.start()
        // At a two-hundredth of the real durations the control plane takes three seconds: the
        // cancel falls into it.
        const body = {
          federation: 'nautilus',
          operation: 'up',
          phases: { from: 1, to: 2 },
          clusters: [cluster],
          rehearsal: { timeScale: 0.005 }
        }
        const { id } = await launch(service.url, body)
        const begun = (event: Event): boolean =>
          event.type === 'resource.started' && JSON.stringify(event).includes('aws:eks/cluster:Cluster')
        while (!(await eventsOf(service.url, id)).some(begun)) await delay(50)
        await call(service.url, 'POST', `/v1/deployments/${id}/cancel`)
        const canceled = await until(service.url, id, ended)
        assert.equal(canceled.status, 'canceled')

        await call(service.url, 'POST', `/v1/deployments/${id}/resume`)
        const resumed = await until(
          service.url,
          id,
          (deployment) => ended(deployment) && deployment.lastEvent > canceled.lastEvent + 2
        )
        assert.equal(resumed.status, 'succeeded', JSON.stringify(resumed.error))
        const world = await readWorld(await installation.databaseUrl())
        const tokens = world.records.map((record) => record.token).sort()
        assert.deepEqual(tokens, [...new Set(tokens)], 'something was made twice')

        const destroyed: Deployment = await run(service.url, {
          ...body,
          operation: 'destroy',
          rehearsal: { timeScale: 0 }
        })
        assert.equal(destroyed.status, 'succeeded', JSON.stringify(destroyed.error))
        const empty = await readWorld(await installation.databaseUrl())
        assert.deepEqual([empty.records, empty.stacks], [[], []])
      })
    })
  }
})
