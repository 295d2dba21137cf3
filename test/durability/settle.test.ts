/**
 * The narrowest gap: the cloud has made a resource, and the process dies before it has written that
 * down. The next attempt must find the resource instead of making it again.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { ended, eventsOf, launch, until } from '../fixtures/client.ts'
import { holdJournal } from '../fixtures/held-journal.ts'
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import type { Service } from '../fixtures/service.ts'
import { readWorld } from '../fixtures/stored-world.ts'

const type = 'aws:kms/key:Key'

suite('a kill between the cloud’s create and the write of its state', { timeout: 240_000 }, () => {
  let installation: Installation
  let service: Service
  let database: string

  before(async () => {
    // The units of one cluster run one after another.
    installation = await makeInstallation({ environment: { WINDLASS_WORKERS: '1' } })
    service = await installation.start()
    database = await installation.databaseUrl()
  })
  after(async () => {
    await installation?.close()
  })

  test('the resource is adopted: one exists, one is in the state, none is pending', async () => {
    const held = await holdJournal(database, type)
    const { id } = await launch(service.url, {
      federation: 'nautilus',
      operation: 'up',
      phases: { from: 1, to: 1 },
      clusters: ['nautilus-primary-us-east']
    })
    await held.reached()
    const before = await readWorld(database)
    assert.equal(before.records.filter((record) => record.type === type).length, 1, 'the cloud has it')

    await service.kill()
    await held.release()

    service = await installation.start()
    const deployment = await until(service.url, id, ended)
    assert.equal(deployment.status, 'succeeded', JSON.stringify(deployment.error))
    const after = await readWorld(database)
    const keys = after.records.filter((record) => record.type === type)
    assert.equal(keys.length, 1, 'made once')
    const stack = after.stacks.find((candidate) =>
      candidate.stack === 'nautilus.prerequisites.nautilus-primary-us-east'
    )
    assert.deepEqual(
      stack?.deployment?.resources?.filter((resource) => resource.type === type).map((resource) =>
        resource.urn
      ),
      [keys[0]?.token]
    )
    assert.equal(stack?.deployment?.pending_operations, undefined)
    const types = (await eventsOf(service.url, id)).filter((event) => event.type.startsWith('unit.')).map((
      event
    ) => event.type)
    assert.deepEqual(types, ['unit.started', 'unit.interrupted', 'unit.started', 'unit.succeeded'])
  })
})
