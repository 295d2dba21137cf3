import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
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

test(
  'a server that was killed starts again at its address, whatever it left',
  { timeout: 120_000 },
  async () => {
    const data = await makeDataFolder()
    const notices: string[] = []
    const { signal } = new AbortController()
    try {
      const postgres = await startEmbedded({
        dataFolder: data.folder,
        onNotice: (notice) => {
          notices.push(notice)
        }
      })
      const lock = join(postgres.dataFolder, 'postmaster.pid')
      await ask(postgres.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)')

      // One that runs is left alone.
      const before = await readFile(lock, 'utf8')
      await postgres.revive(signal)
      assert.equal(await readFile(lock, 'utf8'), before)

      // A session that does not notice the end keeps the shared memory.
      const session = new pg.Client({ connectionString: postgres.url })
      session.on('error', () => undefined)
      await session.connect()
      const { rows } = await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      const stuck = rows[0]?.pid ?? 0
      process.kill(stuck, 'SIGSTOP')
      await killPostmaster(lock)
      await postgres.revive(signal)
      assert.deepEqual(await ask(postgres.url, 'SELECT n FROM kept'), [{ n: 7 }])
      assert.ok(notices.some((notice) => notice.includes(`process ${stuck}`)), notices.join('\n'))

      // The number of the dead postmaster is another process's of the same user.
      await killPostmaster(lock)
      const { uid, gid } = await stat(postgres.dataFolder)
      const other = spawn('sleep', ['600'], { uid, gid, cwd: '/', stdio: 'ignore' })
      await once(other, 'spawn')
      const [, ...rest] = (await readFile(lock, 'utf8')).split('\n')
      await writeFile(lock, [other.pid, ...rest].join('\n'))
      await postgres.revive(signal)
      assert.deepEqual(await ask(postgres.url, 'SELECT n FROM kept'), [{ n: 7 }])
      assert.equal(other.exitCode, null)
      other.kill('SIGKILL')
      await postgres.close()
    } finally {
      await data.remove()
    }
  }
)

/** Kills the postmaster and waits until it is gone. */
async function killPostmaster (lock: string): Promise<void> {
  const pid = Number((await readFile(lock, 'utf8')).split('\n', 1)[0])
  process.kill(pid, 'SIGKILL')
  while (/postgres/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))) await delay(10)
}
