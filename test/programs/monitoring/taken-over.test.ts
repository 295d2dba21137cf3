import assert from 'node:assert/strict'
import { test } from 'node:test'
import { movesOf } from '../../../automation/plan/takeovers.ts'
import { catalog } from '../../../programs/catalog.ts'
import { observedBy, observersOf } from '../../../programs/disaster-recovery/recovery.ts'
import { monitoring } from '../../../programs/monitoring/plan.ts'
import { sideName } from '../../../programs/scopes.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { runUnit, scopeNamed, type Upstream } from '../../fixtures/programs/mock-engine.ts'

/** Outputs of any unit: the name of each. */
const anything = new Proxy({}, {
  get: () => new Proxy({}, { get: (_target, name) => `${String(name)}/${String(name)}` })
}) as Upstream
const probe = 'kubernetes:monitoring.coreos.com/v1:Probe'
const monitor = 'kubernetes:monitoring.coreos.com/v1:PodMonitor'

test('what phase 7 had of monitoring is taken by the unit that registers it now, each once', async () => {
  const federation = await nautilus()
  const { pairs } = federation.disasterRecovery
  /** Unit of phase 7 -> what an earlier version had there, and the cluster that it is of. */
  const had = [
    ...federation.clusters.flatMap(({ name }) =>
      observedBy(federation, name).map(({ primary }) => [name, name, probe, `${primary}-probe`] as const)
    ),
    ...pairs.flatMap((pair) => [
      ...observersOf(federation, pair).filter(({ name }) => name === pair.standby).map(({ name }) =>
        [sideName(pair, 'standby'), name, probe, `${name}-probe`] as const
      ),
      ...(['primary', 'standby'] as const).map((side) =>
        [sideName(pair, side), pair[side], monitor, `${pair[side]}-ledger-metrics`] as const
      )
    ])
  ]
  assert.ok(had.length > 10)
  const moves = movesOf(federation, catalog)
  for (const [scope, cluster, type, name] of had) {
    const takers = moves.filter(({ from }) => from.unit === `disaster-recovery.${scope}`).flatMap((
      { to, rule }
    ) => {
      const taken = rule.taken({ type, name, provider: `kubernetes-${cluster}` })
      return taken === undefined ? [] : [{ unit: to.unit, taken }]
    })
    assert.deepEqual(takers.map(({ unit }) => unit), [`monitoring.${cluster}`], name)
    const { resources } = await runUnit(
      monitoring,
      federation,
      scopeNamed(federation, monitoring, 'cluster', cluster),
      anything
    )
    assert.ok(resources.some((one) => one.type === type && one.name === takers[0]?.taken), name)
  }
})
