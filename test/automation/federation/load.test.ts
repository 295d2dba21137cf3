import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { cidr, overlaps } from '../../../automation/federation/cidr.ts'
import { FederationError } from '../../../automation/federation/errors.ts'
import {
  loadFederation,
  parseFederation,
  parseStoredFederation
} from '../../../automation/federation/load.ts'
import { edit, loaded, nautilusPath, nautilusText, overVpnText, problemsOf } from './nautilus.ts'

const nautilus = loaded(parseFederation(nautilusText, 'nautilus.yaml'))

describe('Nautilus', () => {
  test('loads from its file with its text', async () => {
    const result = await loadFederation(nautilusPath)
    assert.deepEqual(loaded(result), nautilus)
    assert.ok(!('errors' in result))
    assert.equal(result.source, nautilusText)
  })

  test('has the ten clusters of the document, with their networks, roles and nodes', () => {
    assert.deepEqual(
      nautilus.clusters.map((
        { name, cloud, region, cidr, role, nodePools }
      ) => [name, cloud, region, cidr, role, nodePools.map((pool) => [pool.min, pool.max])]),
      [
        ['nautilus-primary-us-east', 'aws', 'us-east-1', '10.1.0.0/16', 'primary', [[3, 15]]],
        ['nautilus-primary-eu-west', 'gcp', 'europe-west1', '10.3.0.0/16', 'primary', [[3, 15]]],
        ['nautilus-primary-asia-northeast', 'azure', 'japaneast', '10.5.0.0/16', 'primary', [[3, 15]]],
        ['nautilus-hub-us-west', 'aws', 'us-west-2', '10.2.0.0/16', 'hub', [[2, 8]]],
        ['nautilus-hub-eu-central', 'gcp', 'europe-west3', '10.4.0.0/16', 'hub', [[2, 8]]],
        ['nautilus-hub-asia-southeast', 'azure', 'southeastasia', '10.6.0.0/16', 'hub', [[2, 8]]],
        ['nautilus-dr-us-west', 'gcp', 'us-west1', '10.7.0.0/16', 'dr', [[1, 6]]],
        ['nautilus-dr-eu-central', 'azure', 'germanywestcentral', '10.8.0.0/16', 'dr', [[1, 6]]],
        ['nautilus-dr-asia-australia', 'aws', 'ap-southeast-2', '10.9.0.0/16', 'dr', [[1, 6]]],
        ['nautilus-analytics-us', 'gcp', 'us-central1', '10.10.0.0/16', 'analytics', [[2, 20]]]
      ]
    )
    assert.deepEqual(nautilus.clusters.slice(0, 3).map((cluster) => cluster.nodePools[0]?.instanceType), [
      'c6i.4xlarge',
      'c2-standard-8',
      'Standard_F8s_v2'
    ])
    assert.deepEqual(
      nautilus.clusters.filter((cluster) => cluster.nodePools.some((pool) => pool.spot)).map((cluster) =>
        cluster.name
      ),
      ['nautilus-analytics-us']
    )
    assert.ok(nautilus.clusters.every((cluster) => cluster.zones.length === 3))
    assert.deepEqual(
      nautilus.clusters.filter((cluster) => cluster.tuning.length === 8).map((cluster) => cluster.role),
      ['primary', 'primary', 'primary']
    )
  })

  test('has the figures of the document', () => {
    assert.deepEqual(
      nautilus.latencyTargets.map((
        target
      ) => [target.from, target.to, target.milliseconds, target.expectedMilliseconds]),
      [
        ['intra-region', 'intra-region', 2, 1.5],
        ['us', 'eu', 80, 75],
        ['eu', 'asia', 120, 115],
        ['asia', 'us', 150, 145]
      ]
    )
    const recovery = nautilus.disasterRecovery
    assert.deepEqual([
      recovery.crossCloud,
      recovery.probeIntervalSeconds,
      recovery.failureThreshold,
      recovery.dnsTtlSeconds,
      recovery.globalFailoverSeconds
    ], ['required', 5, 3, 60, 90])
    assert.deepEqual(
      recovery.pairs.map((pair) => [pair.primary, pair.standby, pair.rtoSeconds, pair.rpoSeconds]),
      [
        ['nautilus-primary-us-east', 'nautilus-dr-us-west', 30, 5],
        ['nautilus-primary-eu-west', 'nautilus-dr-eu-central', 30, 5],
        ['nautilus-primary-asia-northeast', 'nautilus-dr-asia-australia', 30, 5]
      ]
    )
    assert.deepEqual(nautilus.availability, { federation: 99.995, cluster: 99.99, dns: 99.999, mesh: 99.95 })
    assert.deepEqual(nautilus.capacity, {
      webSocketConnections: 1000,
      messagesPerSecond: 50_000,
      minBandwidthGbps: 10,
      maxBandwidthGbps: 25
    })
    assert.deepEqual([
      nautilus.mesh.certificateYears,
      nautilus.mesh.outlierConsecutiveErrors,
      nautilus.mesh.minTlsVersion,
      nautilus.mesh.failoverSeconds
    ], [10, 5, 'TLSV1_3', 5])
    assert.deepEqual([
      nautilus.dns.healthCheckIntervalSeconds,
      nautilus.dns.strategies.length,
      nautilus.targetMinutes,
      nautilus.monitoring.minimumAlertRules
    ], [10, 5, 30, 30])
    assert.deepEqual(nautilus.nodeTuning?.pinnedCpus, [2, 3, 4, 5])
  })

  test('joins its clouds in a ring', () => {
    const cloud = (name: string) => nautilus.clusters.find((cluster) => cluster.name === name)?.cloud
    assert.deepEqual(nautilus.links.map((link) => [cloud(link.from), cloud(link.to), link.kind]), [
      ['aws', 'gcp', 'mesh'],
      ['gcp', 'azure', 'mesh'],
      ['azure', 'aws', 'mesh']
    ])
  })

  test('has no two address ranges that overlap', () => {
    const ranges = nautilus.clusters.flatMap((
      cluster
    ) => [cluster.cidr, cluster.podCidr, cluster.serviceCidr, cluster.controlPlaneCidr]).map(cidr)
    for (const [index, range] of ranges.entries()) {
      assert.ok(ranges.slice(0, index).every((other) => !overlaps(range, other)))
    }
    assert.ok(nautilus.clusters.every((cluster) => cluster.controlPlaneCidr.endsWith('/28')))
  })

  test('warns of links below its capacity and its latency targets, and of nothing else', async () => {
    const result = await loadFederation(nautilusPath)
    assert.ok(!('errors' in result))
    assert.deepEqual(
      result.warnings.map((warning) => [warning.code, warning.path]),
      [0, 1, 2].flatMap((index) => [
        ['FED_LATENCY_UNHELD', `links[${index}].kind`],
        ['FED_LINK_BELOW_CAPACITY', `links[${index}].bandwidthGbps`]
      ])
    )
    assert.match(
      result.warnings[0]?.message ?? '',
      /nautilus-primary-us-east to nautilus-primary-eu-west .* takes 82 ms \(published\), .* 80 ms/
    )
  })
})

