import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type DriftRecord } from '../../../automation/stacks/types.ts'
import { ofType } from '../../../contract/event.ts'
import { ended, request, start, unitsOf, withService } from '../../fixtures/automation/harness.ts'
import { created, failed, ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const network = 'infrastructure.nautilus-primary-us-east'
const phases = { from: 1, to: 2 }
const about = (name: string) => ({
  urn: `urn:pulumi:s::windlass::aws:ec2/vpc:Vpc::${name}`,
  resource: { type: 'aws:ec2/vpc:Vpc', name }
})
const quiet: DriftRecord = {
  counts: {
    resources: 10,
    changed: 0,
    output: 1,
    missing: 0,
    ignored: { changed: 0, output: 0, missing: 0 }
  },
  findings: [{
    ...about('o'),
    kind: 'output',
    properties: [{ path: 'status', kind: 'output', expected: 'a', actual: 'b' }]
  }]
}
const drifted: DriftRecord = {
  counts: {
    resources: 20,
    changed: 1,
    output: 0,
    missing: 1,
    ignored: { changed: 1, output: 0, missing: 0 }
  },
  findings: [
    { ...about('c'), kind: 'changed', properties: [{ path: 'tags.owner', kind: 'changed', actual: 'x' }] },
    { ...about('i'), kind: 'changed', properties: [], ignored: 'somebody owns it' },
    { ...about('m'), kind: 'missing', properties: [] }
  ]
}
const none = { status: 'succeeded', resourceChanges: created(0) } as const

suite('a drift check', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('looks at all units at once, keeps what is deployed, and tells what differs by kind', async () => {
    const runner = new ScriptedRunner(4)
    await withService(server, runner, async (automation) => {
      await ended(automation, (await automation.launch(request({ phases }))).deployment.id)
      const outputs = await automation.outputs('nautilus', { mode: 'rehearsal', world: 'default' })
      runner.runs.length = 0
      runner.script = (unit) => ({ ...none, drift: unit.unit === network ? drifted : quiet })
      const { deployment: { id } } = await automation.launch(request({ phases, operation: 'drift-check' }))
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      assert.ok(
        [...(await unitsOf(automation, id)).values()].every(({ dependsOn, outputs: shown }) =>
          dependsOn.length === 0 && Object.keys(shown).length === 0
        )
      )
      const others = runner.runs.length - 1
      assert.deepEqual(deployment.drift, {
        resources: 20 + others * 10,
        changed: 1,
        output: others,
        missing: 1,
        ignored: { changed: 1, output: 0, missing: 0 }
      })
      assert.deepEqual((await automation.unit(id, network)).drift, drifted.counts)
      assert.deepEqual(await automation.outputs('nautilus', { mode: 'rehearsal', world: 'default' }), outputs)
      assert.deepEqual(deployment.resourceChanges, created(0))
      const [found, end] = ofType(events, 'deployment.drift', 'deployment.succeeded').slice(-2)
      assert.ok(found?.type === 'deployment.drift')
      assert.deepEqual([found.units, found.types], [1, [{
        type: 'aws:ec2/vpc:Vpc',
        count: 2
      }]])
      assert.deepEqual([end?.type, end?.drift], ['deployment.succeeded', deployment.drift])
      const figure = (await automation.figures()).drift.find(({ federation, world }) =>
        federation === 'nautilus' && world === 'default'
      )
      assert.deepEqual(figure?.counts, deployment.drift)

      const list = async (filter: Parameters<typeof automation.drift>[1]) =>
        (await automation.drift(id, filter)).items.map(({ unit, kind, resource }) =>
          `${unit} ${kind} ${resource.name}`
        )
      assert.deepEqual(await list({ after: 0, limit: 1000, unit: network }), [
        `${network} changed c`,
        `${network} changed i`,
        `${network} missing m`
      ])
      assert.deepEqual(await list({ after: 0, limit: 1000, kind: 'changed', ignored: false }), [
        `${network} changed c`
      ])
      assert.deepEqual(await list({ after: 0, limit: 1000, ignored: true }), [`${network} changed i`])
      assert.equal((await list({ after: 0, limit: 1000 })).length, others + 3)
      const first = await automation.drift(id, { after: 0, limit: 2 })
      const rest = await automation.drift(id, { after: Number(first.next), limit: 1000 })
      assert.equal(rest.items.length + 2, others + 3)
      assert.equal(rest.next, undefined)
      await assert.rejects(
        automation.drift('nothing', { after: 0, limit: 1 }),
        /there is no deployment nothing/
      )
    })
  })

  test('whose unit failed still tells of the others, and a resume looks at that one again', async () => {
    const { url } = await server.database()
    const runner = new ScriptedRunner(
      4,
      (unit) => unit.unit === network ? { ...failed(false), drift: drifted } : { ...none, drift: quiet }
    )
    const automation = await start(url, runner)
    try {
      const { deployment: { id } } = await automation.launch(
        request({
          phases,
          operation: 'drift-check',
          rehearsal: { world: 'other', timeScale: 0, seed: 1, faults: [] }
        })
      )
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'failed')
      // Nothing stands on anything: every other unit was looked at.
      assert.ok(
        [...(await unitsOf(automation, id)).values()].every(({ id: unit, status }) =>
          status === (unit === network ? 'failed' : 'succeeded')
        )
      )
      assert.equal(events.at(-2)?.type, 'deployment.drift')
      assert.equal((await automation.figures()).drift.length, 0)
      runner.script = () => ({ ...none, drift: quiet })
      await automation.resume(id)
      const again = await ended(automation, id, deployment.lastEvent)
      assert.deepEqual([
        again.deployment.status,
        again.deployment.drift?.missing,
        again.events.some(({ type }) => type === 'deployment.drift')
      ], ['succeeded', 0, false])
      assert.equal((await automation.drift(id, { after: 0, limit: 1000, unit: network })).items.length, 1)
    } finally {
      await automation.close()
    }
  })

  test('of what is not deployed asks for nothing before it, and finds nothing', async () => {
    const runner = new ScriptedRunner(
      2,
      (unit) => ({
        ...succeeded(unit),
        drift: { ...quiet, counts: { ...quiet.counts, resources: 0, output: 0 }, findings: [] }
      })
    )
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(
        request({ phases: { from: 3, to: 3 }, operation: 'drift-check' })
      )
      const { deployment } = await ended(automation, id)
      assert.deepEqual([deployment.status, deployment.drift?.resources], ['succeeded', 0])
      assert.deepEqual(await automation.outputs('nautilus', { mode: 'rehearsal', world: 'default' }), {})
    })
  })

  test('takes faults that change what is there, and refuses those that make no sense', async () => {
    await withService(server, new ScriptedRunner(2), async (automation) => {
      const launch = (fault: object) =>
        automation.launch(
          request({
            operation: 'drift-check',
            rehearsal: { world: 'default', timeScale: 0, seed: 1, faults: [fault as never] }
          })
        )
      await assert.rejects(
        launch({ kind: 'missing', operation: 'create' }),
        /faults\[0\]\.operation: missing happens to what a refresh or a drift check reads/
      )
      await assert.rejects(launch({ kind: 'changed', value: 1 }), /faults\[0\]\.property: expected the path/)
      await assert.rejects(launch({ kind: 'changed', property: 'a' }), /faults\[0\]\.value: expected what/)
      await assert.rejects(
        launch({ kind: 'fail', property: 'a' }),
        /faults\[0\]\.property: has no meaning for fail/
      )
      await assert.rejects(
        launch({ kind: 'missing', value: 1 }),
        /faults\[0\]\.value: has no meaning for missing/
      )
      await assert.rejects(
        launch({ kind: 'quota', code: 'A' }),
        /faults\[0\]\.code: has no meaning for quota/
      )
      await assert.rejects(launch({ kind: 'mistake', value: 1 }), /faults\[0\]\.property: expected the path/)
      await assert.rejects(
        launch({ kind: 'mistake', property: 'a', times: 2 }),
        /faults\[0\]\.times: has no meaning for mistake/
      )
      const { deployment } = await launch({ kind: 'changed', property: 'tags.a', value: false })
      await ended(automation, deployment.id)
    })
  })
})
