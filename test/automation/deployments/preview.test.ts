import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type EventDraft } from '../../../automation/event-draft.ts'
import { type OutputValues, type UnitOutcome, unknownValue } from '../../../automation/stacks/types.ts'
import { ended, request, start, unitsOf, withService } from '../../fixtures/automation/harness.ts'
import { created, failed, ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'

const network = 'infrastructure.nautilus-primary-us-east'
const reader = 'networking.nautilus-primary-us-east'
const edited: OutputValues = {
  name: { value: unknownValue, secret: false },
  subnets: { value: ['kept', unknownValue], secret: false },
  key: { value: unknownValue, secret: true }
}
const previewed: UnitOutcome = { status: 'succeeded', resourceChanges: created(1), outputs: edited }
const phases = { from: 1, to: 3 }

suite('what a preview hands on', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('is read by the units after it in the same deployment, and by nothing else', async () => {
    const runner = new ScriptedRunner(4)
    await withService(server, runner, async (automation) => {
      const { deployment: { id: up } } = await automation.launch(request({ phases }))
      await ended(automation, up)
      runner.script = (unit) => unit.unit === network ? previewed : succeeded(unit)
      runner.runs.length = 0
      const { deployment: { id } } = await automation.launch(request({ phases, operation: 'preview' }))
      assert.equal((await ended(automation, id)).deployment.status, 'succeeded')
      assert.deepEqual(runner.runs.find((run) => run.unit.unit === reader)?.unit.upstream[network], edited)
      // Shown as what they are, in their deployment.
      const { outputs } = await automation.unit(id, network)
      assert.deepEqual(outputs, {
        name: { unknown: true },
        subnets: ['kept', { unknown: true }],
        key: { secret: true }
      })
      // What is deployed stays what it was: for readers, and for the next preview.
      assert.equal(
        (await automation.outputs('nautilus', { mode: 'rehearsal', world: 'default' }))[network]?.['name'],
        network
      )
      runner.runs.length = 0
      const { deployment: { id: next } } = await automation.launch(
        request({ phases: { from: 3, to: 3 }, operation: 'preview' })
      )
      await ended(automation, next)
      assert.equal(
        runner.runs.find((run) => run.unit.unit === reader)?.unit.upstream[network]?.['name']?.value,
        network
      )
    })
  })

  test('is still there when the preview is resumed by a process that did not see it', async () => {
    const { url } = await server.database()
    const first = new ScriptedRunner(
      4,
      (unit) => unit.unit === network ? previewed : unit.unit === reader ? failed(false) : succeeded(unit)
    )
    const one = await start(url, first)
    const { deployment: { id } } = await one.launch(request({ phases, operation: 'preview' }))
    const { deployment } = await ended(one, id)
    assert.equal(deployment.status, 'failed')
    await one.close()
    const second = new ScriptedRunner(4)
    const two = await start(url, second)
    try {
      await two.resume(id)
      assert.equal((await ended(two, id, deployment.lastEvent)).deployment.status, 'succeeded')
      assert.ok(!second.order.includes(network))
      assert.deepEqual(second.runs.find((run) => run.unit.unit === reader)?.unit.upstream[network], edited)
    } finally {
      await two.close()
    }
  })

  test('tells which resources would change in what, by unit', async () => {
    const change = (unit: string, name: string): EventDraft => ({
      type: 'resource.succeeded',
      phase: 1,
      unit,
      urn: `urn:pulumi:s::p::aws:ec2/vpc:Vpc::${name}`,
      resource: { type: 'aws:ec2/vpc:Vpc', name },
      op: 'update',
      emittedAt: 'now',
      diff: [{ path: 'tags.a', kind: 'update', replaces: false, before: 1, after: 2 }]
    })
    const runner = new ScriptedRunner(4, (unit, { onEvents }) => {
      onEvents([change(unit.unit, 'one'), change(unit.unit, 'two')])
      return succeeded(unit)
    })
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(
        request({
          operation: 'preview',
          phases: { from: 1, to: 1 },
          clusters: ['nautilus-hub-us-west', 'nautilus-primary-us-east']
        })
      )
      await ended(automation, id)
      const all = await automation.changes(id, { after: 0, limit: 3 })
      assert.equal(all.items.length, 3)
      assert.equal((await automation.changes(id, { after: Number(all.next), limit: 3 })).items.length, 1)
      const { items } = await automation.changes(id, {
        after: 0,
        limit: 10,
        unit: 'prerequisites.nautilus-hub-us-west'
      })
      assert.deepEqual(
        items.map(({ resource, op, diff }) => [resource.name, op, diff]),
        ['one', 'two'].map((
          name
        ) => [name, 'update', [{ path: 'tags.a', kind: 'update', replaces: false, before: 1, after: 2 }]])
      )
      await assert.rejects(automation.changes('none', { after: 0, limit: 1 }), /there is no deployment none/)
    })
  })

  test('is no validation report', async () => {
    const checks = [{
      name: 'a',
      kind: 'security',
      passed: true,
      required: true,
      measured: 1,
      target: 1,
      why: 'it is'
    }]
    const runner = new ScriptedRunner(
      4,
      (unit) =>
        unit.phaseNumber === 8
          ? { ...succeeded(unit), outputs: { checks: { value: checks, secret: false } } }
          : succeeded(unit)
    )
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ operation: 'preview' }))
      await ended(automation, id)
      assert.equal((await unitsOf(automation, id)).get('validation.global')?.status, 'succeeded')
      await assert.rejects(automation.validation(id), /a preview measures nothing/)
    })
  })
})
