/**
 * A preview before anything is deployed, faults on command and the resume after them, and the three
 * ways to read the same events.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Event } from '../../contract/event.ts'
import { all, call, ended, eventsOf, launch, readStream, run, unitsOf, until } from '../fixtures/client.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { onePair, pairAndHub, partOfNautilus } from '../fixtures/part-of-nautilus.ts'
import type { Service } from '../fixtures/service.ts'
import { readWorld } from '../fixtures/stored-world.ts'
import { lostClusterSuite } from './lost-cluster.ts'

suite('previews, faults and streams', { timeout: 300_000 }, () => {
  let installation: Installation
  let service: Service
  before(async () => {
    installation = await makeInstallation({
      environment: async (folder) => ({ WINDLASS_FEDERATIONS: await partOfNautilus(folder, pairAndHub) })
    })
    service = await installation.start()
  })
  after(async () => {
    await installation?.close()
  })

  test('a preview of what is not deployed succeeds and leaves nothing', async () => {
    const deployment = await run(service.url, { federation: 'nautilus', operation: 'preview' })
    assert.equal(deployment.status, 'succeeded', JSON.stringify(deployment.error))
    assert.ok(
      deployment.resourceChanges.create > 500,
      `${deployment.resourceChanges.create} resources to create`
    )
    const world = await readWorld(await installation.databaseUrl())
    assert.deepEqual([world.records.length, world.stacks.length], [0, 0])
  })

  test('a resource that fails in one cluster fails the deployment; resume does the rest', async () => {
    const fault = {
      kind: 'fail',
      cluster: 'nautilus-hub-us-west',
      type: 'aws:ec2/managedPrefixList:ManagedPrefixList',
      operation: 'create',
      times: 1
    }
    const failed = await run(service.url, {
      federation: 'nautilus',
      operation: 'up',
      phases: { from: 1, to: 4 },
      rehearsal: { world: 'broken', faults: [fault] }
    })
    assert.equal(failed.status, 'failed')
    assert.equal(failed.error?.unit, 'networking.nautilus-hub-us-west')
    const before = await unitsOf(service.url, failed.id)
    const status = (id: string): string | undefined => before.find((unit) => unit.id === id)?.status
    assert.equal(status('networking.nautilus-hub-us-west'), 'failed')
    assert.match(
      before.find((unit) => unit.id === 'networking.nautilus-hub-us-west')?.error?.resource ?? '',
      /ManagedPrefixList/
    )
    // The other clusters' units of the phase finished. Units that depend on the failed one were
    // skipped and say why.
    assert.deepEqual(
      before.filter((unit) => unit.phase === 3 && unit.clusters.length === 1 && unit.status !== 'succeeded')
        .map((unit) => unit.id),
      ['networking.nautilus-hub-us-west']
    )
    const skipped = before.filter((unit) => unit.status === 'skipped')
    assert.ok(skipped.some((unit) => unit.id === 'networking.aws'))
    assert.deepEqual(skipped.filter((unit) => !unit.reason), [])

    const attempts = new Map(before.map((unit) => [unit.id, unit.attempt]))
    assert.equal((await call(service.url, 'POST', `/v1/deployments/${failed.id}/resume`)).status, 200)
    const resumed = await until(
      service.url,
      failed.id,
      (deployment) => ended(deployment) && deployment.lastEvent > failed.lastEvent + 2
    )
    assert.equal(resumed.status, 'succeeded')
    const after = await unitsOf(service.url, failed.id)
    assert.deepEqual([...new Set(after.map((unit) => unit.status))], ['succeeded'])
    for (const unit of before) {
      const again = after.find((candidate) => candidate.id === unit.id)
      if (unit.status === 'succeeded') {
        assert.equal(again?.attempt, attempts.get(unit.id), `${unit.id} ran again`)
      }
    }
    const events = await eventsOf(service.url, failed.id)
    const restarted = events.slice(failed.lastEvent).filter((event) => event.type === 'unit.started').map((
      event
    ) => event.unit)
    assert.deepEqual(
      restarted.sort(),
      before.filter((unit) => unit.status !== 'succeeded').map((unit) => unit.id).sort()
    )
  })

  test('a fault that could never fire, and a page after no deployment, are refused by field', async () => {
    const refused = async (fault: Record<string, unknown>): Promise<[number, unknown, string]> => {
      const { status, body } = await call(service.url, 'POST', '/v1/deployments', {
        federation: 'nautilus',
        operation: 'up',
        rehearsal: {
          faults: [{ kind: 'fail', cluster: 'nautilus-hub-us-west' }, { kind: 'fail', ...fault }]
        }
      })
      const problem = body as { code: string, detail: string, details?: { field?: string } }
      return [status, problem.code, problem.detail]
    }
    const [status, code, detail] = await refused({ cluster: 'nautilus-hub-us-wets' })
    assert.deepEqual([status, code], [400, 'request-invalid'])
    assert.match(
      detail,
      /^rehearsal\.faults\[1\]\.cluster: nautilus has no cluster nautilus-hub-us-wets, did you mean nautilus-hub-us-west; it has .*nautilus-primary-us-east/
    )
    assert.match(
      (await refused({ cloud: 'gcp', region: 'us-east-1' }))[2],
      /^rehearsal\.faults\[1\]\.region: nautilus has no region us-east-1 on gcp; it has us-west1/
    )
    const page = await call(service.url, 'GET', '/v1/deployments?after=nobody')
    assert.deepEqual([page.status, (page.body as { code: string }).code], [400, 'request-invalid'])
    assert.match((page.body as { detail: string }).detail, /^after: there is no deployment nobody/)
  })

  test('a throttled call is retried and the deployment succeeds', async () => {
    const deployment = await run(service.url, {
      federation: 'nautilus',
      operation: 'up',
      phases: { from: 1, to: 1 },
      clusters: ['nautilus-primary-us-east'],
      rehearsal: {
        world: 'throttled',
        faults: [{ kind: 'throttle', cloud: 'aws', type: 'aws:kms/key:Key', times: 1 }]
      }
    })
    assert.equal(deployment.status, 'succeeded', JSON.stringify(deployment.error))
    const events = await eventsOf(service.url, deployment.id)
    assert.equal(events.filter((event) => event.type === 'unit.retrying').length, 1)
  })

  test('two streams, one of them cut and resumed, and a poller read the same events 1..n', async () => {
    const { id } = await launch(service.url, {
      federation: 'nautilus',
      operation: 'up',
      phases: { from: 1, to: 2 },
      rehearsal: { world: 'streams' }
    })
    const whole = readStream(service.url, id)
    const cut = (async () => {
      const first = new AbortController()
      const { events } = await readStream(service.url, id, {
        signal: first.signal,
        onEvent: (event) => {
          if (event.seq === 5) first.abort()
        }
      })
      // It is away until the deployment has gone on.
      const seen = events.filter((event) => event.seq <= 5)
      await until(service.url, id, (deployment) => deployment.lastEvent > 60 || ended(deployment))
      const rest = await readStream(service.url, id, { after: seen.at(-1)?.seq ?? 0 })
      return [...seen, ...rest.events]
    })()
    const polled: Event[] = []
    for (let done = false; !done;) {
      // Asked before the page is read, so that the page has all that was stored until then.
      const over = ended(await until(service.url, id, () => true))
      const last: number = polled.at(-1)?.seq ?? 0
      const { body } = await call<{ items: Event[] }>(
        service.url,
        'GET',
        `/v1/deployments/${id}/events?after=${last}&limit=37`
      )
      polled.push(...body.items)
      done = body.items.length === 0 && over
    }
    const [one, two] = [(await whole).events, await cut]
    assert.deepEqual(one.map((event) => event.seq), one.map((_, index) => index + 1))
    assert.deepEqual(two, one)
    assert.deepEqual(polled, one)
    assert.deepEqual(await all(service.url, `/v1/deployments/${id}/events`, 10), one)
    assert.equal((await readStream(service.url, id, { after: one.length })).status, 204)
  })
  lostClusterSuite(async () => ({
    url: service.url,
    world: 'streams',
    database: await installation.databaseUrl(),
    lost: 'nautilus-hub-us-west',
    lose: async () => {
      await partOfNautilus(installation.folder, onePair)
    }
  }))
})
