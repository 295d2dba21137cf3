import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { loadPrices } from '../../automation/cost/prices.ts'
import { estimateResources } from '../../pricing/estimate.ts'
import { locate } from '../../pricing/locate.ts'
import { type ClusterVolumes, type Resource } from '../../pricing/model.ts'
import { addSummaries, summarize } from '../../pricing/summary.ts'

const { table } = await loadPrices()
const clusters = ['one', 'two', undefined]
const kinds: readonly ((count: number) => Pick<Resource, 'type' | 'inputs' | 'region'>)[] = [
  (count) => ({
    type: 'aws:eks/nodeGroup:NodeGroup',
    region: 'us-east-1',
    inputs: {
      instanceTypes: ['c6i.4xlarge'],
      scalingConfig: { desiredSize: count, minSize: 0, maxSize: count * 2 }
    }
  }),
  (count) => ({
    type: 'gcp:container/nodePool:NodePool',
    region: 'europe-west1',
    inputs: {
      nodeCount: count,
      nodeConfig: { machineType: 'c2-standard-8', diskType: 'pd-ssd', diskSizeGb: 100 }
    }
  }),
  (count) => ({
    type: 'azure-native:containerservice:AgentPool',
    region: 'japaneast',
    inputs: { vmSize: 'Standard_F8s_v2', count, minCount: 0, maxCount: count * 3, osDiskSizeGB: 128 }
  }),
  () => ({ type: 'aws:ec2/natGateway:NatGateway', region: 'us-west-2', inputs: {} }),
  () => ({ type: 'aws:eks/cluster:Cluster', region: 'us-east-1', inputs: {} }),
  () => ({ type: 'aws:route53/zone:Zone', region: 'us-east-1', inputs: {} }),
  () => ({ type: 'aws:ec2/vpc:Vpc', region: 'us-east-1', inputs: {} }),
  () => ({ type: 'made:up:Thing', region: 'us-east-1', inputs: {} })
]
const resources = fc.array(
  fc.record({ kind: fc.nat(kinds.length - 1), count: fc.nat(20), cluster: fc.constantFrom(...clusters) }),
  { maxLength: 30 }
)
  .map((chosen) =>
    chosen.map(({ kind, count, cluster }, index): Resource => ({
      ...kinds[kind]!(count),
      urn: `urn:pulumi:s::p::t::r${index}`,
      cluster
    }))
  )
const amounts = fc.record(
  { natGb: fc.nat(1000), internetEgressGb: fc.nat(1000), crossZoneGb: fc.nat(1000) },
  { requiredKeys: [] }
)
const volumes = fc.record({ one: amounts, two: amounts }).map((of: Record<string, ClusterVolumes>) => ({
  clusters: of,
  shared: { dnsQueriesMillions: 3 }
}))
const near = (a: number, b: number): void => {
  assert.ok(Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(a)), `${a} is not ${b}`)
}

describe('an estimate', () => {
  test('is the sum of its items, by cluster and in all, and inside its range', () => {
    fc.assert(fc.property(resources, volumes, (all, given) => {
      const estimate = estimateResources(all, table, given)
      const { monthly, perCluster, lines, range } = summarize(estimate, table)
      near(monthly, estimate.items.reduce((sum, item) => sum + item.monthly, 0))
      near(monthly, perCluster.reduce((sum, part) => sum + part.monthly, 0))
      near(monthly, lines.reduce((sum, line) => sum + line.monthly, 0))
      assert.ok(range.min <= monthly + 1e-6 && monthly <= range.max + 1e-6)
    }))
  })

  test('of parts that share no cluster adds up to that of the whole', () => {
    fc.assert(fc.property(resources, volumes, (all, given) => {
      // What belongs to no cluster shares the federation's volumes.
      const parts = clusters.map((name) =>
        all.filter(({ cluster, type }) =>
          type === 'aws:route53/zone:Zone' ? name === undefined : cluster === name
        )
      )
      const whole = summarize(estimateResources(all, table, given), table)
      const sum = addSummaries(parts.map((part) => summarize(estimateResources(part, table, given), table)))
      near(whole.monthly, sum.monthly)
      assert.equal(
        whole.unpriced.reduce((count, line) => count + line.count, 0),
        sum.unpriced.reduce((count, line) => count + line.count, 0)
      )
    }))
  })

  test('lists every resource of an unknown type as not priced, and no free one', () => {
    fc.assert(fc.property(resources, volumes, (all, given) => {
      const { unpriced, items } = estimateResources(all, table, given)
      const of = (type: string) => all.filter((resource) => resource.type === type).map(({ urn }) => urn)
      assert.deepEqual(
        unpriced.filter(({ type }) => type === 'made:up:Thing').map(({ urn }) => urn),
        of('made:up:Thing')
      )
      assert.ok(![...unpriced, ...items].some(({ type }) => type === 'aws:ec2/vpc:Vpc'))
      // Each part of each resource is either priced or said to be open.
      for (const urn of of('aws:ec2/natGateway:NatGateway')) {
        assert.equal([...items, ...unpriced].filter((one) => one.urn === urn).length, 2)
      }
    }))
  })

  test('scales with the number of nodes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(2),
        (count, factor, kind) => {
          const cost = (nodes: number) =>
            estimateResources([{ ...kinds[kind]!(nodes), urn: 'urn:pulumi:s::p::t::r' }], table, {
              clusters: {},
              shared: {}
            }).monthly
          near(cost(count * factor), cost(count) * factor)
        }
      )
    )
  })

  test('takes any inputs without failing', () => {
    const types = [
      'aws:eks/nodeGroup:NodeGroup',
      'gcp:container/nodePool:NodePool',
      'azure-native:containerservice:ManagedCluster',
      'kubernetes:helm.sh/v3:Release',
      'aws:route53/healthCheck:HealthCheck',
      'azure-native:network:PublicIPPrefix'
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.dictionary(
          fc.constantFrom(
            'instanceTypes',
            'scalingConfig',
            'nodeConfig',
            'agentPoolProfiles',
            'values',
            'chart',
            'prefixLength',
            'type',
            'sku',
            'nodeLocations'
          ),
          fc.anything()
        ),
        (type, inputs) => {
          const { monthly } = estimateResources(
            locate([{ urn: 'urn:pulumi:s::p::t::r', type, inputs }], {
              clusters: ['one'],
              all: [{ name: 'one', cloud: 'aws', region: 'us-east-1' }]
            }),
            table,
            { clusters: {}, shared: {} }
          )
          assert.ok(Number.isFinite(monthly) && monthly >= 0)
        }
      ),
      { numRuns: 300 }
    )
  })
})
