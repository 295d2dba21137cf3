import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseFederation } from '../../../automation/federation/load.ts'
import { Notifier } from '../../../automation/notifications/notifier.ts'
import { claimNotification } from '../../../automation/store/messages/notifications.ts'
import { createPool } from '../../../automation/store/postgres/database.ts'
import { ofType } from '../../../contract/event.ts'
import { ended, federations, logger, request, withService } from '../../fixtures/automation/harness.ts'
import { failed, type Script, ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { startHttp } from './receivers.ts'

const secretValues = { WINDLASS_SECRET_TOLD: 'a-key-of-a-webhook' }
const quiet = { ...logger, warn: () => undefined }

const broken = 'prerequisites.nautilus-hub-us-west'

/** A script in which one unit fails, after a policy has found something twice. */
const brokenHub: Script = (unit, { onEvents }) => {
  if (unit.unit !== broken) return succeeded(unit)
  onEvents(['a', 'a', 'b'].map((urn) => ({
    type: 'policy.violated',
    phase: 1,
    unit: broken,
    policy: 'p-advisory',
    pack: 'windlass',
    enforcement: 'advisory',
    message: 'no',
    urn
  })))
  return failed(false)
}

suite('notifications', () => {
  let server: TestServer
  let folder: string
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-told-'))
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  /** Nautilus, with receivers at these addresses. */
  async function tell (...urls: string[]): Promise<void> {
    await tellOf(urls.map((url, index) => [`r${index}`, url, 'queued, started, succeeded']))
  }

  /** Nautilus, with receivers by name, address and the events that they hear. */
  async function tellOf (receivers: readonly (readonly [name: string, url: string, events: string])[]) {
    const text = await readFile(join(federations, 'nautilus.yaml'), 'utf8')
    const lines = receivers.map(([name, url, events]) =>
      `  - { name: ${name}, kind: webhook, secret: told, url: "${url}", modes: [rehearsal], ` +
      `events: [${events}] }\n`
    )
    await writeFile(join(folder, 'nautilus.yaml'), `${text}\nnotifications:\n${lines.join('')}`)
  }

  test('each receiver hears in order; one that is down is retried and delays nobody', async (context) => {
    let failures = 2
    const flaky = await startHttp(() => failures-- > 0 ? 503 : 200)
    const steady = await startHttp()
    const gone = await startHttp(() => 410)
    context.after(async () => {
      await Promise.all([flaky.close(), steady.close(), gone.close()])
    })
    await tell(flaky.url, steady.url, gone.url)
    await withService(server, new ScriptedRunner(4), async (automation, url) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      await ended(automation, id)
      const typesOf = (received: typeof steady.received) =>
        received.map(({ body }) => String(body.type).replace('deployment.', ''))
      assert.deepEqual(typesOf(await steady.count(3)), ['queued', 'started', 'succeeded'])
      assert.deepEqual(typesOf(await gone.count(3)), ['queued', 'started', 'succeeded'])
      // Nobody waits for the real pauses here.
      const pool = createPool(url, { max: 1, name: 'test' })
      for (let tries = 0; flaky.received.length < 5 && tries < 500; tries++) {
        await pool.query(
          "UPDATE windlass.notifications SET next_at = now() WHERE status = 'pending' AND error IS NOT NULL"
        )
        await sleep(20)
      }
      await pool.end()
      assert.deepEqual(typesOf(flaky.received), ['queued', 'queued', 'queued', 'started', 'succeeded'])
      assert.equal(
        new Set(flaky.received.map(({ headers }) => headers['webhook-id'])).size,
        3,
        'an attempt that is made again has the same id'
      )
      for (
        let tries = 0;
        (await automation.notifications({ limit: 10, status: 'pending' })).items.length > 0 && tries < 200;
        tries++
      ) await sleep(20)
      const { items } = await automation.notifications({ limit: 100 })
      assert.deepEqual([9, 6, 3], [
        items.length,
        items.filter(({ status }) => status === 'delivered').length,
        items.filter(({ status, error }) => status === 'dead' && error === 'it answers 410').length
      ])
      assert.equal(JSON.stringify(items).includes('a-key'), false)
      assert.deepEqual((await automation.notifications({ limit: 10, federations: ['orion*'] })).items, [])
      const page = await automation.notifications({ limit: 4 })
      assert.equal((await automation.notifications({ limit: 100, after: page.next ?? '' })).items.length, 5)
    }, { federations: folder, secretValues, logger: quiet, notify: { hosts: ['127.0.0.1'], interval: 20 } })
  })

  test('no crash loses a notification, before or between sending and noting it', async (context) => {
    const receiver = await startHttp()
    context.after(receiver.close)
    await tell(receiver.url)
    let database = ''
    await withService(server, new ScriptedRunner(4), async (automation, url) => {
      database = url
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      await ended(automation, id)
      // It ends before its first look.
    }, { federations: folder, secretValues, notify: { hosts: ['127.0.0.1'], interval: 600_000 } })
    assert.equal(receiver.received.length, 0)

    const pool = createPool(database, { max: 4, name: 'test' })
    const notifier = () =>
      new Notifier({
        pool,
        logger: quiet,
        hooks: [],
        hosts: ['127.0.0.1'],
        secretValues,
        now: Date.now,
        random: () => 0,
        interval: 20,
        parse (source) {
          const result = parseFederation(source, 'nautilus')
          assert.ok('federation' in result)
          return result.federation
        }
      })
    // Two processes look at the same moment: each notice is taken once.
    await Promise.all([notifier().expand(), notifier().expand()])
    assert.equal((await pool.query('SELECT 1 FROM windlass.notifications')).rowCount, 3)
    // One process takes the first, sends it and dies: its lease ends at once here.
    const claimed = await claimNotification(pool, 0)
    assert.equal(claimed?.facts.what, 'queued')
    const next = notifier()
    next.start()
    const got = await receiver.count(3)
    // What is cut off by the end is sent again: here it is to end first.
    for (
      let tries = 0;
      tries < 500 &&
      (await pool.query("SELECT 1 FROM windlass.notifications WHERE status = 'pending'")).rowCount !== 0;
      tries++
    ) await sleep(20)
    await next.close()
    assert.deepEqual(got.map(({ headers, body }) => [headers['webhook-id'] === claimed.id, body.type]), [
      [true, 'deployment.queued'],
      [false, 'deployment.started'],
      [false, 'deployment.succeeded']
    ])
    const { rows } = await pool.query<{ status: string, attempts: number }>(
      'SELECT status, attempts FROM windlass.notifications ORDER BY seq'
    )
    assert.deepEqual(rows.map(({ status, attempts }) => [status, attempts]), [['delivered', 2], [
      'delivered',
      1
    ], ['delivered', 1]])
    await pool.end()
  })

  test('failed units and findings are told; what was given up is sent again on request', async (context) => {
    let up = false
    const receiver = await startHttp(() => up ? 200 : 410)
    const strict = await startHttp()
    context.after(async () => {
      await Promise.all([receiver.close(), strict.close()])
    })
    await tellOf([['all', receiver.url, 'unit-failed, policy-advisory'], [
      'strict',
      strict.url,
      'policy-mandatory, failed'
    ]])
    const runner = new ScriptedRunner(4, brokenHub)
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 1 } }))
      const { events } = await ended(automation, id)
      assert.deepEqual(
        ofType(events, 'deployment.findings').map((
          { mandatory, advisory, policies }
        ) => [mandatory, advisory, policies]),
        [[0, 2, [{ policy: 'p-advisory', enforcement: 'advisory', count: 2 }]]]
      )
      assert.deepEqual(
        (await receiver.count(2)).map(({ body }) => [body.type, (body.data as { unit?: string }).unit]),
        [['unit.failed', broken], ['deployment.findings', undefined]]
      )
      assert.deepEqual((await strict.count(1)).map(({ body }) => body.type), ['deployment.failed'])
      const dead = async () => (await automation.notifications({ limit: 10, status: 'dead' })).items
      for (let tries = 0; (await dead()).length < 2 && tries < 200; tries++) await sleep(20)
      const [, first] = await dead()
      assert.equal(first?.type, 'unit.failed')
      assert.deepEqual((await automation.notificationScope(first.id)).federation, 'nautilus')
      up = true
      const again = await automation.resendNotification(first.id, {
        actor: { subject: 'corp:ada', name: 'Ada', kind: 'person' }
      })
      assert.deepEqual([again.id, again.status, again.attempts, again.endedAt], [
        first.id,
        'pending',
        0,
        null
      ])
      assert.equal((await receiver.count(3))[2]?.headers['webhook-id'], first.id)
      for (let tries = 0; (await dead()).length > 1 && tries < 200; tries++) await sleep(20)
      for (
        let tries = 0;
        (await automation.notifications({ limit: 10, status: 'pending' })).items.length > 0 && tries < 200;
        tries++
      ) await sleep(20)
      await assert.rejects(
        automation.resendNotification(first.id),
        /is delivered; only one that was given up/
      )
      const unknown = { code: 'notification-not-found', details: { notification: 'none' } }
      await assert.rejects(automation.resendNotification('none'), unknown)
      await assert.rejects(automation.notificationScope('none'), unknown)
      assert.equal((await automation.audit.page({ limit: 5 })).items[0]?.action, 'notification.resent')
    }, { federations: folder, secretValues, logger: quiet, notify: { hosts: ['127.0.0.1'], interval: 20 } })
  })
})
