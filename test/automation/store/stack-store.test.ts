import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { LeaseLostError, StackLockedError } from '../../../automation/stacks/storage-errors.ts'
import { type DeploymentV3, type HistoryEntry } from '../../../automation/stacks/types.ts'
import { type Pool } from '../../../automation/store/postgres/database.ts'
import { createStackStore } from '../../../automation/store/stacks/stack-store.ts'
import { type TestServer, startDatabase } from '../../fixtures/database.ts'

const ref = { project: 'windlass', stack: 'nautilus.mesh.global' }
const place = 'rehearsal:default'
const deployment: DeploymentV3 = {
  manifest: { time: 't', magic: 'm', version: 'v' },
  resources: [{ urn: 'urn:a', custom: false, type: 'x' }]
}
const entry = (seq: number): { seq: number, what: string } => ({ seq, what: `change ${seq}` })
const history = (message: string): HistoryEntry => ({
  kind: 'update',
  startTime: 's',
  message,
  environment: {},
  config: {},
  result: 'succeeded',
  endTime: 'e',
  version: 0
})

suite('stack store', () => {
  let server: TestServer
  let pool: Pool
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })
  const lease = (fence: number): Promise<unknown> =>
    pool.query(
      'INSERT INTO windlass.leases (place, stack, fence, holder) VALUES ($1, $2, $3, $4) ON CONFLICT ' +
        '(place, stack) DO UPDATE SET fence = excluded.fence',
      [place, ref.stack, fence, 'test']
    )

  test('a stack is made once, listed, renamed and removed with its history', async () => {
    pool = (await server.database()).pool
    const store = createStackStore(pool, { place })
    assert.equal(await store.create(ref), true)
    assert.equal(await store.create(ref), false)
    const update = await store.begin(ref, 'update')
    await update.finish(deployment, history('first'))
    const to = { project: 'windlass', stack: 'renamed' }
    await store.rename(ref, to)
    assert.deepEqual(
      (await store.list()).map((stack) => [stack.stack, stack.resourceCount, stack.updateInProgress]),
      [['renamed', 1, false]]
    )
    assert.deepEqual((await store.history(to)).map((item) => item.message), ['first'])
    assert.equal(await store.remove(to), true)
    assert.deepEqual([await store.has(to), await store.remove(to), await store.history(to)], [
      false,
      false,
      []
    ])
  })

  test('the journal is kept in order beside the last deployment until the operation finishes', async () => {
    pool = (await server.database()).pool
    const store = createStackStore(pool, { place })
    await store.create(ref)
    const update = await store.begin(ref, 'update')
    await update.append([entry(1), entry(2)])
    await update.append([entry(3)])
    assert.deepEqual(await store.load(ref), {
      deployment: undefined,
      journal: [entry(1), entry(2), entry(3)]
    })
    await update.finish(deployment)
    assert.deepEqual(await store.load(ref), { deployment, journal: [] })
  })

  test('places do not see each other', async () => {
    pool = (await server.database()).pool
    await createStackStore(pool, { place }).create(ref)
    assert.equal(await createStackStore(pool, { place: 'live' }).has(ref), false)
    assert.deepEqual(await createStackStore(pool, { place: 'rehearsal:other' }).list(), [])
  })

  test('a second operation is refused while the first holds the lock, and says who holds it', async () => {
    pool = (await server.database()).pool
    const store = createStackStore(pool, { place })
    await store.create(ref)
    const first = await store.begin(ref, 'update')
    await assert.rejects(
      store.begin(ref, 'update'),
      (error) => error instanceof StackLockedError && error.owner.pid === process.pid
    )
    await first.release()
    await (await store.begin(ref, 'refresh')).release()
  })

  test('whoever lost the lease writes nothing: no journal, no state, no lock, no removal', async () => {
    pool = (await server.database()).pool
    await lease(1)
    const old = createStackStore(pool, { place, fence: 1 })
    await old.create(ref)
    const update = await old.begin(ref, 'update')
    await update.append([entry(1)])
    await lease(2)
    await assert.rejects(update.append([entry(2)]), LeaseLostError)
    await assert.rejects(update.finish(deployment), LeaseLostError)
    await assert.rejects(update.release(), LeaseLostError)
    await assert.rejects(old.remove(ref), LeaseLostError)
    await assert.rejects(old.begin(ref, 'update'), LeaseLostError)
    assert.deepEqual(await old.load(ref), { deployment: undefined, journal: [entry(1)] })
  })

  test('the holder of a later fence takes over the lock that a dead holder left', async () => {
    pool = (await server.database()).pool
    await lease(1)
    const dead = createStackStore(pool, { place, fence: 1 })
    await dead.create(ref)
    await (await dead.begin(ref, 'update')).append([entry(1)])
    await lease(2)
    const heir = createStackStore(pool, { place, fence: 2 })
    const update = await heir.begin(ref, 'update')
    await assert.rejects(heir.begin(ref, 'update'), StackLockedError)
    await update.append([entry(2)])
    await update.finish(deployment)
    assert.deepEqual((await heir.load(ref)).deployment, deployment)
  })
})
