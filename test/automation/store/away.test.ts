import assert from 'node:assert/strict'
import { createServer, type AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { storeAway } from '../../../automation/store/postgres/away.ts'
import { createPool } from '../../../automation/store/postgres/database.ts'
import { type TestServer, startDatabase } from '../../fixtures/database.ts'

/** The error that the work rejects with. */
async function failureOf (work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  throw new assert.AssertionError({ message: 'it did not fail' })
}

suite('a database that is away', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server?.close()
  })

  test('a connection that ends during a query is store-unavailable and retryable', async () => {
    const { pool } = await server.database()
    const error = storeAway(await failureOf(pool.query('SELECT pg_terminate_backend(pg_backend_pid())')))
    assert.deepEqual([error?.code, error?.retryable], ['store-unavailable', true])
  })

  test('so is a port on which nobody listens, by address and by name', async () => {
    const listener = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => {
      listener.once('listening', resolve)
    })
    const { port } = listener.address() as AddressInfo
    await new Promise((resolve) => {
      listener.close(resolve)
    })
    for (const host of ['127.0.0.1', 'localhost']) {
      const pool = createPool(`postgres://nobody@${host}:${port}/none`, { max: 1, name: 'test' })
      assert.equal(storeAway(await failureOf(pool.query('SELECT 1')))?.code, 'store-unavailable', host)
      await pool.end()
    }
  })

  test('a statement that is wrong is not', async () => {
    const { pool } = await server.database()
    assert.equal(storeAway(await failureOf(pool.query('SELECT nothing FROM nowhere'))), undefined)
    assert.equal(storeAway(new TypeError('x is not a function')), undefined)
  })
})
