import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { istiodValues } from '../../../programs/mesh/istio.ts'
import { authorityHours, outlierDetection } from '../../../programs/mesh/settings.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { unitsOf } from '../../fixtures/programs/catalogued-units.ts'

let federation: Federation
before(async () => {
  federation = await nautilus()
})

test('authorities live as many calendar years as the file says; the root outlives the others', () => {
  const { root, intermediate, renewal } = authorityHours(federation.mesh)
  assert.ok(renewal > 0 && renewal < intermediate)
  assert.ok(intermediate >= 3653 * 24)
  assert.ok(root > intermediate)
})

test("outlier detection uses the file's threshold and its bound for the mesh", () => {
  assert.deepEqual({ ...outlierDetection(federation.mesh), baseEjectionSeconds: 0 }, {
    consecutiveErrors: 5,
    intervalSeconds: 5,
    baseEjectionSeconds: 0,
    maxEjectionPercent: 100
  })
})

test('istiod is told mesh, cluster, network and the least version of TLS', () => {
  for (const cluster of federation.clusters) {
    const values = istiodValues(federation, cluster) as {
      global: { multiCluster: { clusterName: string }, network: string }
      meshConfig: { meshMTLS: { minProtocolVersion: string } }
    }
    assert.equal(values.global.multiCluster.clusterName, cluster.name)
    assert.equal(values.global.network, cluster.name)
    assert.equal(values.meshConfig.meshMTLS.minProtocolVersion, 'TLSV1_3')
  }
})

test('Nautilus has 108 units, and every dependency is a unit of the same or an earlier phase', () => {
  const units = unitsOf(federation)
  assert.equal(units.length, 108)
  const phaseOf = new Map(units.map((unit) => [unit.id, unit.phase]))
  const order = [...new Set(units.map((unit) => unit.phase))]
  for (const unit of units) {
    for (const dependency of unit.dependsOn) {
      const phase = phaseOf.get(dependency)
      assert.ok(phase !== undefined, `${unit.id} depends on ${dependency}, which is no unit`)
      assert.ok(
        order.indexOf(phase) <= order.indexOf(unit.phase),
        `${unit.id} depends on the later ${dependency}`
      )
      assert.notEqual(dependency, unit.id)
    }
  }
})
