/** Whoever made a run go on does not count at its gates: every act, by every credential. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type deploymentOperations } from '../../../automation/access/driving.ts'
import { everywhere } from '../../../automation/access/model.ts'
import { parseHooks } from '../../../automation/hooks/file.ts'
import { tokenActor } from '../../../automation/person.ts'
import { type Automation } from '../../../automation/ports.ts'
import { createPool } from '../../../automation/store/postgres/database.ts'
import { migrate } from '../../../automation/store/postgres/migrate.ts'
import { type Actor } from '../../../contract/access.ts'
import { type Launch } from '../../../contract/launch.ts'
import { ended, request, until, withService } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { nautilusText } from '../federation/nautilus.ts'

const person = (name: string): Actor => ({ subject: `corp:${name}`, name, kind: 'person' })
const [alice, bob, carol, dave] = [person('alice'), person('bob'), person('carol'), person('dave')] as const

const secret = 'github-secret-0123456789'
const hooks = parseHooks(
  `hooks:
  - name: main
    sender: github
    secret: github
    rules:
      - on: push
        launch:
          federation: nautilus
          operation: up
          mode: live
          phases: { to: 2 }
          clusters: [nautilus-hub-us-west]
`,
  'hooks.yaml',
  { WINDLASS_SECRET_GITHUB: secret }
)

let deliveries = 0
/** A push of an account, as GitHub signs it. */
function pushOf (login: string) {
  const body = Buffer.from(
    JSON.stringify({ ref: 'refs/heads/main', sender: { login }, number: deliveries++ })
  )
  return {
    body,
    headers: {
      'x-github-event': 'push',
      'x-github-delivery': `d${deliveries}`,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    }
  }
}

function launchOf (change: Partial<Launch> = {}): Launch {
  const { rehearsal: _none, ...rest } = request({
    mode: 'live',
    phases: { from: 1, to: 2 },
    clusters: ['nautilus-hub-us-west'],
    ...change
  })
  return rest
}

type Operations = typeof deploymentOperations
type Driving = { [Name in keyof Operations]: Operations[Name]['drives'] extends true ? Name : never }[
  keyof Operations
]

/** Passes the gate of phase 1 and its window, by people who count no further. */
async function passFirst (automation: Automation, id: string, last = 0): Promise<string> {
  const first = await until(automation, id, 'deployment.waiting', { phase: 1, after: last })
  await automation.approve(id, { phase: 1 }, { actor: dave })
  const { gate } = await automation.deployment(id)
  // Of a pusher who is nobody known one more has to approve.
  if (gate) await automation.approve(id, { phase: 1 }, { actor: carol })
  await until(automation, id, 'deployment.waiting', { phase: 1, after: first.seq })
  return id
}

async function throughWindow (automation: Automation, id: string, actor?: Actor): Promise<string> {
  await automation.overrideWindow(id, { reason: 'now' }, actor && { actor })
  await until(automation, id, 'deployment.waiting', { phase: 2 })
  return id
}

async function launched (automation: Automation, actor: Actor): Promise<string> {
  return (await automation.launch(launchOf(), { actor })).deployment.id
}

/**
 * Has a person do each act that makes a run go on; the deployment waits at the gate of phase 2
 * then.
 */
const acts: Record<Driving, (automation: Automation, actor: Actor) => Promise<string>> = {
  launchDeployment: async (automation, actor) =>
    await throughWindow(automation, await passFirst(automation, await launched(automation, actor))),
  async deliverHook (automation, actor) {
    automation.replaceAccounts([{ person: actor.subject, github: ['Octocat'] }])
    const answer = await automation.receiveHook('main', pushOf('octocat'))
    assert.ok('deployment' in answer)
    return await throughWindow(automation, await passFirst(automation, answer.deployment.id))
  },
  async resumeDeployment (automation, actor) {
    const id = await launched(automation, alice)
    await until(automation, id, 'deployment.waiting', { phase: 1 })
    const { lastEvent } = await automation.reject(id, { phase: 1 }, { actor: carol })
    await automation.resume(id, { actor })
    return await throughWindow(automation, await passFirst(automation, id, lastEvent))
  },
  overrideWindow: async (automation, actor) =>
    await throughWindow(automation, await passFirst(automation, await launched(automation, alice)), actor)
}

