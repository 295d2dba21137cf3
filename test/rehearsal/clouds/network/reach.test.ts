/**
 * Reachability over three DR pairs in three clouds, deployed once by the real programs: everything
 * that was deployed leads there, and whatever is taken out is missed by name.
 */
import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { rootCertificates } from 'node:tls'
import { stringify } from 'yaml'
import { createClouds } from '../../../../rehearsal/clouds/index.ts'
import { MemoryCloudStore } from '../../../../rehearsal/clouds/memory-cloud-store.ts'
import { serviceReach } from '../../../../rehearsal/clouds/network/calls.ts'
import { apiReach } from '../../../../rehearsal/clouds/network/cluster-api.ts'
import { apiRuleType, operatorRefusal } from '../../../../rehearsal/clouds/network/operators.ts'
import { publicReach } from '../../../../rehearsal/clouds/network/public.ts'
import { Routes } from '../../../../rehearsal/clouds/network/routes.ts'
import { clusterTypes } from '../../../../rehearsal/clouds/network/site.ts'
import { networkRules, type RuleName } from '../../../../rehearsal/clouds/network/sources.ts'
import { type Verdict } from '../../../../rehearsal/clouds/network/verdict.ts'
import { webhookReach } from '../../../../rehearsal/clouds/network/webhook-reach.ts'
import { World } from '../../../../rehearsal/clouds/network/world.ts'
import { type CloudRecord } from '../../../../rehearsal/store.ts'
import { type WireObject } from '../../../../rehearsal/wire.ts'
import { partFile } from '../../../../scripts/part-of-nautilus.ts'
import { vpnRing } from '../../../fixtures/nautilus.ts'
import { threePairs } from '../../../fixtures/part-of-nautilus.ts'
import { unitsOf } from '../../../fixtures/programs/catalogued-units.ts'
import { federationOf } from '../../../fixtures/programs/operated-world.ts'
import { RehearsedWorld } from '../../../fixtures/programs/rehearsed-world.ts'
import { kubeconfig, make, provider } from '../world.ts'

type Change = (record: CloudRecord) => CloudRecord | undefined

const probe = { namespace: 'windlass', labels: { 'windlass.io/probe': 'admitted' } }
const [aws, gcpStandby, gcp, azureStandby, azure, awsStandby] = threePairs as [
  string,
  string,
  string,
  string,
  string,
  string
]

function call (records: readonly CloudRecord[], from: string, to: string, meshed = true): Verdict {
  const world = new World(records)
  const site = world.sites.find(({ name }) => name === from)
  assert.ok(site, from)
  const labels = { ...probe.labels, ...(!meshed && { 'sidecar.istio.io/inject': 'false' }) }
  return serviceReach(world, new Routes(world), {
    from: site,
    pod: { ...probe, labels },
    account: 'windlass-probe',
    service: `responder-${to}`,
    namespace: 'windlass',
    port: 8080
  })
}

/** The record with another value in its settings. */
function withSettings (record: CloudRecord, change: (settings: WireObject) => WireObject): CloudRecord {
  return { ...record, outputs: change(record.outputs) }
}

const without = (type: RegExp, which: RegExp = /./): Change => (record) =>
  type.test(record.type) && which.test(`${record.account} ${record.id} ${record.name}`) ? undefined : record

const specOf = (type: RegExp, which: RegExp, change: (spec: WireObject) => WireObject): Change => (record) =>
  type.test(record.type) && which.test(`${record.account} ${record.id} ${record.name}`)
    ? withSettings(record, (settings) => ({ ...settings, spec: change(settings.spec as WireObject) }))
    : record

