/** The key of a service whose database was sealed with the next one. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { keyCheckOf } from '../../automation/keys/check.ts'
import { establishRoot } from '../../automation/keys/root.ts'
import { rotateKey } from '../../automation/keys/rotate.ts'
import { rotationKeys, settledSecretsKey, storedSecretsKey } from '../../server/secrets-key.ts'
import { startDatabase, type TestServer } from '../fixtures/database.ts'

const [current, next, other] = [7, 8, 9].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer]
const { signal } = new AbortController()

suite('the key of a service', () => {
  let server: TestServer
  let folder: string
  const told: string[] = []
  const logger = {
    info: (_fields: object, message: string) => {
      told.push(message)
    },
    warn: (_fields: object, message: string) => {
      told.push(message)
    }
  }
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-key-'))
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  test('is the configured one, or the next one once the database is sealed with it', async () => {
    const { url, pool } = await server.database()
    const settled = async (secretsKey: Buffer, secretsKeyNext?: Buffer) =>
      await settledSecretsKey(
        { dataFolder: folder, secretsKey, ...(secretsKeyNext !== undefined && { secretsKeyNext }) },
        url,
        logger
      )
    assert.deepEqual(await settled(current, next), current, 'a database that no service used yet')
    await establishRoot(pool, current)
    assert.deepEqual(await settled(current, next), current)
    await assert.rejects(settled(other), {
      code: 'secrets-key-other',
      message: new RegExp(`its check is ${keyCheckOf(other)}`)
    })
    assert.deepEqual(told, [])
    await rotateKey(pool, { from: current, to: next, signal })
    assert.deepEqual(await settled(current, next), next)
    assert.match(told.pop() ?? '', /set WINDLASS_SECRETS_KEY to it, and remove WINDLASS_SECRETS_KEY_NEXT/)
    assert.deepEqual(await settled(next), next)
    await assert.rejects(settled(current), { code: 'secrets-key-other' })
    // The variables say where the key is: no file was made.
    assert.deepEqual(await readdir(folder), [])
  })

  test('in files is replaced by the first process that starts, however many start', async () => {
    const { url, pool } = await server.database()
    const stored = await storedSecretsKey(folder)
    await establishRoot(pool, stored)
    const { from, to } = await rotationKeys(folder)
    assert.deepEqual([from, (await rotationKeys(folder)).to], [stored, to], 'begun again it is the same key')
    assert.deepEqual(
      await settledSecretsKey({ dataFolder: folder }, url, logger),
      from,
      'nothing was sealed with it yet'
    )
    await rotateKey(pool, { from, to, signal })
    const keys = await Promise.all(
      [1, 2, 3].map(() => settledSecretsKey({ dataFolder: folder }, url, logger))
    )
    for (const key of keys) assert.deepEqual(key, to)
    assert.deepEqual((await readdir(folder)).sort(), ['secrets.key', `secrets.key.${keyCheckOf(from)}`])
    assert.equal(
      (await readFile(join(folder, `secrets.key.${keyCheckOf(from)}`), 'utf8')).trim(),
      from.toString('hex')
    )
  })
})
