import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseFederation } from '../../../automation/federation/load.ts'
import { loadDurations } from '../../../automation/plan/durations.ts'
import { buildPlan } from '../../../automation/plan/plan.ts'
import { disasterRecovery } from '../../../programs/disaster-recovery/plan.ts'
import { type Federation } from '../../../programs/types.ts'
import { anyFederation } from '../../fixtures/any-federation.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { runUnit } from '../../fixtures/programs/mock-engine.ts'
import { deployed, withLedgers } from '../infrastructure/upstream.ts'

const durations = await loadDurations()

/** Asserts that no side of a pair waits for, reads or stands on the other, in any plan. */
function assertApart (federation: Federation): void {
  for (const ordering of ['phased', 'pipelined'] as const) {
    const { units } = buildPlan({ federation, operation: 'up', ordering, durations })
    for (const { primary, standby } of federation.disasterRecovery.pairs) {
      for (
        const [side, own, other] of [['primary', primary, standby], ['standby', standby, primary]] as const
      ) {
        const unit = units.find(({ id }) => id === `disaster-recovery.${primary}.${standby}-${side}`)
        assert.ok(unit, `${primary} has no unit for its ${side}`)
        assert.deepEqual(unit.clusters, [own])
        const foreign = [...unit.dependsOn, ...unit.requires].filter((id) =>
          units.find((one) => one.id === id)?.clusters.length === 1 && !id.endsWith(`.${own}`)
        )
        assert.deepEqual(foreign, [], unit.id)
        assert.ok([...unit.dependsOn].every((id) => !id.endsWith(`.${other}`)), unit.id)
      }
    }
  }
}

test('no side of a pair waits for the other or for its cluster, in any federation', async () => {
  assertApart(await nautilus())
  fc.assert(
    fc.property(anyFederation({ min: 2, max: 6 }), (text) => {
      const result = parseFederation(text, 'any.yaml')
      if ('federation' in result) assertApart(result.federation)
    }),
    { numRuns: 30 }
  )
})

test("a side and an observer configure their own cluster's provider alone", async () => {
  const federation = await nautilus()
  const upstream = { ...deployed(federation), ...withLedgers(federation) }
  for (const kind of disasterRecovery.units.filter(({ scope }) => scope === 'link')) {
    for (const scope of kind.scopes(federation)) {
      const { resources } = await runUnit(disasterRecovery, federation, scope, upstream)
      const providers = resources.filter(({ type }) => type.startsWith('pulumi:providers:'))
      assert.deepEqual(providers.map(({ name }) => name), [`kubernetes-${scope.clusters[0]}`], scope.name)
    }
  }
  for (const kind of disasterRecovery.units.filter(({ scope }) => scope === 'cluster')) {
    for (const scope of kind.scopes(federation)) {
      const { resources } = await runUnit(disasterRecovery, federation, scope, upstream)
      const clusters = resources.filter(({ type }) => type === 'pulumi:providers:kubernetes')
      assert.deepEqual(clusters.map(({ name }) => name), [`kubernetes-${scope.name}`])
    }
  }
})