suite('reachability', { timeout: 300_000 }, () => {
  let records: CloudRecord[] = []
  const changed = (change: Change): CloudRecord[] => records.flatMap((record) => change(record) ?? [])
  const misses = (change: Change, from: string, to: string, rule: RuleName): void => {
    const after = changed(change)
    assert.ok(after.some((record, index) => record !== records[index]), 'nothing was taken out')
    const verdict = call(after, from, to)
    assert.ok(!verdict.reached, `${from} still reaches ${to}`)
    assert.equal(verdict.rule, rule, verdict.why)
  }

  before(async () => {
    const federation = federationOf(stringify({ ...await partFile(threePairs), links: vpnRing }))
    const world = new RehearsedWorld(federation)
    for (const { id, phase, scope } of unitsOf(federation)) {
      if (
        phase === 'networking' || id === 'federation.global' ||
        (phase === 'validation' && scope.kind === 'cluster')
      ) await world.up(id)
    }
    records = await world.clouds.find({})
  })

  test('each cluster reaches every other one by the way that was deployed, and back', () => {
    for (const from of threePairs) {
      for (const to of threePairs) {
        const verdict = call(records, from, to)
        assert.ok(verdict.reached, JSON.stringify(verdict))
        assert.deepEqual(verdict.unknown, [])
      }
    }
    const way = call(records, azureStandby, gcpStandby)
    // The ring joins primaries alone: a standby's packets pass both of theirs.
    assert.ok(way.reached)
    assert.deepEqual(way.regions, ['germanywestcentral', 'japaneast', 'europe-west1', 'us-west1'])
  })

  test('what is taken out of AWS is missed', () => {
    misses(without(/^aws:ec2\/route:Route$/, /rtb-.*10\.3|private-a-.*eu-west/), aws, gcp, 'aws-routes')
    misses(without(/VpcAttachment$/), aws, gcp, 'aws-routes')
    misses(without(/^aws:ec2transitgateway\/route:Route$/), aws, awsStandby, 'transit-gateway-routes')
    misses(without(/PeeringAttachmentAccepter$/), aws, awsStandby, 'transit-gateway-accepted')
    misses(without(/SecurityGroupIngressRule$/, /tls-api/), gcp, aws, 'security-group')
    misses(without(/SecurityGroupIngressRule$/, / tls$/), gcp, aws, 'security-group')
    misses(without(/VpnConnection$/), azure, awsStandby, 'azure-peering')
  })

  test('what is taken out of Google Cloud is missed', () => {
    misses(without(/NetworkPeering$/), gcp, gcpStandby, 'gcp-peering')
    misses(without(/RouterPeer$/), aws, gcp, 'transit-gateway-routes')
    misses(
      (record) =>
        /NetworkPeering$/.test(record.type)
          ? withSettings(record, (settings) => ({ ...settings, exportCustomRoutes: false }))
          : record,
      gcpStandby,
      aws,
      'gcp-custom-routes'
    )
  })

  test('what is taken out of Azure is missed', () => {
    misses(without(/VirtualNetworkPeering$/), azure, azureStandby, 'azure-peering')
    misses(
      (record) =>
        /VirtualNetworkPeering$/.test(record.type)
          ? withSettings(record, (settings) => ({ ...settings, useRemoteGateways: false }))
          : record,
      azureStandby,
      aws,
      'azure-gateway-transit'
    )
    misses(
      (record) => record.name === 'mesh' && /SecurityRule$/.test(record.type) ? undefined : record,
      aws,
      azure,
      'network-security-group'
    )
  })

  test('a tunnel is up only when both ends know each other and share a key', () => {
    const key = (record: CloudRecord): CloudRecord =>
      /VPNTunnel$/.test(record.type)
        ? withSettings(record, (settings) => ({ ...settings, sharedSecret: 'another' }))
        : record
    misses(key, aws, gcp, 'transit-gateway-routes')
  })

  test('two clouds that nothing in the world joins are unknown, not refused', () => {
    const apart = changed((record) =>
      /vpnConnection|customerGateway|vPNTunnel|externalVpn|GatewayConnection$|LocalNetworkGateway/.test(
          record.type
        )
        ? undefined
        : record
    )
    const verdict = call(apart, aws, gcp)
    assert.ok(verdict.reached)
    assert.deepEqual(verdict.unknown, ['no-link'])
  })

  test('a gateway whose packets come from nodes is reached by nobody where Cilium judges', () => {
    const forwarding = (spec: WireObject): WireObject => ({ ...spec, externalTrafficPolicy: 'Cluster' })
    for (const to of [gcp, azure]) {
      misses(specOf(/Service$/, /istio-eastwestgateway/, forwarding), aws, to, 'cilium-cidr')
    }
    assert.ok(
      call(changed(specOf(/Service$/, /eks.*istio-eastwestgateway/, forwarding)), gcp, aws).reached,
      'the VPC CNI sees addresses'
    )
  })

  test('the mesh is reached through its gateways, by who knows the other cluster and is let in', () => {
    misses(
      without(/networking.istio.io\/v1:Gateway$/, /cross-network-gateway/),
      aws,
      gcp,
      'east-west-gateway'
    )
    misses(without(/networking.istio.io\/v1:Gateway$/, /kubernetes-api/), aws, gcp, 'east-west-gateway')
    misses(without(/core\/v1:Secret$/, /istio-remote-secret/), aws, gcp, 'remote-endpoints')
    misses(
      specOf(/AuthorizationPolicy$/, /probes-only/, (spec) => ({ ...spec, rules: [] })),
      aws,
      gcp,
      'authorization-policy'
    )
    misses(without(/NetworkPolicy$/, /windlass\/allow-probes/), aws, gcp, 'vpc-cni-before-translation')
    misses(without(/NetworkPolicy$/, /istio-system\/allow-east-west/), aws, gcp, 'policy-isolates')
    const plaintext = call(records, aws, aws, false)
    assert.ok(!plaintext.reached)
    assert.equal(plaintext.rule, 'strict-mtls')
    const open = specOf(/PeerAuthentication$/, /./, (spec) => ({ ...spec, mtls: { mode: 'PERMISSIVE' } }))
    const known = call(changed(open), aws, aws, false)
    // Whoever shows no certificate has no name, and the responder lets in by name.
    assert.ok(!known.reached && known.rule === 'authorization-policy')
  })

  test('pods call their API server by an address that their network plugin knows', () => {
    const istiod = { namespace: 'istio-system', labels: { app: 'istiod' } }
    const api = (among: readonly CloudRecord[], name: string): Verdict => {
      const world = new World(among)
      const site = world.sites.find((one) => one.name === name)
      assert.ok(site)
      return apiReach(world, site, istiod)
    }
    for (const name of threePairs) assert.ok(api(records, name).reached, name)
    // The mistake of before: the network's range alone.
    const addressed = changed(specOf(/NetworkPolicy$/, /istio-system\/allow-istiod/, (spec) => ({
      ...spec,
      egress: (spec.egress as WireObject[]).map((rule) => ({
        ...rule,
        to: (rule.to as { ipBlock?: { cidr: string } }[]).filter(({ ipBlock }) =>
          !ipBlock?.cidr.endsWith('/32')
        )
      }))
    })))
    const refusal = api(addressed, aws)
    assert.ok(!refusal.reached)
    assert.equal(refusal.rule, 'vpc-cni-before-translation')
    assert.ok(api(addressed, gcp).reached, 'Cilium judges what the address is translated to')
  })

  test('API servers reach the pods of webhooks through firewalls, groups and policies', () => {
    const reach = (among: readonly CloudRecord[], name: string, port: number): RuleName | undefined => {
      const world = new World(among)
      const site = world.sites.find((one) => one.name === name)
      assert.ok(site)
      const verdict = webhookReach(world, site, {
        namespace: 'istio-system',
        labels: { app: 'istiod', istio: 'pilot' }
      }, port)
      return verdict.reached ? undefined : verdict.rule
    }
    for (const name of threePairs) assert.equal(reach(records, name, 15_017), undefined, name)
    const firewall = without(/compute\/firewall:Firewall$/, /control-plane/)
    assert.equal(reach(changed(firewall), gcp, 15_017), 'gke-control-plane-firewall')
    assert.equal(reach(changed(firewall), aws, 15_017), undefined)
    const trust = without(/SecurityGroupIngressRule$/, /-trust/)
    assert.equal(reach(changed(trust), aws, 15_017), 'eks-node-security-group')
    // Nodes whose template names no group are in the one of their cluster.
    const left = changed((record) =>
      /LaunchTemplate$/.test(record.type)
        ? withSettings(record, ({ vpcSecurityGroupIds: _, networkInterfaces: __, ...rest }) => rest)
        : trust(record)
    )
    assert.equal(reach(left, aws, 15_017), undefined)
    for (const name of threePairs) {
      assert.equal(
        reach(changed(without(/NetworkPolicy$/, /istio-system\/allow-istiod/)), name, 15_017),
        'policy-isolates',
        name
      )
    }
  })

  test('checkers, clients and nobody else reach what an ingress serves', () => {
    const ask = (among: readonly CloudRecord[], host: string, newest: string, path = '/healthz/ready') =>
      publicReach(new World(among), { host, path, newest })
    const refusedBy = (verdict: Verdict): RuleName | undefined => verdict.reached ? undefined : verdict.rule
    const zone = 'nautilus.example.com'
    for (const name of threePairs) {
      assert.ok(ask(records, `health-${name}.${zone}`, 'TLSV1_2').reached, name)
      assert.equal(refusedBy(ask(records, `${name}.${zone}`, 'TLSV1_2')), 'tls-version')
      assert.ok(ask(records, `${name}.${zone}`, 'TLSV1_3').reached, name)
      assert.equal(
        refusedBy(ask(records, `health-${name}.${zone}`, 'TLSV1_3', '/market-data/')),
        'ingress-route'
      )
    }
    // Public services are served wherever DNS leads to, others nowhere.
    const main = `trade.${zone}`
    assert.ok(ask(records, main, 'TLSV1_3', '/market-data/stream').reached)
    assert.ok(ask(records, `order-gateway.${main}`, 'TLSV1_3', '/orders.v1.Orders/Place').reached)
    assert.equal(refusedBy(ask(records, main, 'TLSV1_3', '/risk-engine')), 'ingress-route')
    assert.equal(refusedBy(ask(records, `nobody.${zone}`, 'TLSV1_3')), 'name-resolves')
    // The mistake of before: one listener, of TLS 1.3 alone.
    const strict = changed(specOf(/v1:Gateway$/, /istio-system\/ingress/, (spec) => ({
      ...spec,
      servers: (spec.servers as WireObject[]).slice(0, 1)
    })))
    assert.equal(refusedBy(ask(strict, `health-${aws}.${zone}`, 'TLSV1_2')), 'tls-version')
    // A minimum that somebody lowered behind the file's back is seen by an older client's answer.
    const lowered = changed(specOf(/v1:Gateway$/, /istio-system\/ingress/, (spec) => ({
      ...spec,
      servers: (spec.servers as { tls: WireObject }[]).map((server) => ({
        ...server,
        tls: { ...server.tls, minProtocolVersion: 'TLSV1_2' }
      }))
    })))
    assert.ok(ask(lowered, `${aws}.${zone}`, 'TLSV1_2').reached)
    const unruled = changed((record) =>
      record.name === 'ingress' && /SecurityRule$/.test(record.type) ? undefined : record
    )
    assert.equal(refusedBy(ask(unruled, `health-${azure}.${zone}`, 'TLSV1_2')), 'network-security-group')
  })

  test('clients who judge certificates trust public authorities, and not the one of the mesh', () => {
    const host = `${aws}.nautilus.example.com`
    const ask = (among: readonly CloudRecord[]) =>
      publicReach(new World(among), { host, path: '/healthz/ready', newest: 'TLSV1_3', judges: true })
    const own = ask(records)
    assert.ok(!own.reached)
    assert.equal(own.rule, 'public-trust')
    const shown = (text: string): CloudRecord[] =>
      changed((record) =>
        record.id === 'istio-system/ingress-tls'
          ? withSettings(record, (settings) => ({
            ...settings,
            data: { 'tls.crt': Buffer.from(text).toString('base64') }
          }))
          : record
      )
    const known = ask(shown(rootCertificates[0] ?? ''))
    assert.ok(known.reached)
    assert.deepEqual(known.unknown, [])
    // The value of a rehearsed secret.
    const given = ask(shown('derived'))
    assert.ok(given.reached)
    assert.deepEqual(given.unknown, ['given-certificate'])
  })

  test('control planes let in the ranges of operators, and nobody else reaches them', async () => {
    const ranges = ['10.250.0.0/24']
    const rules = records.filter(({ type }) => type === apiRuleType)
    const clusters = records.filter(({ type }) => (clusterTypes as readonly string[]).includes(type))
    const shut = (cluster: CloudRecord, among = rules, from: readonly string[] = ranges) => {
      const verdict = operatorRefusal(cluster, among, from)
      return verdict && !verdict.reached ? verdict.rule : undefined
    }
    assert.equal(clusters.length, threePairs.length)
    const endpoints: Record<string, RuleName> = {
      aws: 'eks-endpoint',
      gcp: 'gke-endpoint',
      'azure-native': 'aks-endpoint'
    }
    for (const cluster of clusters) {
      assert.equal(shut(cluster), undefined, cluster.name)
      assert.equal(shut(cluster, rules, ['203.0.113.0/24']), endpoints[cluster.pkg])
    }
    const [eks, gke] = [clusters.find(({ pkg }) => pkg === 'aws'), clusters.find(({ pkg }) => pkg === 'gcp')]
    assert.ok(eks && gke)
    assert.equal(shut(eks, rules.filter((rule) => rule.inputs.cidrIpv4 !== ranges[0])), 'security-group')
    const closed = withSettings(gke, (settings) => ({ ...settings, masterAuthorizedNetworksConfig: {} }))
    assert.equal(shut(closed), 'gke-authorized-networks')

    // The mistake of before: the group admits the VPC alone.
    const store = new MemoryCloudStore()
    for (const record of records) if (record.inputs.cidrIpv4 !== ranges[0]) await store.put(record)
    const clouds = createClouds({ store, durations: { defaults: {}, types: {} }, operators: ranges })
    const kubernetes = await provider(clouds, 'kubernetes', { kubeconfig: kubeconfig(eks.outputs.endpoint) })
    await assert.rejects(
      make(kubernetes, 'kubernetes:core/v1:Namespace', 'late', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'late' }
      }),
      /dial tcp .*eks\.amazonaws\.com:443: i\/o timeout .*10\.250\.0\.0\/24 is let in on 443 by no rule/
    )
  })

  test('every rule names its source', () => {
    for (const [name, { claim, source }] of Object.entries(networkRules)) {
      assert.ok(claim.length > 20 && /^https:\/\//.test(source), name)
    }
  })
})
