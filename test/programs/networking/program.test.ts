import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceResources } from '../../../programs/components/kubernetes/device-plugin.ts'
import { controllerPolicy } from '../../../programs/networking/load-balancer-rights.ts'
import { networking } from '../../../programs/networking/plan.ts'
import { rangesOf, vpnLinks } from '../../../programs/networking/topology.ts'
import { clusterOf, linkName } from '../../../programs/scopes.ts'
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

const federation = await nautilusOverVpn()
const upstream = deployed(federation)
const run = (
  kind: 'cluster' | 'cloud' | 'link',
  name: string,
  of: Federation = federation
): Promise<UnitRun> => runUnit(networking, of, scopeNamed(of, networking, kind, name), upstream)
const count = (unit: UnitRun, type: string): number => Object.keys(inputsOf(unit, type)).length

test('an AWS cluster gets routes to every peer through its transit gateway', async () => {
  const unit = await run('cluster', 'nautilus-primary-us-east')
  assert.equal(count(unit, 'aws:ec2transitgateway/transitGateway:TransitGateway'), 0)
  const routes = Object.values(inputsOf(unit, 'aws:ec2/route:Route'))
  assert.ok(routes.every(({ transitGatewayId }) => transitGatewayId === 'nautilus-primary-us-east-tgw'))
  // Nine networks of peers, and the pods of the four on Google Cloud, from three private tables
  // and the intra one.
  assert.equal(routes.length, (9 + 4) * 4)
})

