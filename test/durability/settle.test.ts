/**
 * The narrowest gap: the cloud has made a resource, the process dies before it has written that
 * down. The next attempt must find it, not make it twice. A trigger holds the write of the state
 * back, so that the kill falls exactly there.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { ended, eventsOf, launch, until } from '../fixtures/client.ts'
import { type Service, makeDataFolder, startService } from '../fixtures/service.ts'
import { databaseOf, readWorld } from '../fixtures/stored-world.ts'

const held = 4711 // the advisory lock that the trigger waits for
const type = 'aws:kms/key:Key'

suite('a kill between the cloud’s create and the write of its state', { timeout: 240_000 }, () => {
  // One cluster's units hardly ever run side by side.
  const environment = { WINDLASS_WORKERS: '1' }
  let service: Service
  let data: Awaited<ReturnType<typeof makeDataFolder>>
  let client: pg.Client

  before(async () => {
    data = await makeDataFolder()
    service = await startService({ dataFolder: data.folder, environment })
    client = new pg.Client({ connectionString: await databaseOf(data.folder) })
    await client.connect()
  })
  after(async () => {
    await client?.end()
    await service?.stop()
    await data?.remove()
  })

  test('the resource is adopted: one exists, one is in the state, none is pending', async () => {
    await client.query(`
      CREATE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(${held}); RETURN NEW; END $$;
      CREATE TRIGGER hold_back BEFORE INSERT ON windlass.stack_journal FOR EACH ROW
        WHEN (NEW.entry LIKE '%"kind":"end"%' AND NEW.entry LIKE '%"type":"${type}"%') EXECUTE FUNCTION hold_back();`)
    await client.query('SELECT pg_advisory_lock($1)', [held])
    const { id } = await launch(service.url, {
      federation: 'nautilus',
      operation: 'up',
      phases: { from: 1, to: 1 },
      clusters: ['nautilus-primary-us-east']
    })
    const waiting =
      "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%stack_journal%'"
    while ((await client.query(waiting)).rowCount === 0) await delay(20)
    const before = await readWorld(await databaseOf(data.folder))
    assert.equal(before.records.filter((record) => record.type === type).length, 1, 'the cloud has it')

    await service.kill()
    // The killed client's statement would still be carried out once the lock is free: a machine
    // that dies takes it along.
    while ((await client.query(waiting)).rowCount !== 0) {
      await client.query(`SELECT pg_terminate_backend(pid) FROM (${waiting}) AS blocked`)
    }
    await client.query('DROP TRIGGER hold_back ON windlass.stack_journal')
    await client.query('SELECT pg_advisory_unlock($1)', [held])

    service = await startService({ dataFolder: data.folder, environment })
    const deployment = await until(service.url, id, ended)
    assert.equal(deployment.status, 'succeeded', JSON.stringify(deployment.error))
    const after = await readWorld(await databaseOf(data.folder))
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
