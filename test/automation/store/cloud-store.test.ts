import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, suite, test } from 'node:test'
import { type CloudRecord } from '../../../automation/stacks/types.ts'
import { type Pool } from '../../../automation/store/postgres/database.ts'
import { createSealer } from '../../../automation/store/postgres/sealer.ts'
import { createCloudStore } from '../../../automation/store/worlds/cloud-store.ts'
import { type TestServer, startDatabase } from '../../fixtures/database.ts'

const record = (id: string, more: Partial<CloudRecord> = {}): CloudRecord => ({
  id,
  pkg: 'aws',
  type: 'aws:ec2/vpc:Vpc',
  account: '123456789012',
  region: 'us-east-1',
  name: id,
  token: `urn:${id}`,
  incarnation: 'a1',
  created: '2026-01-01T00:00:00Z',
  inputs: { cidrBlock: '10.1.0.0/16' },
  outputs: { arn: `arn:${id}` },
  ...more
})

suite('cloud store', () => {
  let server: TestServer
  let pool: Pool
  const sealer = createSealer(randomBytes(32))
  before(async () => {
    server = await startDatabase()
    pool = (await server.database()).pool
  })
  after(async () => {
    await server.close()
  })

  test('what was put is found by any of its fields, replaced by its key, and gone once deleted', async () => {
    const store = createCloudStore(pool, { world: 'one', sealer })
    await store.put(record('vpc-1'), record('vpc-2', { region: 'eu-west-1' }))
    await store.put(record('vpc-2', { region: 'eu-west-1', outputs: { arn: 'changed' } }))
    assert.deepEqual((await store.find({ region: 'eu-west-1' })).map((found) => found.outputs), [{
      arn: 'changed'
    }])
    assert.deepEqual(await store.find({ token: 'urn:vpc-1' }), [record('vpc-1')])
    assert.equal(await store.count({ pkg: 'aws', type: 'aws:ec2/vpc:Vpc' }), 2)
    assert.deepEqual([await store.delete(record('vpc-1')), await store.delete(record('vpc-1'))], [
      true,
      false
    ])
    assert.equal(await store.count({}), 1)
  })

  test('a query with alternatives gives what any of them asks for, each record once', async () => {
    const store = createCloudStore(pool, { world: 'any', sealer })
    for (const region of ['a', 'b', 'c']) {
      for (const name of ['x', 'y']) await store.put(record(`${region}-${name}`, { region, name }))
    }
    const ids = async (query: Parameters<typeof store.find>[0]): Promise<string[]> =>
      (await store.find(query)).map((found) => found.id).sort()
    assert.deepEqual(
      await ids({
        any: [{ region: 'a' }, { name: 'y' }, { id: 'a-y' }, { id: 'c-x', region: 'c' }, { region: 'a' }]
      }),
      ['a-x', 'a-y', 'b-y', 'c-x', 'c-y']
    )
    assert.deepEqual(await ids({ pkg: 'aws', any: [{ region: 'b' }] }), ['b-x', 'b-y'])
    assert.deepEqual(await ids({ pkg: 'gcp', any: [{ region: 'b' }] }), [])
    assert.deepEqual(await ids({ any: [] }), [])
    assert.equal(await store.count({ any: [{ region: 'a' }, { name: 'y' }] }), 4)
  })

  test('worlds do not see each other', async () => {
    await createCloudStore(pool, { world: 'two', sealer }).put(record('vpc-9'))
    assert.deepEqual(await createCloudStore(pool, { world: 'three', sealer }).find({ id: 'vpc-9' }), [])
  })

  test('what a record holds is not readable in the database', async () => {
    await createCloudStore(pool, { world: 'four', sealer }).put(
      record('db', { outputs: { password: 'correct horse battery staple' } })
    )
    const { rows } = await pool.query('SELECT * FROM windlass.cloud_records WHERE world = $1', ['four'])
    assert.equal(rows.length, 1)
    assert.doesNotMatch(JSON.stringify(rows), /correct horse|10\.1\.0\.0/)
  })

  test('a fault counts how often it fired, per world', async () => {
    const [one, other] = [
      createCloudStore(pool, { world: 'five', sealer }),
      createCloudStore(pool, { world: 'six', sealer })
    ]
    assert.deepEqual([await one.countFault('f'), await one.countFault('f'), await other.countFault('f')], [
      0,
      1,
      0
    ])
  })
})
