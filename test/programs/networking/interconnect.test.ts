import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { infrastructure } from '../../../programs/infrastructure/plan.ts'
import { directConnectAsn } from '../../../programs/networking/circuits.ts'
import { networking } from '../../../programs/networking/plan.ts'
import { vpnExit } from '../../../programs/networking/topology.ts'
import { clusterOf, linkName } from '../../../programs/scopes.ts'
import { type Circuit, type Link } from '../../../programs/types/connections.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilusOverVpn } from '../../fixtures/nautilus.ts'
import {
  inputsOf,
  runUnit,
  schemaValidator,
  scopeNamed,
  type UnitRun
} from '../../fixtures/programs/mock-engine.ts'
import { deployed } from '../infrastructure/upstream.ts'

const connections = [{ id: 'dxcon-11111111', vlan: 101 }, { id: 'dxcon-22222222', vlan: 102 }]
const circuit = (state: Circuit['state']): Circuit => ({
  exchange: 'Equinix',
  asn: 65000,
  state,
  connections: state === 'joined' ? connections : [],
  peeringLocation: 'Tokyo'
})

let file: Federation
before(async () => {
  file = await nautilusOverVpn()
})
/** Nautilus with circuits in the place of its VPNs. */
function federationWith (state: Circuit['state']): Federation {
  return {
    ...file,
    links: file.links.map((link): Link => ({
      ...link,
      kind: 'interconnect',
      bandwidthGbps: 10,
      circuit: circuit(state)
    }))
  }
}
function run (federation: Federation, { from, to }: Link): Promise<UnitRun> {
  return runUnit(
    networking,
    federation,
    scopeNamed(federation, networking, 'link', linkName(from, to)),
    deployed(federation)
  )
}
const count = (unit: UnitRun, type: string): number => Object.keys(inputsOf(unit, type)).length

test('ordered circuits hand over keys and join nothing; joined ones connect both ends', async () => {
  const validate = await schemaValidator()
  for (const state of ['ordered', 'joined'] as const) {
    const federation = federationWith(state)
    for (const link of federation.links) {
      const unit = await run(federation, link)
      const clouds = [link.from, link.to].map((name) => clusterOf(federation, name).cloud)
      const joined = state === 'joined'
      assert.ok(unit.secrets.includes('handover'))
      assert.deepEqual(
        (unit.outputs['handover'] as { cluster: string, keys: string[] }[]).map(({ cluster }) => cluster)
          .sort(),
        [link.from, link.to].sort()
      )
      assert.ok(
        (unit.outputs['handover'] as { keys: string[] }[]).every(({ keys }) =>
          keys.length > 0 && keys.every((key) => key !== '')
        )
      )
      assert.equal(
        count(unit, 'aws:directconnect/transitVirtualInterface:TransitVirtualInterface'),
        clouds.includes('aws') && joined ? 2 : 0
      )
      assert.equal(
        count(unit, 'azure-native:network:VirtualNetworkGatewayConnection'),
        clouds.includes('azure') && joined ? 1 : 0
      )
      const attachments = Object.values(
        inputsOf(unit, 'gcp:compute/interconnectAttachment:InterconnectAttachment')
      )
      assert.deepEqual(
        attachments.map((
          { edgeAvailabilityDomain, adminEnabled, bandwidth }
        ) => [edgeAvailabilityDomain, adminEnabled, bandwidth]),
        clouds.includes('gcp')
          ? [['AVAILABILITY_DOMAIN_1', joined, 'BPS_10G'], ['AVAILABILITY_DOMAIN_2', joined, 'BPS_10G']]
          : []
      )
      if (validate) assert.deepEqual(validate(unit.resources), [])
    }
  }
})

test('nothing is routed through a circuit before its exchange has joined it', () => {
  const [ordered, joined] = [federationWith('ordered'), federationWith('joined')]
  assert.equal(vpnExit(ordered, clusterOf(ordered, 'nautilus-hub-us-west'), 'gcp'), undefined)
  assert.equal(
    vpnExit(joined, clusterOf(joined, 'nautilus-hub-us-west'), 'gcp')?.name,
    'nautilus-primary-us-east'
  )
})

test('an Azure cluster gets a gateway for circuits when one is joined, and peers lend it', async () => {
  const federation = federationWith('joined')
  const unit = await runUnit(
    infrastructure,
    federation,
    scopeNamed(federation, infrastructure, 'cluster', 'nautilus-primary-asia-northeast'),
    deployed(federation)
  )
  assert.deepEqual(
    Object.values(inputsOf(unit, 'azure-native:network:VirtualNetworkGateway')).map(({ gatewayType }) =>
      gatewayType
    ),
    ['ExpressRoute']
  )
  const peerings = inputsOf(
    await runUnit(
      networking,
      federation,
      scopeNamed(federation, networking, 'cloud', 'azure'),
      deployed(federation)
    ),
    'azure-native:network:VirtualNetworkPeering'
  )
  assert.equal(
    peerings['nautilus-hub-asia-southeast-to-nautilus-primary-asia-northeast']?.['useRemoteGateways'],
    true
  )
})

test('a Direct Connect gateway has a private number that no other gateway has', () => {
  const asn = fc.oneof(
    fc.integer({ min: 64512, max: 65534 }),
    fc.integer({ min: 4_200_000_000, max: 4_294_967_293 })
  )
  fc.assert(fc.property(asn, asn, (a, b) => {
    const [one, other] = [a, b].map((value) =>
      directConnectAsn({ ...clusterOf(file, 'nautilus-primary-us-east'), asn: value })
    )
    assert.ok(one !== undefined && one >= 4_200_000_000 && one <= 4_294_967_294 && one !== a)
    if (a < 65536 && b < 65536 && a !== b) assert.notEqual(one, other)
  }))
})
