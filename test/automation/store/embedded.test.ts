import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { startEmbedded } from '../../../automation/store/postgres/embedded.ts'
import { makeDataFolder } from '../../fixtures/data-folder.ts'

async function ask (url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('embedded PostgreSQL is made on first use, taken up while it runs, and started again with its data', {
  timeout: 120_000
}, async () => {
  const data = await makeDataFolder()
  try {
    const first = await startEmbedded({ dataFolder: data.folder })
    await ask(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)')
    // Nobody stopped it: what a service that was killed leaves.
    const second = await startEmbedded({ dataFolder: data.folder })
    assert.equal(second.url, first.url)
    await second.close()
    await assert.rejects(ask(first.url, 'SELECT 1'))
    const third = await startEmbedded({ dataFolder: data.folder })
    assert.deepEqual(await ask(third.url, 'SELECT n FROM kept'), [{ n: 7 }])
    await third.close()
  } finally {
    await data.remove()
  }
})

test(
  'a service that ends does not stop the PostgreSQL that another still uses',
  { timeout: 120_000 },
  async () => {
    const data = await makeDataFolder()
    try {
      const one = await startEmbedded({ dataFolder: data.folder })
      const other = await startEmbedded({ dataFolder: data.folder })
      const user = new pg.Client({ connectionString: other.url })
      await user.connect()
      await one.close()
      assert.deepEqual((await user.query('SELECT 1 AS n')).rows, [{ n: 1 }])
      await user.end()
      await other.close()
      await assert.rejects(ask(other.url, 'SELECT 1'))
    } finally {
      await data.remove()
    }
  }
)

test('a wrong password is no entry', { timeout: 120_000 }, async () => {
  const data = await makeDataFolder()
  try {
    const postgres = await startEmbedded({ dataFolder: data.folder })
    await assert.rejects(
      ask(postgres.url.replace(/windlass:[^@]*@/, 'windlass:guess@'), 'SELECT 1'),
      /password authentication failed/
    )
    await postgres.close()
  } finally {
    await data.remove()
  }
})
