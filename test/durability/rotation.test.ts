/**
 * The secrets key is changed under a world that real programs deployed: by the command, and cut off
 * between the database and the files.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { rotateKey } from '../../automation/keys/rotate.ts'
import { createPool } from '../../automation/store/postgres/database.ts'
import { startEmbedded } from '../../automation/store/postgres/embedded.ts'
import { rotationKeys } from '../../server/secrets-key.ts'
import { call, run } from '../fixtures/client.ts'
import { makeDataFolder, repository, startService, type Service } from '../fixtures/service.ts'

const part = { federation: 'nautilus', phases: { from: 1, to: 1 }, clusters: ['nautilus-primary-us-east'] }

suite('the secrets key', { timeout: 240_000 }, () => {
  const environment = { WINDLASS_WORKERS: '1' }
  let service: Service | undefined
  let data: Awaited<ReturnType<typeof makeDataFolder>>
  /** What was put out at the first deployment. */
  let deployed: Record<string, unknown>
  before(async () => {
    data = await makeDataFolder()
  })
  after(async () => {
    await service?.stop()
    await data?.remove()
  })
  const started = async (): Promise<
    Service
  > => (service = await startService({ dataFolder: data.folder, environment }))
  const stopped = async (): Promise<void> => {
    await service?.stop()
    service = undefined
  }
  const rotated = async (): Promise<{ code: number, text: string }> =>
    await new Promise((resolve) => {
      execFile(process.execPath, [join(repository, 'scripts/rotate-key.ts')], {
        env: { ...process.env, WINDLASS_DATA: data.folder }
      }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr })
      })
    })
  const keyFile = () => join(data.folder, 'secrets.key')
  const outputs = async (url: string) => (await call(url, 'GET', '/v1/federations/nautilus/outputs')).body
  /** A preview finds nothing to do: states, outputs and secrets are what they were. */
  async function unchanged (url: string): Promise<void> {
    const { status, resourceChanges: { same, ...changes } } = await run(url, {
      ...part,
      operation: 'preview'
    })
    assert.deepEqual([status, changes], ['succeeded', { create: 0, update: 0, delete: 0, replace: 0 }])
    assert.ok(same > 5, `${same} the same`)
  }

  test('is changed by a command while the service is stopped, and by no more than that what is deployed', async () => {
    const { url } = await started()
    assert.equal((await run(url, { ...part, operation: 'up' })).status, 'succeeded')
    deployed = await outputs(url)
    const old = await readFile(keyFile(), 'utf8')
    const refused = await rotated()
    assert.deepEqual(
      [refused.code, /a service works on this database/.test(refused.text)],
      [1, true],
      refused.text
    )
    assert.equal(await readFile(keyFile(), 'utf8'), old)
    await stopped()
    const done = await rotated()
    assert.equal(done.code, 0, done.text)
    assert.match(done.text, /\d+ values are sealed with the new key/)
    assert.notEqual(await readFile(keyFile(), 'utf8'), old)
    assert.equal((await stat(keyFile())).mode & 0o777, 0o600)
    const [kept = ''] = (await readdir(data.folder)).filter((name) =>
      /^secrets\.key\.[0-9a-f]{16}$/.test(name)
    )
    assert.equal(await readFile(join(data.folder, kept), 'utf8'), old)
    const again = await started()
    assert.deepEqual(await outputs(again.url), deployed)
    await unchanged(again.url)
    await stopped()

    // The old key is no good any more, and the service says so.
    await rename(keyFile(), `${keyFile()}.away`)
    await copyFile(join(data.folder, kept), keyFile())
    await assert.rejects(started(), /secrets-key-other.*sealed with another secrets key/s)
    await rename(`${keyFile()}.away`, keyFile())
  })

  test('whose change was cut off after the database and before the files is settled by the next start', async () => {
    const { from, to } = await rotationKeys(data.folder)
    const embedded = await startEmbedded({ dataFolder: data.folder })
    const pool = createPool(embedded.url, { max: 2, name: 'test' })
    try {
      assert.ok((await rotateKey(pool, { from, to, signal: new AbortController().signal }) ?? 0) > 0)
    } finally {
      await pool.end()
      await embedded.close()
    }
    // Here the process was killed.
    const { url } = await started()
    assert.equal(await readFile(keyFile(), 'utf8'), `${to.toString('hex')}\n`)
    assert.deepEqual((await readdir(data.folder)).filter((name) => name.endsWith('.next')), [])
    assert.deepEqual(await outputs(url), deployed)
    await unchanged(url)
  })
})
