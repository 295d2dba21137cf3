/**
 * Rotations of the secrets key under a deployed world: by the command, and one that is interrupted
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
import { type Installation, makeInstallation } from '../fixtures/installation.ts'
import { repository } from '../fixtures/service.ts'

const part = { federation: 'nautilus', phases: { from: 1, to: 1 }, clusters: ['nautilus-primary-us-east'] }

suite('the secrets key', { timeout: 240_000 }, () => {
  let installation: Installation
  /** Outputs of the first deployment. */
  let deployed: Record<string, unknown>
  before(async () => {
    // The command finds the embedded database by the data folder.
    installation = await makeInstallation({ database: 'embedded', environment: { WINDLASS_WORKERS: '1' } })
  })
  after(async () => {
    await installation?.close()
  })
  const rotated = async (): Promise<{ code: number, text: string }> =>
    await new Promise((resolve) => {
      execFile(process.execPath, [join(repository, 'scripts/rotate-key.ts')], {
        env: { ...process.env, WINDLASS_DATA: installation.folder }
      }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr })
      })
    })
  const keyFile = () => join(installation.folder, 'secrets.key')
  const outputs = async (url: string) => (await call(url, 'GET', '/v1/federations/nautilus/outputs')).body
  /** Fails unless a preview finds nothing to do: states, outputs and secrets are as before. */
  async function unchanged (url: string): Promise<void> {
    const { status, resourceChanges: { same, ...changes } } = await run(url, {
      ...part,
      operation: 'preview'
    })
    assert.deepEqual([status, changes], ['succeeded', { create: 0, update: 0, delete: 0, replace: 0 }])
    assert.ok(same > 5, `${same} the same`)
  }

  test('is rotated by a command while the service is stopped, and nothing deployed changes', async () => {
    const service = await installation.start()
    const { url } = service
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
    await service.stop()
    const done = await rotated()
    assert.equal(done.code, 0, done.text)
    assert.match(done.text, /\d+ values are sealed with the new key/)
    assert.notEqual(await readFile(keyFile(), 'utf8'), old)
    assert.equal((await stat(keyFile())).mode & 0o777, 0o600)
    const [kept = ''] = (await readdir(installation.folder)).filter((name) =>
      /^secrets\.key\.[0-9a-f]{16}$/.test(name)
    )
    assert.equal(await readFile(join(installation.folder, kept), 'utf8'), old)
    const again = await installation.start()
    assert.deepEqual(await outputs(again.url), deployed)
    await unchanged(again.url)
    await again.stop()

    // With the old key the service does not start, and says why.
    await rename(keyFile(), `${keyFile()}.away`)
    await copyFile(join(installation.folder, kept), keyFile())
    await assert.rejects(installation.start(), /secrets-key-other.*sealed with another secrets key/s)
    await rename(`${keyFile()}.away`, keyFile())
  })

  test('whose rotation stopped between the database and the files is settled by a start', async () => {
    const { from, to } = await rotationKeys(installation.folder)
    const embedded = await startEmbedded({ dataFolder: installation.folder })
    const pool = createPool(embedded.url, { max: 2, name: 'test' })
    try {
      assert.ok((await rotateKey(pool, { from, to, signal: new AbortController().signal }) ?? 0) > 0)
    } finally {
      await pool.end()
      await embedded.close()
    }
    // The process was killed here.
    const { url } = await installation.start()
    assert.equal(await readFile(keyFile(), 'utf8'), `${to.toString('hex')}\n`)
    assert.deepEqual((await readdir(installation.folder)).filter((name) => name.endsWith('.next')), [])
    assert.deepEqual(await outputs(url), deployed)
    await unchanged(url)
  })
})
