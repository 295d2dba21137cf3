import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadDurations } from '../../../automation/plan/durations.ts'
import { buildPlan } from '../../../automation/plan/plan.ts'
import { unitSeconds } from '../../../automation/plan/unit-duration.ts'
import { catalog } from '../../../programs/catalog.ts'
import { infrastructure } from '../../../programs/infrastructure/plan.ts'
import { clusterOf } from '../../../programs/scopes.ts'
import { nautilusOverVpn } from '../../fixtures/nautilus.ts'
import { inputsOf, runUnit, scopeNamed, type UnitRun } from '../../fixtures/programs/mock-engine.ts'
import { deployed } from './upstream.ts'

const federation = await nautilusOverVpn()
const upstream = deployed(federation)
const run = (name: string): Promise<UnitRun> =>
  runUnit(infrastructure, federation, scopeNamed(federation, infrastructure, 'cluster', name), upstream)
const count = (unit: UnitRun, type: string): number => Object.keys(inputsOf(unit, type)).length

test('an AWS cluster gets a transit gateway with its own ASN, and its network attached to it', async () => {
  const unit = await run('nautilus-primary-us-east')
  const [transit] = Object.values(inputsOf(unit, 'aws:ec2transitgateway/transitGateway:TransitGateway'))
  assert.equal(transit?.['amazonSideAsn'], clusterOf(federation, 'nautilus-primary-us-east').asn)
  assert.equal(count(unit, 'aws:ec2transitgateway/vpcAttachment:VpcAttachment'), 1)
})

test('a Google Cloud cluster gets an HA VPN gateway only when it ends a VPN', async () => {
  const primary = await run('nautilus-primary-eu-west')
  assert.equal(count(primary, 'gcp:compute/haVpnGateway:HaVpnGateway'), 1)
  assert.deepEqual(primary.outputs['vpnAddresses'], ['35.242.0.1', '35.220.0.1'])
  assert.equal(count(await run('nautilus-hub-eu-central'), 'gcp:compute/haVpnGateway:HaVpnGateway'), 0)
})

test('an Azure cluster that ends a VPN gets an active-active gateway', async () => {
  const unit = await run('nautilus-primary-asia-northeast')
  const [gateway] = Object.values(inputsOf(unit, 'azure-native:network:VirtualNetworkGateway'))
  assert.equal(gateway?.['activeActive'], true)
  const bgp = gateway?.['bgpSettings'] as {
    asn: number
    bgpPeeringAddresses: { customBgpIpAddresses: string[] }[]
  }
  assert.equal(bgp.asn, clusterOf(federation, 'nautilus-primary-asia-northeast').asn)
  // Two tunnels of each instance end at AWS, one at Google Cloud.
  assert.deepEqual(bgp.bgpPeeringAddresses.map(({ customBgpIpAddresses }) => customBgpIpAddresses.length), [
    3,
    3
  ])
  const hub = await run('nautilus-hub-asia-southeast')
  assert.equal(count(hub, 'azure-native:network:VirtualNetworkGateway'), 0)
})

test('only clusters that end a VPN wait for a VPN gateway, and for the subnet before it alone', () => {
  const [kind] = infrastructure.units
  assert.ok(kind)
  const gateways = kind.scopes(federation).flatMap((scope) =>
    kind.estimate(federation, scope).filter(({ type }) =>
      type === 'azure-native:network:VirtualNetworkGateway'
    ).map(({ after }) => ({ scope: scope.name, after }))
  )
  assert.deepEqual(gateways, [
    { scope: 'nautilus-primary-asia-northeast', after: ['vpn-addresses', 'subnet-0'] }
  ])
})

test('a transit gateway makes no cluster wait: its control plane takes longer', async () => {
  const [kind] = infrastructure.units
  const durations = await loadDurations()
  const { units } = buildPlan({ federation, operation: 'up', catalog, durations })
  for (const scope of kind?.scopes(federation).filter(({ cloud }) => cloud === 'aws') ?? []) {
    const steps = kind?.estimate(federation, scope) ?? []
    const without = steps.filter(({ key }) => key !== 'transit' && key !== 'attachment')
    const seconds = units.find(({ id }) => id === `infrastructure.${scope.name}`)?.predicted.seconds
    assert.equal(unitSeconds(scope.name, without, durations, 'up'), seconds)
  }
})