/** One more cluster at the end of the list, anywhere its network fits. */
const another = (octet: number) =>
  `  - name: another
    role: hub
    cloud: aws
    region: us-east-2
    cidr: 10.${octet}.0.0/16
    asn: 64600
    nodePools: [{ name: hub, instanceType: m6i.large, min: 1, max: 2 }]

# The document names no VPN`

describe('loading', () => {
  test('appending a cluster changes none of the others', () => {
    fc.assert(
      // 10.250 is where the operators are.
      fc.property(fc.integer({ min: 11, max: 249 }), (octet) => {
        const { text } = edit(nautilusText, ['# The document names no VPN', another(octet)])
        assert.deepEqual(loaded(parseFederation(text, 'more.yaml')).clusters.slice(0, 10), nautilus.clusters)
      }),
      { numRuns: 10 }
    )
  })

  test('fills in what the file leaves out', () => {
    const { text } = edit(nautilusText, ['# The document names no VPN', another(11)])
    const cluster = loaded(parseFederation(text, 'more.yaml')).clusters[10]
    assert.deepEqual([
      cluster?.tier,
      cluster?.area,
      cluster?.zones,
      cluster?.kubernetesVersion,
      cluster?.stateful
    ], ['high-performance', 'us', ['us-east-2a', 'us-east-2b', 'us-east-2c'], '1.35', false])
    assert.deepEqual(cluster?.nodePools[0], {
      name: 'hub',
      instanceType: 'm6i.large',
      min: 1,
      max: 2,
      desired: 1,
      spot: false,
      diskGb: 100,
      labels: {},
      taints: []
    })
  })

  test('editing a node count changes that and nothing else', () => {
    const { text } = edit(nautilusText, ['min: 2, max: 20', 'min: 4, max: 20'])
    const edited = loaded(parseFederation(text, 'edited.yaml'))
    const { clusters, ...rest } = edited
    const { clusters: before, ...restBefore } = nautilus
    assert.deepEqual(rest, restBefore)
    assert.deepEqual(clusters.slice(0, 9), before.slice(0, 9))
    assert.deepEqual([clusters[9]?.nodePools[0]?.min, clusters[9]?.nodePools[0]?.desired], [4, 4])
  })

  test('a pinned range is kept, and the others avoid it', () => {
    const { text } = edit(nautilusText, [
      'cidr: 10.10.0.0/16',
      'cidr: 10.10.0.0/16\n    podCidr: 100.64.0.0/16\n    serviceCidr: 172.20.0.0/20'
    ])
    const { clusters } = loaded(parseFederation(text, 'pinned.yaml'))
    assert.deepEqual([clusters[9]?.podCidr, clusters[9]?.serviceCidr], ['100.64.0.0/16', '172.20.0.0/20'])
    assert.equal(clusters[0]?.podCidr, '100.65.0.0/16')
  })

  test('a federation in one cloud needs one account; its standby may be another primary', () => {
    const text = `name: one-cloud
owner: platform
accounts: { aws: { accountId: "123456789012" } }
kubernetesVersion: "1.35"
clusters:
  - name: us
    role: primary
    cloud: aws
    region: us-east-1
    cidr: 10.1.0.0/16
    asn: 64513
    nodePools: [{ name: general, instanceType: m6i.xlarge, min: 3, max: 6 }]
  - name: eu
    role: primary
    cloud: aws
    region: eu-west-1
    cidr: 10.2.0.0/16
    asn: 64514
    nodePools: [{ name: general, instanceType: m6i.xlarge, min: 3, max: 6 }]
links: [{ from: us, to: eu, kind: peering, bandwidthGbps: 10 }]
disasterRecovery:
  crossCloud: allowed
  rtoSeconds: 60
  rpoSeconds: 1
  pairs: [{ primary: us, standby: eu }]
  probeIntervalSeconds: 10
  failureThreshold: 3
  dnsTtlSeconds: 60
  globalFailoverSeconds: 150
  backupSchedule: "0 2 * * SUN"
  backupRetentionDays: 7
mesh:
  istioVersion: "1.30.0"
  trustDomain: one.internal
  certificateYears: 10
  outlierConsecutiveErrors: 5
  minTlsVersion: TLSV1_3
  services: []
dns:
  zone: one.example.com
  host: api.one.example.com
  provider: aws
  strategies: [latency]
  healthCheckIntervalSeconds: 30
monitoring: { hub: us, retentionDays: 30, scrapeIntervalSeconds: 30, traceSamplingPercent: 1, receivers: {} }
availability: { federation: 99.99, cluster: 99.9, dns: 99.99, mesh: 99.9 }
capacity: { webSocketConnections: 1, messagesPerSecond: 1, minBandwidthGbps: 1, maxBandwidthGbps: 10 }
`
    assert.deepEqual(problemsOf(text), [])
    const federation = loaded(parseFederation(text, 'one-cloud.yaml'))
    assert.equal(federation.disasterRecovery.pairs[0]?.failoverNodes, 6)
    assert.equal(federation.targetMinutes, undefined)
  })

  test('a file that is not there is reported as unreadable, worth a retry', async () => {
    await assert.rejects(
      loadFederation('/nowhere/at/all.yaml'),
      (error) => error instanceof FederationError && error.code === 'FED_UNREADABLE' && error.retryable
    )
  })

  test('an aborted load rejects with the reason', async () => {
    const reason = new Error('no longer wanted')
    await assert.rejects(
      loadFederation(nautilusPath, { signal: AbortSignal.abort(reason) }),
      (error) => error === reason
    )
  })

  test('an exception that is over and a cluster in few zones are warned of', () => {
    const { text } = edit(nautilusText, [
      'region: us-central1',
      'region: us-central1\n    zones: [us-central1-a]'
    ])
    const result = parseFederation(text, 'warned.yaml', '2099-01-01')
    assert.ok(!('errors' in result))
    const codes = new Set(result.warnings.map(({ code }) => code))
    assert.deepEqual([...codes].sort(), [
      'FED_EXCEPTION_EXPIRED',
      'FED_FEW_ZONES',
      'FED_LATENCY_UNHELD',
      'FED_LINK_BELOW_CAPACITY'
    ])
  })

  test('a VPN beside a link of the mesh is allowed, and warned of: it carries nothing of the mesh', () => {
    const { text } = edit(nautilusText, [
      'links:\n',
      'links:\n  - { from: nautilus-primary-us-east, to: nautilus-primary-eu-west, kind: vpn, ' +
      'bandwidthGbps: 2.5 }\n'
    ])
    const result = parseFederation(text, 'beside.yaml')
    assert.ok(!('errors' in result), JSON.stringify(result))
    const beside = result.warnings.filter(({ code }) => code === 'FED_LINK_BESIDE')
    assert.deepEqual(beside.map(({ path }) => path), ['links[0].kind'])
  })

  test('clouds that no link of the mesh joins are warned of, where one joins others', () => {
    const { text } = edit(nautilusText, [
      'from: nautilus-primary-eu-west, to: nautilus-primary-asia-northeast',
      'from: nautilus-primary-eu-west, to: nautilus-hub-us-west'
    ])
    const result = parseFederation(text, 'apart.yaml')
    assert.ok(!('errors' in result), JSON.stringify(result))
    const [apart, ...others] = result.warnings.filter(({ code }) => code === 'FED_LINK_APART')
    assert.deepEqual([apart?.path, others], ['links', []])
    assert.match(apart?.message ?? '', /joins azure and gcp: their clusters do not reach each other/)
    const whole = parseFederation(nautilusText, 'nautilus.yaml')
    assert.ok(!('errors' in whole) && whole.warnings.every(({ code }) => code !== 'FED_LINK_APART'))
  })

  test('clusters on AWS have no more peers than the security groups of their gateways take', () => {
    const more = (count: number, text: string): string =>
      edit(text, [
        '# The document names no VPN',
        `${
          Array.from({ length: count }, (_, index) =>
            another(30 + index).replace('another', `another-${index}`).replace('64600', String(64600 + index))
              .replace('\n# The document names no VPN', '')).join('').trimEnd()
        }\n\n# The document names no VPN`
      ]).text
    const refused = (text: string): string[] =>
      problemsOf(text).filter(({ code }) => code === 'FED_GATEWAY_PEERS').map(({ path, message }) =>
        `${path} ${/admit \d+ .* take \d+/.exec(message)?.[0]}`
      )
    // Nine peers and the pods of four on Google Cloud; then three addresses of each that is added.
    assert.deepEqual(refused(more(7, overVpnText)), [])
    assert.equal(
      refused(more(8, overVpnText))[0],
      'clusters[0].cloud admit 21 address ranges of its peers, and its security groups take 20'
    )
    assert.deepEqual(refused(more(13, nautilusText)), [])
    assert.equal(
      refused(more(14, nautilusText))[0],
      'clusters[0].cloud admit 62 address ranges of its peers, and its security groups take 60'
    )
  })

  test("operators' ranges are whole, and apart from each other and from the clusters'", () => {
    const codesOf = (...ranges: string[]): string[] => {
      const { text } = edit(nautilusText, [
        '  - 10.250.0.0/24',
        ranges.map((range) => `  - ${range}`).join('\n')
      ])
      const result = parseFederation(text, 'operators.yaml')
      return 'errors' in result ? result.errors.map(({ code, path }) => `${code} ${path}`) : []
    }
    assert.deepEqual(codesOf('203.0.113.0/24', '10.250.0.0/24'), [])
    assert.deepEqual(codesOf('10.1.7.0/24'), ['FED_CIDR_OVERLAP operators[0]'])
    assert.deepEqual(codesOf('172.20.0.0/24'), ['FED_CIDR_OVERLAP operators[0]'])
    assert.deepEqual(codesOf('203.0.113.0/24', '203.0.113.128/25'), ['FED_CIDR_OVERLAP operators[1]'])
    assert.deepEqual(codesOf('203.0.113.1/24'), ['FED_CIDR_HOST_BITS operators[0]'])
    assert.deepEqual(codesOf('203.0.113.300/24'), ['FED_CIDR operators[0]'])
    assert.deepEqual(codesOf('0.0.0.0/0'), ['FED_CIDR_SIZE operators[0]'])
    const { text } = edit(nautilusText, ['operators:\n  - 10.250.0.0/24\n', ''])
    const silent = parseFederation(text, 'silent.yaml')
    assert.ok(!('errors' in silent))
    assert.ok(silent.warnings.some(({ code }) => code === 'FED_OPERATORS'))
  })

  test('a text that was good when it was stored is read, whatever rules came later', () => {
    const { text } = edit(nautilusText, [
      'description: Global',
      'description: AKIAIOSFODNN7EXAMPLE for global'
    ])
    assert.ok('errors' in parseFederation(text, 'now.yaml'))
    const stored = parseStoredFederation(text, 'stored')
    assert.ok(!('errors' in stored))
    assert.deepEqual(stored.federation.clusters, nautilus.clusters)
    assert.ok('errors' in parseStoredFederation('name: 1', 'stored'), 'what is no federation is none stored')
  })

  test('long names are warned of, because their stacks are cut', () => {
    const long = 'nautilus-primary-asia-northeast-long-ones'.slice(0, 40)
    const text = nautilusText.replaceAll('nautilus-primary-asia-northeast', long).replaceAll(
      'nautilus-dr-asia-australia',
      'nautilus-dr-asia-australia-long-one-too'
    )
    const result = parseFederation(text, 'long.yaml')
    assert.ok(!('errors' in result))
    assert.deepEqual(
      result.warnings.filter((warning) => warning.code === 'FED_STACK_NAME_CUT').map((warning) =>
        warning.path
      ),
      ['disasterRecovery.pairs[2]']
    )
  })
})
