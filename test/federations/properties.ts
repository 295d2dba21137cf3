/** Properties of every federation, whatever its clusters. */
import assert from 'node:assert/strict'
import { parseFederation } from '../../automation/federation/load.ts'
import { loadDurations } from '../../automation/plan/durations.ts'
import { buildPlan } from '../../automation/plan/plan.ts'
import { catalog } from '../../programs/catalog.ts'
import type { Federation } from '../../programs/types.ts'
import { capacityChecks } from '../../programs/validation/capacity.ts'
import { isMemory } from '../../rehearsal/clouds/kept-names.ts'
import { unitsOf } from '../fixtures/programs/catalogued-units.ts'
import { RehearsedWorld } from '../fixtures/programs/rehearsed-world.ts'
import { assertCheckersAnswered } from './checkers.ts'

const durations = await loadDurations()

function federationIn (text: string): Federation {
  const result = parseFederation(text, 'any.yaml')
  if ('errors' in result) throw new Error(JSON.stringify(result.errors))
  return result.federation
}

/**
 * Fails unless the plan has every cluster in every phase, after what it stands on, and the clusters
 * have the capacity that the last phase checks.
 */
export function assertPlanned (text: string): void {
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
    const own = plan.units.filter(({ clusters }) => clusters.length === 1 && clusters[0] === name)
    assert.equal(new Set(own.map(({ phase }) => phase)).size, 8)
  }
  assert.deepEqual(capacityChecks(federation).filter(({ passed, required }) => required && !passed), [])
  const at = new Map(plan.units.map((unit) => [unit.id, unit]))
  for (const unit of plan.units) {
    for (const before of unit.dependsOn) {
      assert.ok((at.get(before)?.predicted.end ?? Infinity) <= unit.predicted.start)
    }
  }
}

/** Fails unless all units deploy, pass their checks, and leave nothing once destroyed. */
export async function assertDeployed (text: string): Promise<void> {
  const federation = federationIn(text)
  const world = new RehearsedWorld(federation)
  const units = unitsOf(federation)
  for (const { id } of units) await world.up(id)
  const checks = units.filter(({ phase }) => phase === 'validation').flatMap(({ id }) =>
    world.outputs[id]?.['checks']?.value as { name: string, passed: boolean, required: boolean }[]
  )
  assert.deepEqual(checks.filter(({ passed, required }) => required && !passed), [])
  assertCheckersAnswered(await world.clouds.find({}))
  for (const { id } of [...units].reverse()) await world.destroy(id)
  const left = (await world.clouds.find({})).filter((record) => !isMemory(record))
  assert.deepEqual(left.map(({ token }) => token), [])
}