suite('whoever made a run go on', () => {
  let server: TestServer
  let folder: string
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-drivers-'))
    await writeFile(
      join(folder, 'nautilus.yaml'),
      `${nautilusText}
maintenanceWindows:
  - { name: nightly, from: "22:00", to: "23:00", phases: [prerequisites] }
approvals:
  gates:
    - phases: [prerequisites, infrastructure]
`
    )
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  const service = async (work: (automation: Automation, url: string) => Promise<void>) => {
    await withService(server, new ScriptedRunner(2), work, {
      federations: folder,
      hooks,
      now: () => new Date('2026-11-21T12:00:00Z'),
      live: { on: true, guarded: true },
      pulumi: { cli: { file: '/nonexistent/pulumi', version: '3.270.0' } },
      secretValues: Object.fromEntries(
        ['SLACK_WEBHOOK', 'PAGERDUTY_KEY', 'ALERT_EMAIL', 'WATCHDOG_URL'].map((name) => [
          `WINDLASS_SECRET_${name}`,
          `https://example.com/${name}`
        ])
      )
    })
  }

  test('does not count at its gates, by any credential; somebody else does', async () => {
    await service(async (automation) => {
      const make = async (createdBy: Actor, name?: string) =>
        tokenActor({
          person: createdBy.subject,
          ...(await automation.access.createToken({
            name: 'a token',
            grants: [everywhere('admin')],
            createdBy,
            expiresAt: null,
            ...(name !== undefined && { person: name })
          })).token
        })
      const own = await make(bob)
      const credentials = [
        bob,
        own,
        await make(own),
        await make(bob, carol.subject),
        await make(dave, bob.subject),
        { ...bob, subject: 'corp:BOB' }
      ]
      for (const [operation, act] of Object.entries(acts)) {
        const id = await act(automation, bob)
        const { drivenBy = [] } = await automation.deployment(id)
        assert.ok(
          drivenBy.some(({ actor }) => (actor.person ?? actor.subject) === bob.subject),
          `${operation} is told`
        )
        for (const actor of credentials) {
          await assert.rejects(
            automation.approve(id, { phase: 2 }, { actor }),
            { code: 'approval-refused', kind: 'refused' },
            `${operation} ${JSON.stringify(actor)}`
          )
        }
        const approved = await automation.approve(id, { phase: 2 }, { actor: carol })
        assert.equal(approved.gate, undefined, operation)
        assert.equal((await ended(automation, id)).deployment.status, 'succeeded', operation)
      }
    })
  })

  test('is one more to find when nobody knows who pushed', async () => {
    await service(async (automation) => {
      const answer = await automation.receiveHook('main', pushOf('somebody'))
      assert.ok('deployment' in answer)
      const { id } = answer.deployment
      assert.deepEqual(answer.deployment.drivenBy?.map(({ act, actor }) => [act, actor.subject]), [
        ['launched', 'hook:main'],
        ['pushed', 'github:somebody']
      ])
      await throughWindow(automation, await passFirst(automation, id))
      const { gate } = await automation.approve(id, { phase: 2 }, { actor: bob })
      assert.deepEqual([gate?.needed, gate?.missing, gate?.unknownPusher], [2, 1, true])
      assert.equal((await automation.approve(id, { phase: 2 }, { actor: carol })).gate, undefined)
      await ended(automation, id)
    })
  })

  test('has no approval that stands: who resumes has none, who approved does not override', async () => {
    await service(async (automation) => {
      const id = await passFirst(automation, await launched(automation, alice))
      await assert.rejects(automation.overrideWindow(id, { reason: 'now' }, { actor: dave }), {
        code: 'approval-refused'
      })
      await throughWindow(automation, id, carol)
      const { lastEvent } = await automation.reject(id, { phase: 2 }, { actor: bob })
      await automation.resume(id, { actor: dave })
      await until(automation, id, 'deployment.waiting', { phase: 2, after: lastEvent })
      for (const actor of [alice, carol, dave]) {
        await assert.rejects(automation.approve(id, { phase: 2 }, { actor }), { code: 'approval-refused' })
      }
      await automation.approve(id, { phase: 2 }, { actor: bob })
      await ended(automation, id)
    })
  })

  test('is found in runs from before this was kept, in their events or the audit log', async () => {
    await service(async (automation, url) => {
      const id = await acts.resumeDeployment(automation, bob)
      const pool = createPool(url, { max: 1, name: 'test' })
      for (const kept of ['events', 'audit log']) {
        if (kept !== 'events') {
          await pool.query("DELETE FROM windlass.events WHERE type = 'deployment.resumed'")
        }
        await pool.query('ALTER TABLE windlass.deployments DROP COLUMN drivers')
        await pool.query("DELETE FROM windlass.migrations WHERE name = '080_drivers.sql'")
        await migrate(pool)
        for (const actor of [alice, bob]) {
          await assert.rejects(
            automation.approve(id, { phase: 2 }, { actor }),
            { code: 'approval-refused' },
            `${actor.name}, from the ${kept}`
          )
        }
      }
      await pool.end()
      await automation.cancel(id)
    })
  })
})
