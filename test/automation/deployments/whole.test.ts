import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ofType } from '../../../contract/event.ts'
import { ended, gapless, polled, request, start } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { about, operation } from '../../fixtures/events.ts'

let server: TestServer
before(async () => {
  server = await startDatabase()
})
after(async () => {
  await server.close()
})

test('108 units succeed, phase after phase, and every event is stored once', async () => {
  const runner = new ScriptedRunner(8, (unit, { onEvents }) => {
    onEvents([{ type: 'resource.started', ...operation({ phase: unit.phaseNumber, unit: unit.unit }) }])
    onEvents([{ type: 'resource.succeeded', ...operation({ phase: unit.phaseNumber, unit: unit.unit }) }])
    return succeeded(unit)
  })
  const automation = await start((await server.database()).url, runner)
  try {
    const began = performance.now()
    const { deployment: queued, created } = await automation.launch(request())
    assert.equal(created, true)
    const { deployment, events } = await ended(automation, queued.id)
    console.log(`# 108 units in ${Math.round(performance.now() - began)} ms`)
    assert.equal(deployment.status, 'succeeded')
    assert.equal(runner.runs.length, 108)
    assert.deepEqual(runner.doubled, [])
    assert.ok(gapless(events))
    assert.equal(events.length, deployment.lastEvent)
    assert.deepEqual(await polled(automation, queued.id, 50), events)
    assert.deepEqual(deployment.phases.map((phase) => phase.status), Array(8).fill('succeeded'))
    assert.equal(deployment.resourceChanges.create, 108 * 2)
    // Each unit's four events in order, and phases apart.
    for (const { unit } of runner.runs) {
      assert.deepEqual(about(events, unit.unit).map((event) => event.type), [
        'unit.started',
        'resource.started',
        'resource.succeeded',
        'unit.succeeded'
      ])
    }
    const phases = ofType(events, 'phase.started', 'phase.succeeded', 'phase.failed', 'phase.canceled').map((
      event
    ) => `${event.type} ${event.phase}`)
    assert.deepEqual(
      phases,
      [1, 2, 3, 4, 5, 6, 7, 8].flatMap((phase) => [`phase.started ${phase}`, `phase.succeeded ${phase}`])
    )
    const order = runner.runs.map((run) => run.unit.phaseNumber)
    assert.deepEqual(order, order.toSorted((a, b) => a - b))
  } finally {
    await automation.close()
  }
})
