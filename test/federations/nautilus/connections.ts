/** Mesh, networks, node tuning, latency and capacity. */
import assert from 'node:assert/strict'
import { type Check } from '../../../programs/outputs.ts'
import {
  at,
  clusterOf,
  type Deployed,
  named,
  names,
  ofRole,
  ofType,
  output,
  pairs,
  type Statement,
  type Statements,
  text,
  values
} from './world.ts'

const destinationType = 'kubernetes:networking.istio.io/v1:DestinationRule'
const policyType = 'kubernetes:networking.k8s.io/v1:NetworkPolicy'

/** Tells if a certificate is of a pair's ledger: all of them are of the whole federation. */
const ofLedger = ({ unit }: { readonly unit: string }): boolean => unit === 'mesh.global'

function destinations (deployed: Deployed): { urn: string, spec: unknown }[] {
  return ofType(deployed, destinationType, 'federation.').map(({ urn, inputs }) => ({
    urn,
    spec: inputs['spec']
  }))
}

/** The tuning script of a cluster's nodes. */
function script (deployed: Deployed, cluster: string): string {
  const found = ofType(deployed, 'kubernetes:core/v1:ConfigMap', `networking.${cluster}`).map(({ inputs }) =>
    at(inputs['data'], 'tune.sh')
  )
    .concat(
      ofType(deployed, 'kubernetes:core/v1:ConfigMap', `networking.${cluster}`).map(({ inputs }) =>
        (inputs['data'] as Record<string, unknown>)['tune.sh']
      )
    ).find((one) => typeof one === 'string')
  assert.ok(typeof found === 'string', `${cluster} has no tuning script`)
  return found
}

function scripted (pattern: RegExp): Statement {
  return (deployed) => {
    for (const { name } of ofRole(deployed, 'primary')) assert.match(script(deployed, name), pattern)
  }
}

/** All that phase 2 says of a cluster's nodes; what AWS's user data holds is Base64. */
function nodeSettings (deployed: Deployed, cluster: string): string {
  const said = deployed.resources.filter(({ unit }) => unit === `infrastructure.${cluster}`).map((
    { inputs }
  ) => text(inputs)).join('\n')
  return said +
    [...said.matchAll(/"userData":"([^"]+)"/g)].map(([, data = '']) => Buffer.from(data, 'base64').toString())
      .join('\n')
}

function target (from: string, to: string, milliseconds: number, expected: number): Statement {
  return (deployed) => {
    const found = deployed.federation.latencyTargets.find((one) => one.from === from && one.to === to)
    assert.deepEqual([found?.milliseconds, found?.expectedMilliseconds], [milliseconds, expected])
    const name = from === 'intra-region' ? 'latency-intra-region' : `latency-${from}-${to}`
    const check = output<Check[]>(deployed, 'validation.global', 'checks').find((one) => one.name === name)
    assert.ok(check && typeof check.measured === 'number', name)
    // A target that the link's kind cannot hold is measured and reported; one that it can is met.
    assert.equal(check.passed, check.measured < milliseconds, name)
    assert.equal(check.required, check.passed, name)
  }
}