test('the east-west load balancer on AWS lets in all peers, on the ports of the mesh only', async () => {
  const cluster = clusterOf(federation, 'nautilus-primary-us-east')
  const unit = await run('cluster', cluster.name)
  const rules = Object.values(inputsOf(unit, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule'))
  assert.deepEqual(rules.map(({ fromPort, toPort }) => [fromPort, toPort]), [[15443, 15443], [443, 443], [
    15021,
    15021
  ]])
  assert.ok(
    rules.every(({ cidrIpv4, prefixListId, securityGroupId }) =>
      cidrIpv4 === undefined && prefixListId === 'peers-id' && securityGroupId === 'east-west-id'
    )
  )
  const [list] = Object.values(inputsOf(unit, 'aws:ec2/managedPrefixList:ManagedPrefixList'))
  const cidrs = (list?.['entries'] as { cidr: string }[]).map(({ cidr }) => cidr)
  assert.deepEqual(cidrs, rangesOf(federation.clusters.filter((other) => other !== cluster)))
  assert.ok(rules.length * Number(list?.['maxEntries']) <= 60)
  assert.equal(unit.outputs['gatewaySecurityGroup'], 'east-west-id')
})

test('the load balancer controller may change only what is its own, in its region and account', () => {
  const place = {
    region: 'us-east-1',
    accountId: '123456789012',
    clusterName: 'c',
    vpcId: 'vpc-1',
    nodeSecurityGroup: 'sg-1'
  }
  const { Statement: statements } = controllerPolicy(place) as {
    Statement: {
      Sid: string
      Action: string[]
      Resource: string | string[]
      Condition?: Record<string, Record<string, string>>
    }[]
  }
  for (const { Sid, Action, Resource, Condition } of statements) {
    const resources = [Resource].flat()
    const asks = Action.every((action) => /:(Describe|Get)/.test(action))
    assert.ok(Action.every((action) => /^(ec2|elasticloadbalancing|iam):[A-Za-z]+$/.test(action)), Sid)
    if (asks) continue
    assert.ok(
      resources.every((resource) => resource.startsWith('arn:aws:') && resource.includes(place.accountId)),
      Sid
    )
    const tagged = Object.entries(Condition?.['StringEquals'] ?? {}).some(([key, value]) =>
      key.endsWith('Tag/elbv2.k8s.aws/cluster') && value === 'c'
    )
    const named = resources.every((resource) =>
      /:(vpc\/vpc-1|security-group\/sg-1|security-group-rule\/\*|role\/aws-service-role\/.*)$/.test(resource)
    )
    assert.ok(tagged || named, Sid)
  }
})

test('a Google Cloud cluster gets a router, and lets in peers on the ports of the mesh', async () => {
  const hub = await run('cluster', 'nautilus-hub-eu-central')
  assert.equal(count(hub, 'gcp:compute/router:Router'), 1)
  const peers = federation.clusters.filter(({ name }) => name !== 'nautilus-hub-eu-central')
  const mesh = inputsOf(hub, 'gcp:compute/firewall:Firewall')['nautilus-hub-eu-central-mesh']
  assert.deepEqual(mesh?.['sourceRanges'], rangesOf(peers))
  assert.deepEqual(mesh?.['allows'], [{ protocol: 'tcp', ports: ['15443', '443', '15021'] }])
})

test('Azure lets the world in on HTTPS, and peers on the ports of the mesh only', async () => {
  const rules = inputsOf(
    await run('cluster', 'nautilus-hub-asia-southeast'),
    'azure-native:network:SecurityRule'
  )
  assert.deepEqual(
    Object.entries(rules).sort(([, a], [, b]) => Number(a['priority']) - Number(b['priority'])).map((
      [name, { access, destinationPortRange, destinationPortRanges }]
    ) => [name, access, destinationPortRange ?? destinationPortRanges]),
    [
      ['mesh', 'Allow', ['15443', '443', '15021']],
      ['ingress', 'Allow', '443'],
      ['peers', 'Deny', '*']
    ]
  )
  assert.deepEqual(rules['mesh']?.['sourceAddressPrefixes'], rules['peers']?.['sourceAddressPrefixes'])
  assert.equal(rules['ingress']?.['sourceAddressPrefix'], 'Internet')
})

test('nodes are tuned as their tier says, and batch nodes not at all', async () => {
  const primary = await run('cluster', 'nautilus-primary-us-east')
  assert.deepEqual(primary.outputs['tuning'], clusterOf(federation, 'nautilus-primary-us-east').tuning)
  assert.equal(count(primary, 'kubernetes:apps/v1:DaemonSet'), 2)
  for (const type of ['kubernetes:core/v1:Namespace', 'kubernetes:apps/v1:DaemonSet']) {
    for (const { metadata } of Object.values(inputsOf(primary, type))) {
      assert.equal(
        (metadata as { labels?: Record<string, string> }).labels?.['windlass.io/owner'],
        federation.owner
      )
    }
  }
  const script = String(
    (Object.values(inputsOf(primary, 'kubernetes:core/v1:ConfigMap')).find(({ data }) =>
      (data as Record<string, string>)['tune.sh']
    )?.['data'] as Record<string, string>)['tune.sh']
  )
  for (
    const part of [
      'net.ipv4.tcp_congestion_control="bbr"',
      'hugepages-2048kB',
      'hugepages-1048576kB',
      'echo 0-1 > "$irq/smp_affinity_list"',
      'sriov_totalvfs',
      'vfio-pci'
    ]
  ) assert.ok(script.includes(part), part)
  // Interfaces that carry traffic of the node or of other pods are never handed out.
  const devices = JSON.stringify(deviceResources)
  for (const driver of ['ena', 'gve', 'virtio_net', 'mlx5_core', 'mana', 'hv_netvsc']) {
    assert.ok(!devices.includes(`"${driver}"`), driver)
  }
  const standard = await run('cluster', 'nautilus-dr-us-west')
  assert.equal(count(standard, 'kubernetes:apps/v1:DaemonSet'), 1)
  const batch = await run('cluster', 'nautilus-analytics-us')
  assert.equal(count(batch, 'kubernetes:apps/v1:DaemonSet'), 0)
  assert.deepEqual(batch.outputs['tuning'], [])
})

test('AWS regions are peered each to each, with routes to every other network', async () => {
  const unit = await run('cloud', 'aws')
  assert.equal(count(unit, 'aws:ec2transitgateway/peeringAttachment:PeeringAttachment'), 3)
  assert.equal(count(unit, 'aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter'), 3)
  // Two AWS peers each; the two clusters without a VPN also send what is in other clouds (seven
  // networks, four of them with pods) to the one that has.
  assert.equal(count(unit, 'aws:ec2transitgateway/route:Route'), 3 * 2 + 2 * (7 + 4))
})

test('Google Cloud and Azure networks are peered both ways', async () => {
  assert.equal(count(await run('cloud', 'gcp'), 'gcp:compute/networkPeering:NetworkPeering'), 12)
  const azure = Object.entries(
    inputsOf(await run('cloud', 'azure'), 'azure-native:network:VirtualNetworkPeering')
  )
  assert.equal(azure.length, 6)
  for (const [name, peering] of azure) {
    assert.equal(peering['allowGatewayTransit'], name.startsWith('nautilus-primary-asia-northeast-to-'), name)
    assert.equal(peering['useRemoteGateways'], name.endsWith('-to-nautilus-primary-asia-northeast'), name)
  }
})

test('a cloud with one cluster has nothing to peer', async () => {
  const [only] = federation.clusters
  assert.ok(only)
  const alone = { ...federation, clusters: [only], links: [] }
  const unit = await run('cloud', 'aws', alone)
  assert.deepEqual(unit.outputs['peerings'], [])
  assert.equal(count(unit, 'aws:ec2transitgateway/peeringAttachment:PeeringAttachment'), 0)
})

/** Resources that each end registers for a link: [type, number]. */
const ends = {
  'aws-gcp': [['aws:ec2/vpnConnection:VpnConnection', 2], ['gcp:compute/vPNTunnel:VPNTunnel', 4], [
    'gcp:compute/routerPeer:RouterPeer',
    4
  ]],
  'gcp-azure': [['gcp:compute/vPNTunnel:VPNTunnel', 2], [
    'azure-native:network:VirtualNetworkGatewayConnection',
    2
  ]],
  'aws-azure': [['aws:ec2/vpnConnection:VpnConnection', 2], ['azure-native:network:LocalNetworkGateway', 4], [
    'azure-native:network:VirtualNetworkGatewayConnection',
    4
  ]]
} as const

test('a VPN has the same tunnels whichever way the file names it, with BGP between the ASNs', async () => {
  for (const link of vpnLinks(federation)) {
    const clouds = [link.from, link.to].map((name) => clusterOf(federation, name).cloud)
    const pair = (['aws', 'gcp', 'azure'] as const).filter((cloud) => clouds.includes(cloud)).join(
      '-'
    ) as keyof typeof ends
    for (const [from, to] of [[link.from, link.to], [link.to, link.from]] as const) {
      const turned = {
        ...federation,
        links: federation.links.map((other) => other === link ? { ...link, from, to } : other)
      }
      const unit = await run('link', linkName(from, to), turned)
      for (const [type, number] of ends[pair]) {
        assert.equal(count(unit, type), number, `${linkName(from, to)} ${type}`)
      }
      assert.deepEqual(unit.outputs['bgp'], {
        from: clusterOf(federation, from).asn,
        to: clusterOf(federation, to).asn
      })
      const tunnels = unit.outputs['tunnels'] as { name: string, address: string }[]
      assert.equal(tunnels.length, pair === 'gcp-azure' ? 2 : 4)
      assert.ok(tunnels.every(({ address }) => address !== ''))
    }
  }
})

test('pre-shared keys are made, one a tunnel, and handed over only as secrets', async () => {
  const unit = await run('link', 'nautilus-primary-us-east.nautilus-primary-eu-west')
  assert.equal(count(unit, 'random:index/randomPassword:RandomPassword'), 4)
  assert.ok(!JSON.stringify(unit.outputs).includes('xxxxxxxx'))
  const tunnels = Object.values(inputsOf(unit, 'gcp:compute/vPNTunnel:VPNTunnel'))
  assert.equal(tunnels.length, 4)
  // The key that marks a secret on the wire.
  for (const { sharedSecret } of tunnels) {
    assert.equal(
      (sharedSecret as Record<string, unknown>)['4dabf18193072939515e22adb298388d'],
      '1b47061264138c4ac30d75fd1eb44270'
    )
  }
})

test('the real providers would accept every resource of the phase', async (t) => {
  const validate = await schemaValidator()
  if (!validate) return t.skip("the providers' schemas are not beside this checkout")
  for (const kind of networking.units) {
    for (const scope of kind.scopes(federation)) {
      assert.deepEqual(
        validate((await runUnit(networking, federation, scope, upstream)).resources),
        [],
        scope.name
      )
    }
  }
})
