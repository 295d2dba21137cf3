/** Monitoring, deployment, availability, security, validation. */
import assert from 'node:assert/strict'
import { loadDurations } from '../../../automation/plan/durations.ts'
import { buildPlan } from '../../../automation/plan/plan.ts'
import { unitsInMemory } from '../../../automation/unit-memory.ts'
import { type Ordering, type PhaseName } from '../../../contract/words.ts'
import { catalog } from '../../../programs/catalog.ts'
import { type Check } from '../../../programs/outputs.ts'
import { alerting, alerts } from './alerting.ts'
import {
  at,
  clusterOf,
  type Deployed,
  names,
  ofType,
  output,
  pairs,
  type Statement,
  type Statements,
  text
} from './world.ts'

const durations = await loadDurations()
const releaseType = 'kubernetes:helm.sh/v3:Release'

/** A phase has units of these kinds, all of which were deployed. */
function phase (number: number, name: PhaseName, units: number): Statement {
  return (deployed) => {
    assert.equal(catalog[number - 1]?.name, name)
    assert.equal(
      new Set(deployed.resources.filter(({ unit }) => unit.startsWith(`${name}.`)).map(({ unit }) => unit))
        .size,
      units
    )
  }
}

function passed (deployed: Deployed, unit: string): Check[] {
  const checks = output<Check[]>(deployed, unit, 'checks')
  assert.deepEqual(checks.filter((check) => check.required && !check.passed).map(({ name }) => name), [])
  return checks
}