export const connections: Statements = {
  M1: (deployed) => {
    const remotes = ofType(deployed, 'kubernetes:core/v1:Secret', 'federation.').filter(({ inputs }) =>
      text(inputs['metadata']).includes('istio/multiCluster')
    )
    assert.equal(remotes.length, names(deployed).length * (names(deployed).length - 1))
  },
  M2: (deployed) => {
    const strict = ofType(deployed, 'kubernetes:security.istio.io/v1:PeerAuthentication', 'mesh.').filter((
      { inputs }
    ) => at(inputs, 'spec.mtls.mode') === 'STRICT' && at(inputs, 'metadata.namespace') === 'istio-system')
    assert.equal(strict.length, names(deployed).length)
  },
  M3: (deployed) => {
    assert.ok(
      ofType(deployed, 'kubernetes:networking.istio.io/v1:VirtualService', 'federation.').length >=
        names(deployed).length * deployed.federation.mesh.services.length
    )
    for (const { urn, spec } of destinations(deployed)) {
      if (text(spec).includes('.svc.cluster.local')) {
        assert.ok(at(spec, 'trafficPolicy.loadBalancer.localityLbSetting.failover.0.to'), urn)
      }
    }
  },
  M4: (deployed) => {
    for (const { urn, spec } of destinations(deployed)) {
      assert.ok(
        at(spec, 'trafficPolicy.connectionPool.tcp.maxConnections') &&
          at(spec, 'trafficPolicy.outlierDetection'),
        urn
      )
    }
  },
  M5: (deployed) => {
    for (const name of names(deployed)) {
      assert.ok(
        ofType(deployed, policyType, `federation.${name}`).some((one) =>
          text(one.inputs).includes('ipBlock')
        ),
        name
      )
    }
  },
  M6: (deployed) => {
    const { istioVersion } = deployed.federation.mesh
    assert.ok(Number(istioVersion.split('.')[1]) >= 30)
    for (const name of names(deployed)) {
      const release = named(deployed, 'kubernetes:helm.sh/v3:Release', `mesh.${name}`, 'istiod')
      assert.equal(release.inputs['version'], istioVersion)
      assert.deepEqual([
        at(release.inputs['values'], 'global.network'),
        at(release.inputs['values'], 'global.meshID')
      ], [name, 'nautilus-mesh'])
    }
  },
  M7: (deployed) => {
    for (const name of names(deployed)) {
      const gateway = ofType(deployed, 'kubernetes:core/v1:Service', `mesh.${name}`).find((one) =>
        one.name === 'istio-eastwestgateway'
      )
      assert.equal(at(gateway?.inputs, 'spec.type'), 'LoadBalancer', name)
      assert.doesNotMatch(text(at(gateway?.inputs, 'metadata.annotations')), /"internal"|-internal/i)
      const { cloud } = clusterOf(deployed, name)
      const listed = (): { cidr: string }[] =>
        at(
          named(deployed, 'aws:ec2/managedPrefixList:ManagedPrefixList', `networking.${name}`, 'peers')
            .inputs,
          'entries'
        ) as { cidr: string }[]
      const ranges = cloud === 'aws'
        ? listed().map(({ cidr }) => cidr)
        : at(gateway?.inputs, 'spec.loadBalancerSourceRanges') as string[]
      // Three NAT gateways of a cluster on AWS, two addresses of the others' only one.
      assert.equal(new Set(ranges).size, cloud === 'aws' ? 2 * 3 + 7 * 2 : 3 * 3 + 6 * 2, name)
      assert.ok(ranges.every((range) => /^\d+\.\d+\.\d+\.\d+\/32$/.test(range)))
    }
  },
  M8: (deployed) => {
    const years = deployed.federation.mesh.certificateYears
    assert.equal(years, 10)
    const authorities = [
      ...ofType(deployed, 'tls:index/locallySignedCert:LocallySignedCert', 'mesh.'),
      ...ofType(deployed, 'tls:index/selfSignedCert:SelfSignedCert', 'mesh.')
    ].filter(({ inputs }) => inputs['isCaCertificate'] === true)
    // The root, an intermediate of each cluster, and the authority of each pair's ledger.
    assert.equal(authorities.length, 1 + names(deployed).length + pairs(deployed).length)
    for (const { urn, inputs } of authorities) {
      assert.ok(Number(inputs['validityPeriodHours']) >= years * 365 * 24, urn)
    }
  },
  M9: (deployed) => {
    for (const { urn, spec } of destinations(deployed)) {
      assert.equal(at(spec, 'trafficPolicy.outlierDetection.consecutive5xxErrors'), 5, urn)
    }
  },
  M10: (deployed) => {
    for (const name of names(deployed)) {
      const rule = named(deployed, destinationType, `mesh.${name}`, 'mesh-default-failover')
      assert.ok(
        at(rule.inputs, 'spec.trafficPolicy.loadBalancer.localityLbSetting.enabled') === true &&
          at(rule.inputs, 'spec.trafficPolicy.outlierDetection') !== undefined
      )
    }
  },
  N6: (deployed) => {
    for (
      const [type, pairs] of [['aws:ec2transitgateway/peeringAttachment:PeeringAttachment', 3], [
        'gcp:compute/networkPeering:NetworkPeering',
        12
      ], ['azure-native:network:VirtualNetworkPeering', 6]] as const
    ) {
      assert.equal(ofType(deployed, type, 'networking.').length, pairs, type)
    }
  },
  N7: (deployed) => {
    assert.equal(ofType(deployed, 'aws:ec2transitgateway/transitGateway:TransitGateway').length, 3)
    assert.equal(
      ofType(deployed, 'aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter').length,
      3
    )
  },
  N9: (deployed) => {
    assert.equal(ofType(deployed, 'azure-native:network:VirtualNetworkPeering', 'networking.').length, 3 * 2)
  },
  N10: (deployed) => {
    const { links } = deployed.federation
    assert.deepEqual(
      links.map(({ from, to }) =>
        [clusterOf(deployed, from).cloud, clusterOf(deployed, to).cloud].sort().join('-')
      ).sort(),
      ['aws-azure', 'aws-gcp', 'azure-gcp']
    )
    assert.ok(links.every(({ kind }) => kind === 'mesh'))
    assert.deepEqual(deployed.resources.filter(({ type }) => /vpn/i.test(type)), [])
  },
  N11: (deployed) => {
    for (const name of names(deployed)) {
      const release = named(
        deployed,
        'kubernetes:helm.sh/v3:Release',
        `mesh.${name}`,
        'istio-eastwestgateway'
      )
      assert.ok(Number(at(release.inputs['values'], 'autoscaling.minReplicas')) >= 2)
    }
  },
  N12: (deployed) => {
    for (const name of names(deployed)) {
      assert.ok(
        ofType(deployed, 'kubernetes:monitoring.coreos.com/v1:Probe', `monitoring.${name}`).length > 0
      )
    }
    const alerts = text(ofType(deployed, 'kubernetes:monitoring.coreos.com/v1:PrometheusRule', 'monitoring.'))
    assert.match(alerts, /Latency\w+AboveTarget/)
    assert.match(alerts, /NodeNetworkDrops/)
  },
  N13: (deployed) => {
    const techniques = (role: 'primary' | 'hub' | 'dr' | 'analytics'): number[] =>
      ofRole(deployed, role).map(({ tuning }) => tuning.length)
    assert.deepEqual([techniques('primary'), techniques('hub'), techniques('dr'), techniques('analytics')], [
      [8, 8, 8],
      [5, 5, 5],
      [1, 1, 1],
      [0]
    ])
  },
  N14: scripted(/vfio-pci/),
  N15: (deployed) => {
    for (const { name } of [...ofRole(deployed, 'primary'), ...ofRole(deployed, 'hub')]) {
      assert.ok(
        ofType(deployed, 'kubernetes:apps/v1:DaemonSet', `networking.${name}`).some(({ inputs }) =>
          text(inputs).includes('sriov-network-device-plugin')
        ),
        name
      )
    }
  },
  N16: (deployed) => {
    assert.deepEqual(deployed.federation.nodeTuning?.pinnedCpus, [2, 3, 4, 5])
    for (const { name } of ofRole(deployed, 'primary')) {
      assert.match(nodeSettings(deployed, name), /"cpuManagerPolicy":"static"/, name)
    }
  },
  N17: (deployed) => {
    for (const { name } of [...ofRole(deployed, 'primary'), ...ofRole(deployed, 'hub')]) {
      assert.match(nodeSettings(deployed, name), /single-numa-node|best-effort|restricted/, name)
    }
  },
  N18: (deployed) => {
    assert.deepEqual(deployed.federation.nodeTuning?.hugePages, ['2Mi', '1Gi'])
    scripted(/hugepages-2048kB[^]*hugepages-1048576kB/)(deployed)
  },
  N19: scripted(/smp_affinity/),
  N20: (deployed) => {
    for (const role of ['primary', 'hub', 'dr'] as const) {
      for (const { name } of ofRole(deployed, role)) {
        assert.match(script(deployed, name), /tcp_congestion_control="?bbr[^]*tcp_rmem/, name)
      }
    }
  },
  P1: target('intra-region', 'intra-region', 2, 1.5),
  P2: target('us', 'eu', 80, 75),
  P3: target('eu', 'asia', 120, 115),
  P4: target('asia', 'us', 150, 145),
  P5: (deployed) => {
    assert.equal(Math.max(...deployed.federation.latencyTargets.map(({ milliseconds }) => milliseconds)), 150)
  },
  P6: (deployed) => {
    assert.equal(deployed.federation.capacity.webSocketConnections, 1000)
    for (const { urn, spec } of destinations(deployed)) {
      assert.ok(Number(at(spec, 'trafficPolicy.connectionPool.tcp.maxConnections')) >= 1000, urn)
    }
    ofType(deployed, 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler')
  },
  P7: (deployed) => {
    assert.equal(deployed.federation.capacity.messagesPerSecond, 50000)
    for (const { urn, spec } of destinations(deployed)) {
      assert.ok(Number(at(spec, 'trafficPolicy.connectionPool.http.http2MaxRequests')) >= 50000, urn)
    }
  },
  P9: (deployed) => {
    const { minBandwidthGbps, maxBandwidthGbps } = deployed.federation.capacity
    assert.deepEqual([minBandwidthGbps, maxBandwidthGbps], [10, 25])
    // The row says that it is missed: a link that is fast enough makes the row wrong.
    const check = output<Check[]>(deployed, 'validation.global', 'checks').find(({ name }) =>
      name === 'link-bandwidth'
    )
    assert.deepEqual([check?.passed, check?.required], [false, false])
  },
  S1: (deployed) => {
    const closed = ofType(deployed, policyType, 'federation.').filter(({ inputs }) =>
      at(inputs, 'metadata.name') === 'default-deny'
    )
    assert.equal(
      closed.length,
      names(deployed).length *
        new Set(deployed.federation.mesh.services.map(({ namespace }) => namespace)).size
    )
    for (const { urn, inputs } of closed) {
      assert.deepEqual(inputs['spec'], { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, urn)
    }
    for (const name of names(deployed)) {
      assert.ok(
        output<Check[]>(deployed, `validation.${name}`, 'checks').some((check) =>
          check.name === 'default-deny-enforced' && check.passed
        )
      )
    }
  },
  S2: (deployed) => {
    for (const name of names(deployed)) {
      assert.ok(
        ofType(deployed, 'kubernetes:security.istio.io/v1:AuthorizationPolicy', `federation.${name}`).every((
          { inputs }
        ) => at(inputs, 'spec.action') === 'ALLOW')
      )
    }
  },
  S3: (deployed) => {
    for (const name of names(deployed)) {
      const checks = output<Check[]>(deployed, `validation.${name}`, 'checks')
      for (const wanted of ['plaintext-refused', 'responder-reached']) {
        assert.ok(checks.some((check) => check.name === wanted && check.passed), `${name} ${wanted}`)
      }
    }
  },
  S4: (deployed) => {
    const leaves = ofType(deployed, 'tls:index/locallySignedCert:LocallySignedCert', 'mesh.').filter((
      { inputs }
    ) => inputs['isCaCertificate'] !== true)
    // An ingress of each cluster; the servers and the replication of each pair's ledger.
    const [ledgers, ingress] = [leaves.filter(ofLedger), leaves.filter((leaf) => !ofLedger(leaf))]
    assert.equal(ingress.length, names(deployed).length)
    assert.equal(ledgers.length, 2 * pairs(deployed).length)
    for (const { urn, inputs } of leaves) assert.ok(Number(inputs['earlyRenewalHours']) >= 91 * 24, urn)
    // A monthly up of all that makes or holds them comes three times in those days.
    const renewals = deployed.federation.schedules?.find(({ operation, mode, phases, cron }) =>
      operation === 'up' && mode === 'live' && phases.from <= 4 && phases.to >= 7 &&
      /^\S+ \S+ 1 \* \*$/.test(cron)
    )
    assert.ok(renewals)
    assert.match(
      text(ofType(deployed, 'kubernetes:monitoring.coreos.com/v1:PrometheusRule')),
      /WorkloadCertificatesFail/
    )
  },
  S6: (deployed) => {
    for (const name of names(deployed)) {
      assert.equal(
        ofType(deployed, 'kubernetes:rbac.authorization.k8s.io/v1:Role', `federation.${name}`).length,
        ofType(deployed, 'kubernetes:core/v1:ServiceAccount', `federation.${name}`).length
      )
    }
  },
  S7: (deployed) => {
    for (const { urn, inputs } of ofType(deployed, 'kubernetes:core/v1:ServiceAccount', 'federation.')) {
      assert.equal(inputs['automountServiceAccountToken'], false, urn)
    }
  },
  S11: (deployed) => {
    for (const name of names(deployed)) {
      assert.equal(
        at(values(deployed, `mesh.${name}`, 'istiod'), 'meshConfig.meshMTLS.minProtocolVersion'),
        'TLSV1_3'
      )
      assert.ok(
        ofType(deployed, 'kubernetes:networking.istio.io/v1:Gateway', `mesh.${name}`).some(({ inputs }) =>
          at(inputs, 'spec.servers.0.tls.minProtocolVersion') === 'TLSV1_3'
        ),
        name
      )
    }
  }
}
