/**
 * Kills a process between what its provider did and the engine's knowledge of it, settles the
 * stack, and goes on.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { exportStack } from '../../../rehearsal/engine/stack/export.ts'
import { MemoryStore } from '../../../rehearsal/memory-store.ts'
import { settle } from '../../../rehearsal/settle.ts'
import { type DeploymentV3 } from '../../../rehearsal/store.ts'
import { FileCloud, type Kill } from './fixtures/file-cloud.ts'
import { FileStore } from './fixtures/file-store.ts'
import { operateOn } from './fixtures/test-stack.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('fixtures/run-stack.ts', import.meta.url))
const ref = { project: 'test', stack: 'dev' }
const env = { PULUMI_CONFIG_PASSPHRASE: 'passphrase' }
/**
 * Loading the SDK takes about two seconds on this class of machine; it may be much slower when it
 * is busy.
 */
const timeoutMs = 60_000

interface World {
  store: FileStore
  cloud: FileCloud
  operate(operation: 'up' | 'destroy', size: string, kill?: Kill): Promise<string[]>
  settle(): ReturnType<typeof settle>
  state(): Promise<DeploymentV3 | undefined>
}

async function inWorld (use: (world: World) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-settle-'))
  const store = new FileStore(join(folder, 'store.json'))
  const cloud = new FileCloud(join(folder, 'cloud.json'))
  try {
    await use({
      store,
      cloud,
      operate: async (operation, size, kill) => {
        // Only what is killed needs a process of its own: loading the SDK takes two seconds.
        if (kill === undefined) return await operateOn(folder, operation, size)
        await assert.rejects(
          run(process.execPath, [script, folder, operation, size, kill], { timeout: timeoutMs }),
          { signal: 'SIGKILL' }
        )
        return []
      },
      settle: () =>
        settle({
          store,
          ref,
          env,
          providers: { connect: async (pkg) => pkg === 'test' ? cloud : undefined }
        }),
      state: async () => exportStack(await store.load(ref))?.deployment
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
const urn = (name: string): string => `urn:pulumi:dev::test::test:index:Thing::${name}`
const names = (deployment: DeploymentV3 | undefined): string[] =>
  (deployment?.resources ?? []).filter(({ type }) => type === 'test:index:Thing').map((resource) =>
    resource.urn
  )

describe('settling a stack after a crash', () => {
  test('adopts a resource that was made, so that it is not made again', () =>
    inWorld(async ({ cloud, operate, settle, state }) => {
      await operate('up', 'small', 'after create second')
      assert.deepEqual(
        (await state())?.pending_operations?.map(({ resource, type }) => [resource.urn, type]),
        [[urn('second'), 'creating']]
      )
      assert.deepEqual(await settle(), {
        adopted: [urn('second')],
        absent: [],
        updated: [],
        deleted: [],
        kept: [],
        dropped: []
      })
      const settled = await state()
      assert.equal(settled?.pending_operations, undefined)
      assert.deepEqual(names(settled), [urn('first'), urn('second')])
      assert.ok(!JSON.stringify(settled).includes('hunter2'), 'a secret is in clear in the state')
      assert.deepEqual(await operate('up', 'small'), [])
      assert.equal(cloud.things.length, 2)
      await operate('destroy', 'small')
      assert.deepEqual(cloud.things, [])
    }))

  test('drops a creation that never happened', () =>
    inWorld(async ({ cloud, operate, settle, state }) => {
      await operate('up', 'small', 'before create second')
      assert.deepEqual((await settle()).absent, [urn('second')])
      assert.deepEqual(names(await state()), [urn('first')])
      assert.deepEqual(await operate('up', 'small'), ['create second'])
      assert.equal(cloud.things.length, 2)
    }))

  test('takes over what an update had done', () =>
    inWorld(async ({ cloud, operate, settle, state }) => {
      await operate('up', 'small')
      await operate('up', 'large', 'after update first')
      assert.deepEqual((await settle()).updated, [urn('first')])
      const first = (await state())?.resources?.find((resource) => resource.urn === urn('first'))
      assert.equal(first?.outputs?.['size'], 'large')
      assert.deepEqual(await operate('up', 'large'), ['update first', 'update second'])
      assert.equal(cloud.things.length, 2)
    }))

  test('forgets a resource whose deletion was done, and keeps one whose deletion was not', () =>
    inWorld(async ({ operate, settle, state }) => {
      await operate('up', 'small')
      await operate('destroy', 'small', 'after delete second')
      assert.deepEqual((await settle()).deleted, [urn('second')])
      assert.deepEqual(names(await state()), [urn('first')])
      await operate('destroy', 'small', 'before delete first')
      assert.deepEqual((await settle()).kept, [urn('first')])
      assert.deepEqual(names(await state()), [urn('first')])
      assert.deepEqual(await operate('destroy', 'small'), ['delete first'])
    }))

  test('is refused as a whole, naming the resources, when a provider cannot look them up', () =>
    inWorld(async ({ store, cloud, operate, state }) => {
      await operate('up', 'small', 'after create second')
      const blind = new Proxy(cloud, {
        get: (target, key) => key === 'lookup' ? undefined : Reflect.get(target, key, target)
      })
      await assert.rejects(settle({ store, ref, env, providers: { connect: async () => blind } }), {
        code: 'RHE_SETTLE_NO_LOOKUP',
        retryable: false,
        message: new RegExp(urn('second').replaceAll('$', '\\$'))
      })
      assert.equal((await state())?.pending_operations?.length, 1)
    }))

  test('says which resource could not be settled, which a retry may change', () =>
    inWorld(async ({ store, cloud, operate }) => {
      await operate('up', 'small', 'after create second')
      const away = new Proxy(cloud, {
        get: (target, key) =>
          key === 'lookup'
            ? () => Promise.reject(new Error('the cloud is away'))
            : Reflect.get(target, key, target)
      })
      await assert.rejects(settle({ store, ref, env, providers: { connect: async () => away } }), {
        code: 'RHE_SETTLE_FAILED',
        retryable: true,
        message: /the cloud is away/
      })
    }))

  test('changes nothing where nothing is pending', async () => {
    const store = new MemoryStore()
    await store.create(ref)
    assert.deepEqual(await settle({ store, ref, env, providers: { connect: async () => undefined } }), {
      adopted: [],
      absent: [],
      updated: [],
      deleted: [],
      kept: [],
      dropped: []
    })
    assert.equal((await store.load(ref)).deployment, undefined)
  })
})
