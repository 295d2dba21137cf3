/** Load balancing, disaster recovery, monitoring, deployment, availability, validation. */
import assert from 'node:assert/strict'
import { type PhaseName } from '../../../contract/words.ts'
import { catalog } from '../../../programs/catalog.ts'
import { type Check, type PairRecovery } from '../../../programs/outputs.ts'
import {
  at,
  clusterOf,
  type Deployed,
  names,
  ofType,
  output,
  type Statement,
  type Statements,
  text
} from './world.ts'

const RECORD = 'aws:route53/record:Record'
const CHECK = 'aws:route53/healthCheck:HealthCheck'
const RULE = 'kubernetes:monitoring.coreos.com/v1:PrometheusRule'
const RELEASE = 'kubernetes:helm.sh/v3:Release'

function policy (property: string, least: number): Statement {
  return (deployed) => {
    const found = ofType(deployed, RECORD, 'federation.global').filter(({ inputs }) =>
      at(inputs, `${property}.0`) !== undefined
    )
    assert.ok(found.length >= least, `${found.length} records with ${property}`)
  }
}

/** Each pair with its unit. */
function pairs ({ federation }: Deployed): { unit: string, primary: string, standby: string }[] {
  return federation.disasterRecovery.pairs.map(({ primary, standby }) => ({
    unit: `disaster-recovery.${primary}.${standby}`,
    primary,
    standby
  }))
}

function times (deployed: Deployed): PairRecovery['rtoSeconds'][] {
  return pairs(deployed).map(({ unit }) => output<PairRecovery['rtoSeconds']>(deployed, unit, 'rtoSeconds'))
}

function alerting (
  deployed: Deployed,
  cluster: string
): { alert: string, labels: Record<string, string>, annotations: Record<string, string> }[] {
  return ofType(deployed, RULE, `monitoring.${cluster}`).flatMap(({ inputs }) =>
    (at(inputs, 'spec.groups') as { rules: { alert?: string }[] }[]).flatMap(({ rules }) =>
      rules.filter(({ alert }) => alert !== undefined)
    )
  ) as never
}

