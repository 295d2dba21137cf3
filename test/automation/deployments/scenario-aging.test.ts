import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ended, request, withService } from '../../fixtures/automation/harness.ts'
import { ScriptedRunner } from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase } from '../../fixtures/database.ts'

test("a scenario puts its world's clock forward after an up, and says what broke", async (context) => {
  const server = await startDatabase()
  context.after(() => server.close())
  await withService(server, new ScriptedRunner(4), async (automation) => {
    const launch = async (world: string, phase: number) => {
      const { deployment: { id } } = await automation.launch(
        request({
          phases: { from: phase, to: phase },
          rehearsal: { world, timeScale: 0, seed: 1, faults: [], scenario: 'year-on-the-clock' }
        })
      )
      return (await ended(automation, id)).deployment
    }
    const { scenario, finishedAt } = await launch('old', 1)
    assert.deepEqual([scenario?.asExpected, scenario?.differences], [true, undefined])
    assert.match(scenario?.expected ?? '', /400 days later nothing has broken/)
    const [aging] = await automation.agings('old')
    assert.equal(aging?.days, 400)
    assert.ok(aging.happened.some(({ name }) => name === 'nautilus: renewals'))
    const next = await launch('old', 2)
    assert.ok(Date.parse(next.virtual?.start ?? '') - Date.parse(finishedAt ?? '') > 399 * 86_400_000)
    const [entry] = (await automation.audit.page({ limit: 1 })).items
    assert.equal(entry?.action, 'world.aged')
  })
})
