/**
 * Reachability of gateways on the internet, over three clusters in three clouds, deployed once by
 * the real programs: each reaches each, and whatever is taken out is missed by name.
 */
import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { stringify } from 'yaml'
import { serviceReach } from '../../../../rehearsal/clouds/network/calls.ts'
import { Routes } from '../../../../rehearsal/clouds/network/routes.ts'
import { type RuleName } from '../../../../rehearsal/clouds/network/sources.ts'
import { type Verdict } from '../../../../rehearsal/clouds/network/verdict.ts'
import { World } from '../../../../rehearsal/clouds/network/world.ts'
import { type CloudRecord } from '../../../../rehearsal/store.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'
import { partFile } from '../../../../scripts/part-of-nautilus.ts'
import { unitsOf } from '../../../fixtures/programs/catalogued-units.ts'
import { federationOf } from '../../../fixtures/programs/operated-world.ts'
import { RehearsedWorld } from '../../../fixtures/programs/rehearsed-world.ts'

const aws = 'nautilus-primary-us-east'
const gcp = 'nautilus-primary-eu-west'
const azure = 'nautilus-primary-asia-northeast'
const clusters = [aws, gcp, azure]

type Change = (record: CloudRecord) => CloudRecord | undefined

function call (records: readonly CloudRecord[], from: string, to: string): Verdict {
  const world = new World(records)
  const site = world.sites.find(({ name }) => name === from)
  assert.ok(site, from)
  return serviceReach(world, new Routes(world), {
    from: site,
    pod: { namespace: 'windlass', labels: { 'windlass.io/probe': 'admitted' } },
    account: 'windlass-probe',
    service: `responder-${to}`,
    namespace: 'windlass',
    port: 8080
  })
}

const without = (type: RegExp, which = /./): Change => (record) =>
  type.test(record.type) && which.test(`${record.account} ${record.id} ${record.name}`) ? undefined : record
const changing =
  (type: RegExp, which: RegExp, change: (outputs: WireObject) => WireObject): Change => (record) =>
    type.test(record.type) && which.test(`${record.account} ${record.id} ${record.name}`)
      ? { ...record, outputs: change(record.outputs) }
      : record

suite('gateways on the internet', { timeout: 300_000 }, () => {
  let records: CloudRecord[] = []
  const misses = (change: Change, from: string, to: string, rule: RuleName): void => {
    const after = records.flatMap((record) => change(record) ?? [])
    assert.ok(after.some((record, index) => record !== records[index]), 'nothing was taken out')
    const verdict = call(after, from, to)
    assert.ok(!verdict.reached, `${from} still reaches ${to}`)
    assert.equal(verdict.rule, rule, verdict.why)
  }

  before(async () => {
    // Without standbys, each cluster's backups go to another area.
    const everywhere = ['us', 'eu', 'asia']
    const residency = { us: everywhere, eu: everywhere, asia: everywhere }
    const federation = federationOf(stringify({ ...await partFile(clusters), residency }))
    const world = new RehearsedWorld(federation)
    for (const { id, phase, scope } of unitsOf(federation)) {
      if (phase === 'federation' || (phase === 'validation' && scope.kind === 'cluster')) await world.up(id)
    }
    records = await world.clouds.find({})
  })

  test('each cluster reaches each other one without anything between their clouds', () => {
    assert.ok(!records.some(({ type }) => /vpn/i.test(type)))
    for (const from of clusters) {
      for (const to of clusters) {
        const verdict = call(records, from, to)
        assert.ok(verdict.reached, JSON.stringify(verdict))
        assert.deepEqual(verdict.unknown, [])
        if (from !== to) assert.equal(verdict.regions.length, 2)
      }
    }
  })

  test('a way out that is missing is missed', () => {
    misses(without(/^aws:ec2\/route:Route$/, /private-a-out/), aws, gcp, 'way-out')
    misses(without(/NatGateway$/, /nat-/), aws, azure, 'way-out')
    misses(without(/RouterNat$/), gcp, aws, 'way-out')
    misses(without(/^azure-native:network:NatGateway$/), azure, aws, 'way-out')
  })

  test('an address that its peers do not know is kept out', () => {
    // The mistake of Cloud NAT with addresses of its own choice.
    const chosen = changing(
      /RouterNat$/,
      /./,
      (outputs) => ({ ...outputs, natIpAllocateOption: 'AUTO_ONLY' })
    )
    misses(chosen, gcp, aws, 'security-group')
    misses(chosen, gcp, azure, 'source-ranges')
    misses(
      changing(/Eip$/, /./, (outputs) => ({ ...outputs, publicIp: '198.51.100.7' })),
      aws,
      gcp,
      'source-ranges'
    )
    misses(
      changing(/PublicIPAddress$/, /nat/, (outputs) => ({ ...outputs, ipAddress: '198.51.100.8' })),
      azure,
      gcp,
      'source-ranges'
    )
  })

  test('what guards a gateway is missed: its group, its rule, its policies, and a private address', () => {
    misses(without(/SecurityGroupIngressRule$/, /tls-api/), gcp, aws, 'security-group')
    misses(without(/SecurityRule$/, /\/mesh\b| mesh$/), aws, azure, 'network-security-group')
    const privately = changing(/core\/v1:Service$/, /eastwestgateway/, (outputs) => ({
      ...outputs,
      metadata: {
        ...outputs.metadata as WireObject,
        annotations: {
          'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
          'networking.gke.io/load-balancer-type': 'Internal',
          'service.beta.kubernetes.io/azure-load-balancer-internal': 'true'
        }
      }
    }))
    const verdict = call(records.flatMap((record) => privately(record) ?? []), aws, gcp)
    assert.ok(!verdict.reached || verdict.unknown.includes('no-link'))
    for (
      const [namespace, policy] of [['istio-system', 'allow-istiod'], ['windlass', 'allow-probes']] as const
    ) {
      misses(without(/NetworkPolicy$/, new RegExp(`${namespace}/${policy}`)), gcp, aws, 'policy-isolates')
    }
    misses(without(/NetworkPolicy$/, /istio-system\/allow-east-west/), aws, gcp, 'policy-isolates')
  })
})
