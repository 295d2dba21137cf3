/** Units whose hosts say what no database takes: each ends once, with what was said. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Unit } from '../../../contract/deployment.ts'
import { ofType, type Event } from '../../../contract/event.ts'
import { isStorable } from '../../../contract/text/storable.ts'
import { ended, logger, request, unitsOf, withService } from '../../fixtures/automation/harness.ts'
import {
  created,
  failed,
  ScriptedRunner,
  succeeded,
  type Script
} from '../../fixtures/automation/scripted-runner.ts'
import { startDatabase, type TestServer } from '../../fixtures/database.ts'
import { hostileTexts, nested, unstorableTexts } from '../../fixtures/hostile-text.ts'

/** Says whether every text of a value can be stored and sent, without what the schema bounds. */
const clean = (value: unknown): boolean =>
  !/\\u0000|\\u[dD][89a-fA-F]/.test(JSON.stringify(value).replaceAll('\\\\', ''))

suite('hostile text of hosts', () => {
  let server: TestServer
  before(async () => {
    server = await startDatabase()
  })
  after(async () => {
    await server.close()
  })

  /** Runs phase 1 of one cluster by each script; gives events and units of each. */
  async function run (...scripts: Script[]) {
    const found: { events: Event[], units: Unit[], status: string, runs: number }[] = []
    const runner = new ScriptedRunner(4)
    await withService(server, runner, async (automation) => {
      for (const [index, script] of scripts.entries()) {
        runner.script = script
        const before = runner.runs.length
        const { deployment: { id } } = await automation.launch(request({
          phases: { from: 1, to: 1 },
          clusters: ['nautilus-hub-us-west'],
          rehearsal: { world: `w${index}`, timeScale: 0, seed: 1, faults: [] }
        }))
        const { deployment: { status }, events } = await ended(automation, id)
        const units = [...(await unitsOf(automation, id)).values()]
        found.push({ events, status, units, runs: runner.runs.length - before })
      }
    }, { logger: { ...logger, error: () => undefined } })
    return found
  }

  test('fails a unit once, whatever its message holds', async () => {
    const texts = [...Object.values(unstorableTexts), '🚀'.repeat(4_200), `x${'🚀'.repeat(9_000)}`]
    const all = await run(...texts.map((text): Script => () => failed(false, text)))
    for (const [index, { events, status, units, runs }] of all.entries()) {
      assert.equal(status, 'failed')
      assert.deepEqual(ofType(events, 'unit.interrupted'), [])
      assert.equal(runs, ofType(events, 'unit.failed').length)
      assert.ok(clean(events) && clean(units))
      const message = units.find(({ error }) => error)?.error?.message ?? ''
      assert.ok(message.length <= 10_100 && isStorable(message))
      assert.match(message, (texts[index] ?? '').length > 10_000 ? /characters cut\)$/ : /[\u2400\ufffd🚀]/u)
    }
  })

  test('is stored in every field of events, outputs and leftovers', async () => {
    const all = hostileTexts.join(' ')
    const [one] = await run((unit, { onEvents }) => {
      const about = { phase: unit.phaseNumber, unit: unit.unit }
      onEvents([
        { type: 'diagnostic', ...about, severity: 'info', message: all, urn: all },
        {
          type: 'resource.succeeded',
          ...about,
          urn: all,
          resource: { type: all, name: all },
          op: all,
          emittedAt: new Date().toISOString(),
          diff: [{
            path: all,
            kind: 'update',
            replaces: false,
            before: { [all]: all },
            after: nested(5_000, all)
          }]
        },
        { type: 'policy.violated', ...about, policy: all, pack: all, enforcement: 'advisory', message: all }
      ])
      return {
        ...succeeded(unit),
        resourceChanges: created(1),
        outputs: { [all]: { value: { [all]: nested(5_000, all) }, secret: false } },
        leftovers: [{ resource: all, message: all }]
      }
    })
    assert.equal(one?.status, 'succeeded')
    assert.ok(clean(one.events) && clean(one.units))
    assert.ok(JSON.stringify(one.events).includes('nested deeper'))
  })

  test('fails a unit as any other text when the runner itself throws it', async () => {
    const [one] = await run(() => {
      throw new Error(Object.values(unstorableTexts).join(' '))
    })
    assert.equal(one?.status, 'failed')
    assert.deepEqual(ofType(one.events, 'unit.interrupted'), [])
    assert.ok(clean(one.events) && clean(one.units))
  })
})