export const operations: Statements = {
  O1: (deployed) => {
    for (const name of names(deployed)) {
      assert.ok(
        ofType(deployed, releaseType, `monitoring.${name}`).some(({ inputs }) =>
          text(inputs).includes('remoteWrite')
        ),
        name
      )
    }
  },
  O2: (deployed) => {
    for (const wanted of ['federation', 'cluster', 'mesh', 'trading', 'disaster-recovery']) {
      assert.ok(output<string[]>(deployed, 'monitoring.global', 'dashboards').includes(wanted), wanted)
    }
  },
  O3: (deployed) => {
    assert.ok(
      ofType(deployed, releaseType, 'monitoring.').some(({ inputs }) => text(inputs).includes('jaeger')) ||
        deployed.resources.some(({ unit, inputs }) =>
          unit === 'monitoring.global' && text(inputs).includes('jaeger')
        )
    )
    for (const name of names(deployed)) {
      assert.notEqual(output<string>(deployed, `monitoring.${name}`, 'traces'), '')
    }
  },
  O4: alerts(
    'OrderLatencyHigh',
    'MarketDataStale',
    'RiskCheckSlow',
    'MessageThroughputNearLimit',
    'WebSocketConnectionsNearLimit'
  ),
  O5: (deployed) => {
    assert.equal(deployed.federation.monitoring.minimumAlertRules, 30)
    for (const name of names(deployed)) {
      assert.ok(alerting(deployed, name).length >= 30, `${name} ${alerting(deployed, name).length}`)
    }
  },
  O6: (deployed) => {
    for (const name of names(deployed)) {
      for (const { alert, annotations } of alerting(deployed, name)) {
        assert.match(annotations['runbook_url'] ?? '', /^https:/, alert)
      }
    }
    for (const { unit, primary } of pairs(deployed)) {
      assert.ok(output<string>(deployed, unit, 'runbook').includes(primary))
    }
  },
  O7: (deployed) => {
    for (const name of names(deployed)) {
      for (const { alert, labels } of alerting(deployed, name)) {
        assert.ok(['critical', 'warning'].includes(labels['severity'] ?? ''), alert)
      }
    }
  },
  O8: (deployed) => {
    assert.equal(
      at(
        ofType(deployed, releaseType, 'monitoring.global').find(({ name }) => name === 'alertmanager')
          ?.inputs,
        'values.replicaCount'
      ),
      2
    )
  },
  X2: () => {
    assert.deepEqual(catalog.map(({ number, name }) => `${number} ${name}`), [
      '1 prerequisites',
      '2 infrastructure',
      '3 networking',
      '4 mesh',
      '5 federation',
      '6 monitoring',
      '7 disaster-recovery',
      '8 validation'
    ])
  },
  X5: phase(2, 'infrastructure', 10),
  X6: phase(3, 'networking', 10 + 10 + 3),
  X7: phase(4, 'mesh', 10 + 1),
  X8: phase(5, 'federation', 10 + 1),
  X9: phase(6, 'monitoring', 10 + 1),
  X10: phase(7, 'disaster-recovery', 10 + 2 * 3 + 1),
  X11: (deployed) => {
    for (const name of [...names(deployed), 'global']) {
      assert.ok(passed(deployed, `validation.${name}`).length >= 15)
    }
  },
  X12: ({ federation }) => {
    assert.equal(federation.targetMinutes, 30)
    const minutes = (ordering: Ordering): number =>
      buildPlan({
        federation,
        operation: 'up',
        ordering,
        parallelism: unitsInMemory(16 * 1024 ** 3),
        durations
      }).makespanSeconds / 60
    // What the row says of both.
    assert.deepEqual([Math.round(minutes('pipelined')), Math.round(minutes('phased'))], [29, 41])
  },
  A1: (deployed) => {
    assert.equal(deployed.federation.availability.cluster, 99.99)
    alerts('ClusterErrorBudgetBurnsFast')(deployed)
  },
  A2: (deployed) => {
    const { availability } = deployed.federation
    assert.equal(availability.federation, 99.995)
    // Minutes of a year of 365.25 days.
    assert.equal(Math.round((100 - availability.federation) / 100 * 365.25 * 24 * 60 * 10) / 10, 26.3)
    const rules = ofType(deployed, 'kubernetes:core/v1:ConfigMap', 'monitoring.global').find(({ name }) =>
      name === 'federation-rules'
    )
    assert.match(text(rules?.inputs), /FederationErrorBudgetBurnsFast/)
  },
  A3: ({ federation: { availability, disasterRecovery } }) => {
    assert.deepEqual([availability.dns, disasterRecovery.dnsTtlSeconds], [99.999, 60])
  },
  A4: (deployed) => {
    assert.deepEqual([deployed.federation.availability.mesh, deployed.federation.mesh.failoverSeconds], [
      99.95,
      5
    ])
    alerts('MeshErrorBudgetBurnsFast')(deployed)
    for (
      const { urn, inputs } of ofType(
        deployed,
        'kubernetes:networking.istio.io/v1:DestinationRule',
        'federation.'
      )
    ) assert.equal(at(inputs, 'spec.trafficPolicy.outlierDetection.interval'), '5s', urn)
  },
  S5: (deployed) => {
    assert.ok(ofType(deployed, 'aws:eks/podIdentityAssociation:PodIdentityAssociation').length > 0)
    assert.ok(ofType(deployed, 'azure-native:managedidentity:FederatedIdentityCredential').length > 0)
    for (const { urn, inputs } of ofType(deployed, 'gcp:container/cluster:Cluster')) {
      assert.ok(at(inputs, 'workloadIdentityConfig.workloadPool'), urn)
    }
    assert.deepEqual(
      deployed.resources.filter(({ type }) => /accessKey:AccessKey|serviceaccount\/key:Key$/.test(type)).map((
        { urn }
      ) => urn),
      []
    )
  },
  S10: (deployed) => {
    assert.deepEqual(deployed.federation.residency, { us: ['us'], eu: ['eu'], asia: ['asia'] })
    for (const { primary, standby } of pairs(deployed)) {
      assert.equal(clusterOf(deployed, primary).area, clusterOf(deployed, standby).area)
    }
    for (const name of names(deployed)) {
      assert.ok(passed(deployed, `validation.${name}`).some((check) => check.name === 'backup-residency'))
    }
  },
  V1: (deployed) => {
    assert.deepEqual(
      passed(deployed, 'validation.global').filter(({ name }) => name.startsWith('reach-')).map((
        { measured }
      ) => measured),
      Array(10).fill(9)
    )
  },
  V2: (deployed) => {
    assert.equal(
      ofType(deployed, 'kubernetes:batch/v1:Job', 'validation.global').length,
      // Two in each cluster, two about each pair's ledger, and five that ask public names.
      2 * names(deployed).length + 2 * pairs(deployed).length + 5
    )
    assert.equal(
      passed(deployed, 'validation.global').filter(({ kind, unit }) => kind === 'latency' && unit === 'ms')
        .length,
      5
    )
  },
  V3: (deployed) => {
    const failover = passed(deployed, 'validation.global').filter(({ kind }) => kind === 'failover').map((
      { name }
    ) => name)
    for (const { primary } of pairs(deployed)) {
      for (const objective of ['rto-mesh', 'rto-dns', 'rpo']) {
        assert.ok(failover.includes(`${objective}-${primary}`))
      }
    }
  },
  V4: (deployed) => {
    for (const name of names(deployed)) {
      assert.equal(ofType(deployed, 'kubernetes:batch/v1:Job', `validation.${name}`).length, 4)
      assert.ok(passed(deployed, `validation.${name}`).filter(({ kind }) => kind === 'security').length >= 10)
    }
  },
  V5: (deployed) => {
    assert.ok(passed(deployed, 'validation.global').some(({ name }) => name === 'clusters'))
  },
  V6: (deployed) => {
    for (const { name, why, target, measured } of passed(deployed, 'validation.global')) {
      assert.ok(why !== '' && target !== '' && measured !== '', name)
    }
  }
}
