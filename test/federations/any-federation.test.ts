import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { parseFederation } from '../../automation/federation/load.ts'
import { loadDurations } from '../../automation/plan/durations.ts'
import { buildPlan } from '../../automation/plan/plan.ts'
import { catalog } from '../../programs/catalog.ts'
import { type Federation } from '../../programs/types.ts'
import { unitsOf } from '../fixtures/programs/catalogued-units.ts'
import { RehearsedWorld } from '../fixtures/programs/rehearsed-world.ts'
import { anyFederation } from './any-federation.ts'

// How far the search goes: a handful of small ones in the suite, more on demand
// (WINDLASS_TEST_CLUSTERS=12 node --test test/federations/any-federation.test.ts).
const clusters = Number(process.env['WINDLASS_TEST_CLUSTERS'] ?? 3)
const runs = Number(process.env['WINDLASS_TEST_RUNS'] ?? 2)

function federationIn (text: string): Federation {
  const result = parseFederation(text, 'any.yaml')
  if ('errors' in result) throw new Error(JSON.stringify(result.errors))
  return result.federation
}

suite('any federation', { timeout: 3_600_000 }, () => {
  test('of 1 to 40 clusters has a plan with every cluster in every phase', async () => {
    const durations = await loadDurations()
    fc.assert(
      fc.property(anyFederation({ min: 1, max: 40 }), (text) => {
        const federation = federationIn(text)
        const plan = buildPlan({
          federation,
          operation: 'up',
          phases: { from: 1, to: 8 },
          parallelism: 64,
          perCloud: 64,
          catalog,
          durations
        })
        for (const { name } of federation.clusters) {
          assert.equal(
            new Set(
              plan.units.filter((unit) => unit.clusters.length === 1 && unit.clusters[0] === name).map((
                unit
              ) => unit.phase)
            ).size,
            8
          )
        }
        const at = new Map(plan.units.map((unit) => [unit.id, unit]))
        for (const unit of plan.units) {
          for (const before of unit.dependsOn) {
            assert.ok((at.get(before)?.predicted.end ?? Infinity) <= unit.predicted.start)
          }
        }
      }),
      { numRuns: 40 }
    )
  })

  test('deploys all its units, and leaves nothing when they are destroyed', async () => {
    await fc.assert(
      fc.asyncProperty(anyFederation({ min: 1, max: clusters }), async (text) => {
        const federation = federationIn(text)
        const world = new RehearsedWorld(federation)
        const units = unitsOf(federation)
        for (const { id } of units) await world.up(id)
        const checks = units.filter(({ phase }) => phase === 'validation').flatMap(({ id }) =>
          world.outputs[id]?.['checks']?.value as { name: string, passed: boolean, required: boolean }[]
        )
        assert.deepEqual(checks.filter(({ passed, required }) => required && !passed), [])
        for (const { id } of [...units].reverse()) await world.destroy(id)
        assert.deepEqual((await world.clouds.find({})).map(({ token }) => token), [])
        // A shrunk counterexample costs a deployment each time it is tried: the seed that is
        // printed is enough to see it again.
      }),
      { numRuns: runs, endOnFailure: true }
    )
  })
})
