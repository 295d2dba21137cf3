import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { gatesOf, neverOpens, refusalOf, withUnknown } from '../../../automation/deployments/gates.ts'
import { type Automation } from '../../../automation/ports.ts'
import { type PlannedGate } from '../../../automation/store/deployments/planned-gate.ts'
import { type Actor } from '../../../contract/access.ts'
import { type Event, ofType } from '../../../contract/event.ts'
import { ended, request, until, withService } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { nautilusText } from '../federation/nautilus.ts'

const person = (name: string, kind: Actor['kind'] = 'person', of?: string): Actor => ({
  subject: `corp:${name}`,
  name,
  kind,
  ...(of !== undefined && { person: `corp:${of}` })
})
const [alice, bob, carol, dave] = [person('alice'), person('bob'), person('carol'), person('dave')] as const
const launchedBy = (actor: Actor) => [{ act: 'launched', actor } as const]
const phases = [{ number: 2, name: 'infrastructure' }, { number: 1, name: 'prerequisites' }] as const
const gate = (change: Partial<PlannedGate> = {}): PlannedGate => ({
  phase: 1,
  because: 'federation',
  needed: 1,
  people: [],
  groups: [],
  launcherMayApprove: false,
  expiresMinutes: 60,
  ...change
})

/** Decisions of two people of whom one decides by a token too, as events tell of them. */
const decided = [
  ['deployment.approval', 'bob'],
  ['deployment.rejected', 'carol'],
  ['deployment.approval', 'carol'],
  ['deployment.approved', 'bob']
]
/** The same as the audit log has them. */
const noted = [
  ['deployment.launched', 'alice', undefined, undefined],
  ['deployment.approved', 'bob', 'looked at the plan', 'waiting'],
  ['deployment.rejected', 'carol', 'freeze', 'failed'],
  ['deployment.resumed', 'alice', undefined, 'queued'],
  ['deployment.approved', 'carol', undefined, 'waiting'],
  ['deployment.approved', 'bob', undefined, 'running']
]
/** The same as the gate has them: those before the resume do not count. */
const opened = ['approved', 0, [
  ['approved', false, 'bob'],
  ['rejected', false, 'carol'],
  ['approved', true, 'carol'],
  ['approved', true, 'bob']
]]

function decisionsOf (events: readonly Event[]) {
  return ofType(events, 'deployment.approval', 'deployment.approved', 'deployment.rejected').map(
    ({ type, actor }) => [type, actor?.name]
  )
}

async function notedOf (automation: Automation, id: string) {
  const { items } = await automation.audit.page({ limit: 100, target: id })
  return items.reverse().map(({ action, actor, reason, after }) => [
    action,
    actor?.name,
    reason,
    (after as { status?: string }).status
  ])
}

async function gateOf (automation: Automation, id: string) {
  const [state] = await automation.gates(id)
  return [
    state?.status,
    state?.missing,
    state?.decisions.map(({ decision, counts, actor }) => [decision, counts, actor?.name])
  ]
}

suite('gates', () => {
  test(
    'a live destroy needs a second person before its first phase, unless the file says alone; nothing else ' +
      'waits by itself',
    () => {
      const live = { operation: 'destroy', mode: 'live', approvals: 'none' } as const
      assert.deepEqual(
        gatesOf(undefined, live, phases).map((
          { phase, because, launcherMayApprove }
        ) => [phase, because, launcherMayApprove]),
        [[2, 'live-destroy', false]]
      )
      assert.deepEqual(gatesOf({ gates: [], liveDestroy: 'alone' }, live, phases), [])
      for (const other of [{ ...live, operation: 'up' }, { ...live, mode: 'rehearsal' }] as const) {
        assert.deepEqual(gatesOf(undefined, other, phases), [])
      }
    }
  )

  test(
    'nobody is let through a gate for what they launched, by whichever token of theirs, and jobs approve ' +
      'nothing',
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(alice, bob, carol),
          fc.constantFrom(alice, bob, carol),
          fc.boolean(),
          (launcher, decider, byToken) => {
            const actor = byToken ? person('some-token', 'token', decider.name) : decider
            assert.equal(
              refusalOf(gate(), launchedBy(launcher), { actor }) === undefined,
              launcher !== decider
            )
            assert.equal(
              refusalOf(gate({ launcherMayApprove: true }), launchedBy(launcher), { actor }),
              undefined
            )
          }
        )
      )
      assert.match(refusalOf(gate(), launchedBy(alice), { actor: person('main', 'job') }) ?? '', /no person/)
    }
  )

  test('people by subject and members of groups count, others do not', () => {
    const named = gate({ people: ['corp:bob'], groups: ['leads'] })
    assert.equal(refusalOf(named, launchedBy(alice), { actor: bob }), undefined)
    assert.equal(refusalOf(named, launchedBy(alice), { actor: carol, groups: ['leads'] }), undefined)
    assert.match(
      refusalOf(named, launchedBy(alice), { actor: carol, groups: ['others'] }) ?? '',
      /none of those.*corp:bob, the group leads/
    )
    // A name is not a subject: whoever calls themselves so is nobody.
    assert.notEqual(refusalOf(named, launchedBy(alice), { actor: { ...dave, name: 'corp:bob' } }), undefined)
  })

  test('a gate that could never open is known at launch', () => {
    assert.match(
      neverOpens(gate({ people: ['corp:alice', 'corp:bob'], needed: 2 }), launchedBy(alice)) ?? '',
      /only 1 did not make it go on, and 2/
    )
    assert.equal(
      neverOpens(gate({ people: ['corp:alice', 'corp:bob'], needed: 2 }), launchedBy(carol)),
      undefined
    )
    // Whoever resumes counts as little as who launched, and a pusher may be any of them.
    assert.match(
      neverOpens(gate({ people: ['corp:alice', 'corp:bob'] }), [
        ...launchedBy(alice),
        { act: 'resumed', actor: bob }
      ]) ?? '',
      /only 0 did not make it go on/
    )
    const pushed = withUnknown([gate({ people: ['corp:alice'] }), gate({ launcherMayApprove: true })], 1)
    assert.deepEqual(pushed.map(({ needed }) => needed), [2, 1])
    assert.match(neverOpens(pushed[0] ?? gate(), launchedBy(person('main', 'hook'))) ?? '', /accounts in the/)
    assert.match(
      neverOpens(gate(), launchedBy({ subject: 'local', name: 'local', kind: 'local' })) ?? '',
      /no second person/
    )
  })
})