function alerts (...wanted: string[]): Statement {
  return (deployed) => {
    const found = names(deployed).flatMap((name) => alerting(deployed, name).map(({ alert }) => alert))
    for (const name of wanted) assert.ok(found.includes(name), name)
  }
}

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
  L1: ({ federation }) => {
    assert.deepEqual([...federation.dns.strategies].sort(), [
      'failover',
      'geography',
      'latency',
      'least-load',
      'weighted'
    ])
  },
  L2: policy('latencyRoutingPolicies', 6),
  L3: policy('geolocationRoutingPolicies', 4),
  L4: policy('failoverRoutingPolicies', 2),
  L5: policy('weightedRoutingPolicies', 6),
  L6: (deployed) => {
    for (
      const { urn, inputs } of ofType(
        deployed,
        'kubernetes:networking.istio.io/v1:DestinationRule',
        'federation.'
      )
    ) assert.equal(at(inputs, 'spec.trafficPolicy.loadBalancer.simple'), 'LEAST_REQUEST', urn)
  },
  L7: (deployed) => {
    const direct = ofType(deployed, CHECK).filter(({ inputs }) => inputs['type'] !== 'CALCULATED')
    assert.ok(direct.length >= 6)
    for (const { urn, inputs } of direct) assert.equal(inputs['requestInterval'], 10, urn)
  },
  L8: (deployed) => {
    for (const { unit } of pairs(deployed)) {
      assert.deepEqual(
        ofType(deployed, RECORD, unit).map(({ inputs }) => at(inputs, 'failoverRoutingPolicies.0.type'))
          .sort(),
        ['PRIMARY', 'SECONDARY']
      )
    }
  },
  D2: (deployed) => {
    for (const { unit } of pairs(deployed)) {
      assert.match(output<string>(deployed, unit, 'runbook'), /## By itself[^]*## Back again/)
    }
  },
  D3: (deployed) => {
    for (const { unit, primary } of pairs(deployed)) {
      const observers = output<string[]>(deployed, unit, 'observers')
      assert.ok(new Set(observers).size === 3 && !observers.includes(primary))
      const probers = ofType(deployed, 'kubernetes:apps/v1:Deployment', unit).map(({ inputs }) =>
        at(inputs, 'spec.template.spec.containers.0.readinessProbe')
      ).filter((probe) => text(at(probe, 'httpGet') ?? '').includes(primary))
      assert.equal(probers.length, 3)
      for (const probe of probers) assert.equal(at(probe, 'periodSeconds'), 5)
      const probes = ofType(deployed, 'kubernetes:monitoring.coreos.com/v1:Probe', unit)
      assert.equal(probes.length, 3)
      for (const { inputs } of probes) assert.equal(at(inputs, 'spec.interval'), '5s')
    }
    alerts('PrimaryUnreachable')(deployed)
  },
  D4: (deployed) => {
    assert.equal(deployed.federation.disasterRecovery.crossCloud, 'required')
    for (const { primary, standby } of pairs(deployed)) {
      assert.notEqual(clusterOf(deployed, primary).cloud, clusterOf(deployed, standby).cloud)
    }
  },
  D5: (deployed) => {
    for (const { unit } of pairs(deployed)) {
      for (const { urn, inputs } of ofType(deployed, RECORD, unit)) assert.equal(inputs['ttl'], 60, urn)
    }
  },
  D6: (deployed) => {
    for (const { unit } of pairs(deployed)) {
      assert.equal(output<number>(deployed, unit, 'failureThreshold'), 3)
      for (const { inputs } of ofType(deployed, CHECK, unit).filter(({ name }) => name.endsWith('-direct'))) {
        assert.equal(inputs['failureThreshold'], 3)
      }
    }
  },
  D7: (deployed) => {
    for (const { unit } of pairs(deployed)) {
      for (const { urn, inputs } of ofType(deployed, RECORD, unit)) assert.ok(inputs['healthCheckId'], urn)
    }
  },
  D8: (deployed) => {
    for (const { primary, standby } of pairs(deployed)) {
      const [from, to] = [clusterOf(deployed, primary).region, clusterOf(deployed, standby).region]
      const rules = ofType(
        deployed,
        'kubernetes:networking.istio.io/v1:DestinationRule',
        `federation.${primary}`
      )
      assert.ok(
        rules.some(({ inputs }) =>
          (at(inputs, 'spec.trafficPolicy.loadBalancer.localityLbSetting.failover') as {
            from: string
            to: string
          }[] | undefined)?.some((step) => step.from === from && step.to === to)
        ),
        primary
      )
    }
  },
  D9: (deployed) => {
    for (const { unit, standby } of pairs(deployed)) {
      assert.equal(output<number>(deployed, unit, 'failoverNodes'), 6)
      assert.equal(clusterOf(deployed, standby).nodePools.reduce((sum, pool) => sum + pool.max, 0), 6)
      assert.ok(ofType(deployed, 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler', unit).length > 0)
      assert.ok(
        ofType(deployed, 'kubernetes:scheduling.k8s.io/v1:PriorityClass', unit).every(({ inputs }) =>
          Number(inputs['value']) < 0
        )
      )
    }
  },
  D10: (deployed) => {
    const { receivers } = deployed.federation.monitoring
    assert.ok(receivers.slack && receivers.pagerduty && receivers.email)
    const said = text(
      ofType(deployed, 'kubernetes:core/v1:Secret', 'monitoring.global').find(({ name }) =>
        name === 'alertmanager-configuration'
      )?.inputs
    )
    for (const kind of ['slack_configs', 'pagerduty_configs', 'email_configs']) {
      assert.ok(said.includes(kind), kind)
    }
  },
  D11: (deployed) => {
    for (const { mesh, objectiveMesh } of times(deployed)) {
      assert.ok(objectiveMesh === 30 && mesh <= objectiveMesh)
    }
  },
  D12: (deployed) => {
    for (const { unit } of pairs(deployed)) {
      const { expected, objective } = output<PairRecovery['rpoSeconds']>(deployed, unit, 'rpoSeconds')
      assert.ok(objective === 5 && expected <= objective)
    }
  },
  D13: (deployed) => {
    for (const { dns, objectiveDns } of times(deployed)) assert.ok(objectiveDns === 90 && dns < objectiveDns)
  },
  D14: (deployed) => {
    for (const name of names(deployed)) {
      assert.ok(ofType(deployed, 'kubernetes:velero.io/v1:Schedule', `disaster-recovery.${name}`).length >= 2)
      assert.notEqual(
        output<string>(deployed, `disaster-recovery.${name}`, 'bucketCloud'),
        clusterOf(deployed, name).cloud
      )
    }
  },
  O1: (deployed) => {
    for (const name of names(deployed)) {
      assert.ok(
        ofType(deployed, RELEASE, `monitoring.${name}`).some(({ inputs }) =>
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
      ofType(deployed, RELEASE, 'monitoring.').some(({ inputs }) => text(inputs).includes('jaeger')) ||
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
        ofType(deployed, RELEASE, 'monitoring.global').find(({ name }) => name === 'alertmanager')?.inputs,
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
  X6: phase(3, 'networking', 10 + 3 + 3),
  X7: phase(4, 'mesh', 10 + 1),
  X8: phase(5, 'federation', 10 + 1),
  X9: phase(6, 'monitoring', 10 + 1),
  X10: phase(7, 'disaster-recovery', 10 + 3),
  X11: (deployed) => {
    for (const name of [...names(deployed), 'global']) {
      assert.ok(passed(deployed, `validation.${name}`).length >= 15)
    }
  },
  X12: ({ federation }) => {
    assert.equal(federation.targetMinutes, 30)
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
      names(deployed).length
    )
    assert.equal(
      passed(deployed, 'validation.global').filter(({ kind, unit }) => kind === 'latency' && unit === 'ms')
        .length,
      4
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
      assert.equal(ofType(deployed, 'kubernetes:batch/v1:Job', `validation.${name}`).length, 3)
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
  },
  F5: (deployed) => {
    for (const { unit } of pairs(deployed)) {
      assert.equal(output<string>(deployed, unit, 'replication'), 'asynchronous-streaming')
      const [writer, follower] = ofType(deployed, 'kubernetes:postgresql.cnpg.io/v1:Cluster', unit).map((
        { inputs }
      ) => inputs['spec']).sort((a, b) => Number(at(b, 'instances')) - Number(at(a, 'instances')))
      assert.equal(at(writer, 'replica.primary'), at(writer, 'replica.self'))
      assert.equal(at(follower, 'replica.source'), at(writer, 'replica.self'))
      assert.equal(at(follower, 'bootstrap.pg_basebackup.source'), at(writer, 'replica.self'))
    }
  }
}
