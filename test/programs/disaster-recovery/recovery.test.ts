import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import {
  backupTarget,
  dnsRecovery,
  meshRecovery,
  missedObjectives,
  observersOf,
  quorum,
  recoveryOf
} from '../../../programs/disaster-recovery/recovery.ts'
import { runbookOf } from '../../../programs/disaster-recovery/runbook.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

let federation: Federation
before(async () => {
  federation = await nautilus()
})

test('Nautilus meets its objectives: 25 s through the mesh, 88 s through DNS, 4 s of data', () => {
  for (const pair of federation.disasterRecovery.pairs) {
    assert.deepEqual(recoveryOf(federation, pair), {
      rtoSeconds: { mesh: 25, dns: 88, objectiveMesh: 30, objectiveDns: 90 },
      rpoSeconds: { expected: 4, objective: 5 },
      terms: {
        mesh: { detection: 15, 'outlier sweep': 5, 'endpoint push': 5 },
        dns: { detection: 25, ttl: 60, propagation: 3 },
        data: { lag: 3, 'status interval': 1 }
      }
    })
    assert.deepEqual(missedObjectives(federation, pair), [])
  }
})

test('sums are of their parts, and an objective is missed exactly when its sum exceeds it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 600 }),
      fc.constantFrom('aws' as const, 'gcp' as const, 'azure' as const),
      (probeIntervalSeconds, failureThreshold, dnsTtlSeconds, provider) => {
        const changed: Federation = {
          ...federation,
          dns: { ...federation.dns, provider },
          disasterRecovery: {
            ...federation.disasterRecovery,
            probeIntervalSeconds,
            failureThreshold,
            dnsTtlSeconds
          }
        }
        for (const sum of [meshRecovery(changed), dnsRecovery(changed)]) {
          assert.equal(sum.seconds, Object.values(sum.parts).reduce((total, part) => total + part, 0))
        }
        const [pair] = changed.disasterRecovery.pairs
        assert.ok(pair)
        const { rtoSeconds, rpoSeconds } = recoveryOf(changed, pair)
        const late = [
          rtoSeconds.mesh > rtoSeconds.objectiveMesh,
          rtoSeconds.dns >= rtoSeconds.objectiveDns,
          rpoSeconds.expected > rpoSeconds.objective
        ].filter(Boolean).length
        assert.equal(missedObjectives(changed, pair).length, late)
        assert.ok(rtoSeconds.dns > dnsTtlSeconds)
      }
    )
  )
})

test('a primary is watched by three clusters that are neither of the pair', () => {
  for (const pair of federation.disasterRecovery.pairs) {
    const names = observersOf(federation, pair).map(({ name }) => name)
    assert.equal(new Set(names).size, 3)
    assert.ok(!names.includes(pair.primary) && !names.includes(pair.standby))
    assert.equal(quorum(names.length), 2)
  }
})

test('backups go to another cloud in an area where the data may be', () => {
  for (const cluster of federation.clusters) {
    const target = backupTarget(federation, cluster)
    assert.notEqual(target.cloud, cluster.cloud, cluster.name)
    assert.ok(federation.residency[cluster.area]?.includes(target.area))
  }
})

test('a cluster without another that may hold its data keeps its backups itself', () => {
  const [cluster] = federation.clusters
  assert.ok(cluster)
  assert.equal(backupTarget({ ...federation, clusters: [cluster] }, cluster), cluster)
})

test('the runbook says both sums and names the observers', () => {
  const [pair] = federation.disasterRecovery.pairs
  assert.ok(pair)
  const text = runbookOf(federation, pair)
  assert.match(text, /= 25 s/)
  assert.match(text, /= 88 s/)
  for (const { name } of observersOf(federation, pair)) assert.ok(text.includes(name))
})