suite('approvals of a federation file', () => {
  let server: TestServer
  let folder: string
  before(async () => {
    server = await startDatabase()
    folder = await mkdtemp(join(tmpdir(), 'windlass-approvals-'))
    await writeFile(
      join(folder, 'nautilus.yaml'),
      `${nautilusText}\napprovals:\n  gates:\n    - phases: [infrastructure]\n      modes: [rehearsal]\n ` +
        `     people: ["corp:alice", "corp:bob"]\n      groups: [leads]\n      needed: 2\n      ` +
        `expiresMinutes: 60\n`
    )
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  test('two of the named approve, each once, with kept reasons; a resume begins anew', async () => {
    const runner = new ScriptedRunner(8)
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(
        request({ phases: { from: 1, to: 2 }, ordering: 'pipelined' }),
        { actor: alice }
      )
      await until(automation, id, 'deployment.waiting', { phase: 2 })
      assert.ok(runner.runs.every((run) => run.unit.phaseNumber === 1))
      await assert.rejects(automation.approve(id, { phase: 2 }, { actor: alice }), {
        code: 'approval-refused',
        kind: 'refused'
      })
      await assert.rejects(automation.approve(id, { phase: 2 }, { actor: dave }), {
        code: 'approval-refused'
      })
      const first = await automation.approve(id, { phase: 2, comment: 'looked at the plan' }, {
        actor: bob
      })
      assert.deepEqual([
        first.status,
        first.gate?.missing,
        first.gate?.approvedBy.map(({ actor, comment }) => [actor, comment])
      ], ['waiting', 1, [[bob, 'looked at the plan']]])
      const again = await automation.approve(id, { phase: 2 }, { actor: person('token-1', 'token', 'bob') })
      assert.deepEqual([again.status, again.lastEvent], ['waiting', first.lastEvent])
      const rejected = await automation.reject(id, { phase: 2, comment: 'freeze' }, { actor: carol })
      assert.equal(rejected.error?.code, 'rejected')
      await automation.resume(id, { actor: alice })
      await until(automation, id, 'deployment.waiting', { after: rejected.lastEvent })
      assert.equal((await automation.deployment(id)).gate?.missing, 2)
      await automation.approve(id, { phase: 2 }, { actor: carol, groups: ['leads'] })
      await automation.approve(id, { phase: 2 }, { actor: bob })
      const { deployment, events } = await ended(automation, id)
      assert.deepEqual([deployment.status, deployment.gate], ['succeeded', undefined])
      assert.deepEqual(decisionsOf(events), decided)
      assert.deepEqual(await notedOf(automation, id), noted)
      assert.equal((await automation.audit.verify({ signal: AbortSignal.timeout(5_000) })).valid, true)
      assert.deepEqual(await gateOf(automation, id), opened)
    }, { federations: folder })
  })

  test('an expired gate fails the deployment with its own code and takes no approval', async () => {
    await withService(server, new ScriptedRunner(8), async (automation, url) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 2 } }), {
        actor: dave
      })
      const waiting = await until(automation, id, 'deployment.waiting')
      assert.ok(
        Math.abs(
          Date.parse((await automation.deployment(id)).gate?.expiresAt ?? '') - Date.parse(waiting.time) -
            3_600_000
        ) < 10_000
      )
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query('UPDATE windlass.deployments SET gate_expires_at = now() WHERE id = $1', [id])
      await client.end()
      await assert.rejects(
        automation.approve(id, { phase: 2 }, { actor: bob }),
        (error: { code?: string }) => error.code === 'approval-expired' || error.code === 'wrong-status'
      )
      const { deployment } = await ended(automation, id)
      assert.deepEqual([deployment.status, deployment.error?.code], ['failed', 'approval-expired'])
    }, { federations: folder })
  })

  test('a launch whose gate could never open is refused', async () => {
    await withService(server, new ScriptedRunner(8), async (automation) => {
      await assert.rejects(
        automation.launch(request({ phases: { from: 1, to: 2 } }), {
          actor: { subject: 'local', name: 'local', kind: 'local' }
        }),
        { code: 'approval-impossible', kind: 'conflict' }
      )
    }, { federations: folder })
  })
})
