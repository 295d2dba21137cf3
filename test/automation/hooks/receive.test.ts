import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import pg from 'pg'
import { withService } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { fromGithub, gitlabPush, hooks, secrets, signed } from './fixtures.ts'

suite('deliveries', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('launch once, by their hook, however often and at the same moment they come', async () => {
    await withService(server, new ScriptedRunner(4), async (automation, url) => {
      const push = fromGithub('push', ({ ref }) => ref === 'refs/heads/master')
      const answers = await Promise.all(
        [1, 2, 3].map(() =>
          automation.receiveHook('github', { ...push, requestId: 'r1', address: '140.82.115.9' })
        )
      )
      const ids = new Set(
        answers.map((answer) => 'deployment' in answer ? answer.deployment.id : answer.ignored)
      )
      assert.equal(ids.size, 1)
      const again = await automation.receiveHook('github', push)
      assert.ok('deployment' in again && ids.has(again.deployment.id) && again.replayed)
      assert.deepEqual(again.deployment.launchedBy, {
        subject: 'hook:github',
        name: 'hook github',
        kind: 'hook'
      })
      const { items: [entry] } = await automation.audit.page({ limit: 1, action: 'deployment.launched' })
      assert.deepEqual([entry?.actor?.subject, entry?.origin], ['hook:github', {
        address: '140.82.115.9',
        requestId: 'r1',
        delivery: push.headers['x-github-delivery']
      }])
      // GitHub signs the body only: under another id it is the same delivery.
      const renamed = await automation.receiveHook('github', {
        ...push,
        headers: { ...push.headers, 'x-github-delivery': 'caught' }
      })
      assert.ok('deployment' in renamed && ids.has(renamed.deployment.id) && renamed.replayed)
      assert.equal((await automation.deployments({ limit: 10 })).items.length, 1)

      // The process died between the launch and the note of it.
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query('DELETE FROM windlass.hook_deliveries')
      await client.end()
      const retried = await automation.receiveHook('github', push)
      assert.ok('deployment' in retried && ids.has(retried.deployment.id))
    }, { hooks })
  })

  test('an ignored delivery stays ignored, an id holds one body, a refused one may return', async () => {
    await withService(server, new ScriptedRunner(4), async (automation) => {
      const secret = secrets.WINDLASS_SECRET_OTHER
      const first = await automation.receiveHook('other', signed(secret, { on: 'push', branch: 'feature' }))
      assert.deepEqual(first, {
        hook: 'other',
        delivery: 'msg_1',
        replayed: false,
        ignored: 'no rule is about a push to feature'
      })
      assert.deepEqual(
        await automation.receiveHook('other', signed(secret, { on: 'push', branch: 'feature' })),
        { ...first, replayed: true }
      )
      await assert.rejects(automation.receiveHook('other', signed(secret, { on: 'push', branch: 'main' })), {
        code: 'hook-delivery-mismatch',
        kind: 'mismatch'
      })
      await assert.rejects(
        automation.receiveHook('other', signed('wrong-secret-0123456789', { on: 'push' })),
        { code: 'hook-refused', kind: 'refused' }
      )
      await assert.rejects(automation.receiveHook('nothing', signed(secret, {})), { code: 'hook-not-found' })
      // Live is off, so the launch is refused: nothing is remembered, and the sender may deliver
      // again.
      const tag = fromGithub(
        'push',
        ({ ref, deleted }) => ref === 'refs/tags/simple-tag' && deleted === false
      )
      for (let tries = 0; tries < 2; tries++) {
        await assert.rejects(automation.receiveHook('tags', tag), { code: 'live-refused' })
      }
      const launched = await automation.receiveHook(
        'other',
        signed(secret, { on: 'push', branch: 'main' }, { id: 'msg_2' })
      )
      assert.ok('deployment' in launched)
      const [latest, before] = await automation.hookDeliveries('other', { limit: 10 })
      assert.deepEqual([latest?.delivery, latest?.deployment, before?.delivery, before?.ignored], [
        'msg_2',
        launched.deployment.id,
        'msg_1',
        'no rule is about a push to feature'
      ])
      assert.deepEqual(
        (await automation.hookDeliveries('other', { limit: 10, before: before?.receivedAt ?? '' })).length,
        0
      )
      await assert.rejects(automation.hookDeliveries('nothing', { limit: 10 }), { code: 'hook-not-found' })
      assert.deepEqual([launched.deployment.request.clusters, launched.deployment.request.phases], [[
        'nautilus-hub-us-west'
      ], { from: 1, to: 1 }])
    }, { hooks })
  })

  test('a GitLab without idempotency keys: bodies are told apart, whatever their ids', async () => {
    await withService(server, new ScriptedRunner(4), async (automation) => {
      const deliver = async (content: object, event?: string, key?: string) => {
        const answer = await automation.receiveHook('gitlab', {
          body: Buffer.from(JSON.stringify(content)),
          headers: {
            'x-gitlab-token': secrets.WINDLASS_SECRET_GITLAB,
            ...(event !== undefined && { 'x-gitlab-event-uuid': event }),
            ...(key !== undefined && { 'idempotency-key': key })
          }
        })
        return 'deployment' in answer ? answer.deployment.id : assert.fail(answer.ignored)
      }
      const other = { ...gitlabPush, ref: 'refs/heads/other' }
      // GitLab gives events that follow from each other one id, and another to what it sends again.
      const first = await deliver(gitlabPush, 'e-1')
      const second = await deliver(other, 'e-1')
      assert.notEqual(first, second)
      assert.deepEqual(await Promise.all([deliver(gitlabPush, 'e-1'), deliver(gitlabPush, 'e-2')]), [
        first,
        first
      ])
      assert.equal(await deliver(other), second)
      const third = await deliver({ ...other, ref: 'refs/heads/third' }, 'e-1', 'k-1')
      assert.equal(await deliver({ ...other, ref: 'refs/heads/third' }, 'e-2', 'k-1'), third)
      assert.equal((await automation.deployments({ limit: 10 })).items.length, 3)
      await assert.rejects(deliver(gitlabPush, 'e-3', 'k-1'), { code: 'hook-delivery-mismatch' })
    }, { hooks })
  })
})
