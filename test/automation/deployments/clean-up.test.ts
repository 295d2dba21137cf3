import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { nextToClean, type CleanableUnit } from '../../../automation/deployments/run/clean-up.ts'
import { type UnitOutcome } from '../../../automation/stacks/types.ts'
import { ended, gapless, request, unitsOf, withService } from '../../fixtures/automation/harness.ts'
import { created, ScriptedRunner, succeeded } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { about } from '../../fixtures/events.ts'

const leftovers = [{
  resource: 'urn:pulumi:old',
  message: 'DependencyViolation: it has dependencies and cannot be deleted'
}]
const leaving = (unit: string): UnitOutcome => ({
  status: 'failed',
  resourceChanges: created(1),
  error: { code: 'resource-failed', message: 'DependencyViolation', retryable: true },
  leftovers,
  outputs: { name: { value: `${unit}, moved`, secret: false } }
})
const network = 'infrastructure.nautilus-primary-us-east'

/** Random graphs: a unit depends on earlier ones only. */
const graphs = fc.array(fc.record({ leaves: fc.boolean(), before: fc.array(fc.nat(20), { maxLength: 4 }) }), {
  maxLength: 20
}).map((nodes): CleanableUnit[] =>
  nodes.map(({ leaves, before }, index) => ({
    id: `u${index}`,
    status: 'succeeded',
    leftovers: leaves ? leftovers : null,
    dependsOn: [...new Set(before.filter((other) => other < index))].map((other) => `u${other}`)
  }))
)

suite('what replaced resources leave', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  test('is cleaned until nothing is left, and never under a unit that still has leftovers', () => {
    fc.assert(fc.property(graphs, (graph) => {
      let units = graph
      const standsOn = (id: string): string[] =>
        units.filter((unit) => unit.dependsOn.includes(id)).flatMap((unit) => [unit.id, ...standsOn(unit.id)])
      for (let round = 0; units.some((unit) => unit.leftovers !== null); round++) {
        assert.ok(round <= graph.length)
        const next = nextToClean(units)
        assert.ok(next.length > 0)
        for (const id of next) {
          assert.deepEqual(
            standsOn(id).filter((other) => units.find((unit) => unit.id === other)?.leftovers !== null),
            []
          )
        }
        units = units.map((unit) => next.includes(unit.id) ? { ...unit, leftovers: null } : unit)
      }
      assert.deepEqual(nextToClean(units), [])
    }))
  })

  test('keeps nobody waiting, and goes at the end of the deployment', async () => {
    const runner = new ScriptedRunner(
      4,
      (unit) => unit.unit === network && unit.attempt === 1 ? leaving(unit.unit) : succeeded(unit)
    )
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 3 } }))
      const { deployment, events } = await ended(automation, id)
      assert.equal(deployment.status, 'succeeded')
      assert.deepEqual(deployment.phases.map((phase) => phase.status), [
        'succeeded',
        'succeeded',
        'succeeded'
      ])
      assert.equal(runner.order.at(-1), network)
      // The units after it read what is new.
      const reader = runner.runs.find((run) => run.unit.unit === 'networking.nautilus-primary-us-east')
      assert.equal(reader?.unit.upstream[network]?.['name']?.value, `${network}, moved`)
      const told = about(events, network)
      assert.deepEqual(told.map((event) => [event.type, 'attempt' in event && event.attempt]), [
        ['unit.started', 1],
        ['unit.succeeded', 1],
        ['unit.started', 2],
        ['unit.succeeded', 2]
      ])
      assert.deepEqual(told.map((event) => 'leftovers' in event ? event.leftovers : undefined), [
        undefined,
        leftovers,
        undefined,
        undefined
      ])
      assert.equal((await automation.unit(id, network)).leftovers, undefined)
      assert.ok(gapless(events))
    })
  })

  test('a resource still held at the end fails the deployment; a resume tries again', async () => {
    let held = true
    const runner = new ScriptedRunner(
      4,
      (unit) => unit.unit === network && held ? leaving(unit.unit) : succeeded(unit)
    )
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 3 } }))
      const { deployment } = await ended(automation, id)
      assert.equal(deployment.status, 'failed')
      assert.equal(deployment.error?.unit, network)
      assert.equal(deployment.phases[1]?.status, 'failed')
      const others = [...(await unitsOf(automation, id)).values()].filter((unit) => unit.id !== network)
      assert.deepEqual([...new Set(others.map((unit) => unit.status))], ['succeeded'])
      held = false
      runner.runs.length = 0
      await automation.resume(id)
      assert.equal((await ended(automation, id, deployment.lastEvent)).deployment.status, 'succeeded')
      assert.deepEqual(runner.order, [network])
    })
  })

  test('is a failure like any other where nothing stands on the unit', async () => {
    const runner = new ScriptedRunner(
      4,
      (unit) => unit.unit === 'validation.global' ? leaving(unit.unit) : succeeded(unit)
    )
    await withService(server, runner, async (automation) => {
      const { deployment: { id } } = await automation.launch(request({ phases: { from: 1, to: 8 } }))
      const { deployment } = await ended(automation, id)
      assert.equal(deployment.error?.unit, 'validation.global')
    })
  })
})
