/** Load balancing and disaster recovery. */
import assert from 'node:assert/strict'
import { type PairRecovery } from '../../../programs/outputs.ts'
import { alerts } from './alerting.ts'
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

const recordType = 'aws:route53/record:Record'
const checkType = 'aws:route53/healthCheck:HealthCheck'

/** Resources of a type that lead to one pair's standby. */
const leading = (deployed: Deployed, type: string, primary: string) =>
  ofType(deployed, type, 'disaster-recovery.global').filter(({ name }) => name.startsWith(`${primary}-`))

/** The global names have that many records with such a policy. */
function policy (property: string, least: number): Statement {
  return (deployed) => {
    const found = ofType(deployed, recordType, 'federation.global').filter(({ inputs }) =>
      at(inputs, `${property}.0`) !== undefined
    )
    assert.ok(found.length >= least, `${found.length} records with ${property}`)
  }
}

function times (deployed: Deployed): PairRecovery['rtoSeconds'][] {
  return pairs(deployed).map(({ unit }) => output<PairRecovery['rtoSeconds']>(deployed, unit, 'rtoSeconds'))
}

export const recovery: Statements = {
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
    const direct = ofType(deployed, checkType).filter(({ inputs }) => inputs['type'] !== 'CALCULATED')
    assert.ok(direct.length >= 6)
    for (const { urn, inputs } of direct) assert.equal(inputs['requestInterval'], 10, urn)
  },
  L8: (deployed) => {
    for (const { primary } of pairs(deployed)) {
      assert.deepEqual(
        leading(deployed, recordType, primary).map(({ inputs }) =>
          at(inputs, 'failoverRoutingPolicies.0.type')
        ).sort(),
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
      const probers = ofType(deployed, 'kubernetes:apps/v1:Deployment', 'disaster-recovery.').map((
        { inputs }
      ) => at(inputs, 'spec.template.spec.containers.0.readinessProbe')).filter((probe) =>
        text(at(probe, 'exec.command') ?? '').includes(`https://${primary}.`)
      )
      assert.equal(probers.length, 3)
      for (const probe of probers) assert.equal(at(probe, 'periodSeconds'), 5)
      const probes = ofType(deployed, 'kubernetes:monitoring.coreos.com/v1:Probe', 'monitoring.')
        .filter((
          { inputs }
        ) => at(inputs, 'metadata.name') === `dr-${primary}`)
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
    for (const { primary } of pairs(deployed)) {
      const records = leading(deployed, recordType, primary)
      assert.equal(records.length, 2)
      for (const { urn, inputs } of records) assert.equal(inputs['ttl'], 60, urn)
    }
  },
  D6: (deployed) => {
    for (const { unit, primary } of pairs(deployed)) {
      assert.equal(output<number>(deployed, unit, 'failureThreshold'), 3)
      for (
        const { inputs } of leading(deployed, checkType, primary).filter(({ name }) =>
          name.endsWith('-direct')
        )
      ) {
        assert.equal(inputs['failureThreshold'], 3)
      }
    }
  },
  D7: (deployed) => {
    for (const { primary } of pairs(deployed)) {
      for (const { urn, inputs } of leading(deployed, recordType, primary)) {
        assert.ok(inputs['healthCheckId'], urn)
      }
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
  F5: (deployed) => {
    for (const { unit, sides } of pairs(deployed)) {
      assert.equal(output<string>(deployed, unit, 'replication'), 'asynchronous-streaming')
      const [writer, follower] = ofType(deployed, 'kubernetes:postgresql.cnpg.io/v1:Cluster', sides).map((
        { inputs }
      ) => inputs['spec']).sort((a, b) => Number(at(b, 'instances')) - Number(at(a, 'instances')))
      assert.equal(at(writer, 'replica.primary'), at(writer, 'replica.self'))
      assert.equal(at(follower, 'replica.source'), at(writer, 'replica.self'))
      assert.equal(at(follower, 'bootstrap.pg_basebackup.source'), at(writer, 'replica.self'))
    }
  }
}
