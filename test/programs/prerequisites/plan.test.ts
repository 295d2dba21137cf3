import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maxVcpus, vcpus } from '../../../programs/components/instance-types.ts'
import {
  alphanumericName,
  boundedName,
  derivedUuid,
  qualifiedName
} from '../../../programs/components/naming.ts'
import { prerequisites } from '../../../programs/prerequisites/plan.ts'
import { azureFamily, combined, quotaNeeds, requireQuotas } from '../../../programs/prerequisites/quotas.ts'
import { areaOf, requireResidency } from '../../../programs/prerequisites/residency.ts'
import { backupRetentionDays } from '../../../programs/prerequisites/retention.ts'
import { nautilus, vpnRing } from '../../fixtures/nautilus.ts'

const federation = await nautilus()

test('the phase has a unit per cloud and cluster and one for all, and Google clusters read theirs', () => {
  const units = prerequisites.units.flatMap((kind) =>
    kind.scopes(federation).map((scope) => ({
      name: scope.name,
      cloud: scope.cloud,
      kind: scope.kind,
      dependsOn: kind.dependsOn(federation, scope)
    }))
  )
  assert.deepEqual(units.map(({ name }) => name), [
    'aws',
    'gcp',
    'azure',
    ...federation.clusters.map(({ name }) => name),
    'global'
  ])
  for (const { kind, cloud, name, dependsOn } of units) {
    const switched = kind === 'cluster' && cloud === 'gcp'
    assert.deepEqual(dependsOn.map(({ scope }) => scope), switched ? [cloud] : [], name)
  }
})

test('every estimate step waits only for steps of its own unit', () => {
  for (const kind of prerequisites.units) {
    for (const scope of kind.scopes(federation)) {
      const steps = kind.estimate(federation, scope)
      const keys = steps.map(({ key }) => key)
      assert.equal(new Set(keys).size, keys.length)
      assert.ok(steps.every((step) => (step.after ?? []).every((key) => keys.includes(key))), scope.name)
    }
  }
})

test("a type's name says how many virtual CPUs it has", () => {
  assert.equal(vcpus('aws', 'c6i.4xlarge'), 16)
  assert.equal(vcpus('aws', 'm6i.xlarge'), 4)
  assert.equal(vcpus('aws', 't3.large'), 2)
  assert.equal(vcpus('gcp', 'c2-standard-8'), 8)
  assert.equal(vcpus('gcp', 'e2-medium'), 2)
  assert.equal(vcpus('azure', 'Standard_F8s_v2'), 8)
  assert.equal(vcpus('azure', 'Standard_D16ds_v5'), 16)
  assert.throws(() => vcpus('gcp', 'c6i.4xlarge'), /not of the form that gcp uses/)
})

test("quota needs of a region are its clusters' pools at their largest", () => {
  const needs = quotaNeeds(federation, 'aws')
  const cluster = federation.clusters.find(({ name }) => name === 'nautilus-primary-us-east')
  assert.ok(cluster)
  const expected = cluster.nodePools.reduce((sum, pool) => sum + maxVcpus('aws', pool), 0)
  assert.equal(
    needs.find(({ code, region }) => code === 'L-1216C47A' && region === 'us-east-1')?.needed,
    expected
  )
  assert.equal(expected, 240)
})

test('spot pools count against the spot quota', () => {
  const spot = quotaNeeds(federation, 'gcp').find(({ code, region }) =>
    code === 'PREEMPTIBLE-CPUS-per-project-region' && region === 'us-central1'
  )
  const analytics = federation.clusters.find(({ role }) => role === 'analytics')
  assert.equal(
    spot?.needed,
    analytics?.nodePools.filter((pool) => pool.spot).reduce((sum, pool) => sum + maxVcpus('gcp', pool), 0)
  )
})

test('two clusters of one region add up, and every quota is listed once per region', () => {
  const first = federation.clusters.find(({ name }) => name === 'nautilus-hub-us-west')
  assert.ok(first)
  const double = { ...federation, clusters: [first, { ...first, name: 'twin' }] }
  const once = quotaNeeds({ ...federation, clusters: [first] }, 'aws')
  const twice = quotaNeeds(double, 'aws')
  assert.deepEqual(twice.map(({ needed }) => needed), once.map(({ needed }) => 2 * needed))
})

test('findings about one quota of one region are added up before they are judged', () => {
  const half = { name: 'CPUS', region: 'europe-west1', needed: 60, available: 100 }
  assert.deepEqual(combined([half, half, { ...half, region: 'us-west1' }]), [{ ...half, needed: 120 }, {
    ...half,
    region: 'us-west1'
  }])
  assert.throws(() => requireQuotas('gcp', combined([half, half])), /120 +100/)
})

test('enough quota passes the findings on; a shortage fails and says what is needed', () => {
  const enough = { name: 'VPCs', region: 'us-east-1', needed: 1, available: 5 }
  assert.deepEqual(requireQuotas('aws', [enough]), [enough])
  assert.throws(
    () =>
      requireQuotas('aws', [enough, {
        name: 'Elastic IP addresses',
        region: 'us-west-2',
        needed: 3,
        available: 2
      }]),
    (error: Error) => {
      assert.match(error.message, /^PREREQUISITES_QUOTA/)
      assert.match(error.message, /Elastic IP addresses +us-west-2 +3 +2/)
      assert.doesNotMatch(error.message, /VPCs/)
      return true
    }
  )
})

test('backups stay in the bucket longer than they live', () => {
  assert.ok(backupRetentionDays(federation) > federation.disasterRecovery.backupRetentionDays)
})

test('physical names are legal, bounded, stable and differ when their parts do', () => {
  const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}[a-z0-9]$/)
  fc.assert(fc.property(part, part, fc.integer({ min: 20, max: 63 }), (first, second, max) => {
    const name = boundedName(max, first, second)
    assert.ok(name.length <= max && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name), name)
    assert.equal(name, boundedName(max, first, second))
    const account = alphanumericName(24, first, second)
    assert.ok(account.length >= 3 && account.length <= 24 && /^[a-z0-9]+$/.test(account), account)
    if (first !== second) assert.notEqual(account, alphanumericName(24, second, first))
  }))
})

test('a derived UUID is one, stable, and differs when its parts do', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (first, second) => {
    const uuid = derivedUuid(first, second)
    assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.equal(uuid, derivedUuid(first, second))
    if (first !== second) assert.notEqual(derivedUuid(first), derivedUuid(second))
  }))
})

test("a cluster's physical name holds the federation's once", () => {
  const [first] = federation.clusters
  assert.ok(first)
  assert.equal(qualifiedName(federation, first), first.name)
  assert.equal(qualifiedName(federation, { ...first, name: 'edge' }), 'nautilus-edge')
})

test('every shortage of a cloud is in one table: the quota, its place, the need and the supply', () => {
  const short = [{ name: 'VPCs', region: 'us-east-1', needed: 6, available: 5 }, {
    name: 'Elastic IP addresses',
    region: 'us-west-2',
    needed: 3,
    available: 2
  }]
  assert.throws(
    () =>
      requireQuotas('aws', [...short, {
        name: 'EKS clusters',
        region: 'us-east-1',
        needed: 1,
        available: 100
      }]),
    (error: Error) => {
      const rows = error.message.split('\n').slice(2).map((row) => row.trim().split(/ {2,}/))
      assert.deepEqual(rows, [['VPCs', 'us-east-1', '6', '5'], [
        'Elastic IP addresses',
        'us-west-2',
        '3',
        '2'
      ]])
      return true
    }
  )
})

test('a cluster that ends VPNs needs connections, gateways and tunnels for each of its links', () => {
  const overVpn = { ...federation, links: vpnRing }
  const need = (cloud: 'aws' | 'gcp' | 'azure', code: string, region: string): number | undefined =>
    quotaNeeds(overVpn, cloud).find((one) => one.code === code && one.region === region)?.needed
  // The American primary has a link to each of the other two clouds.
  assert.deepEqual([
    need('aws', 'L-3E6EC3A3', 'us-east-1'),
    need('aws', 'L-4FB7FF5D', 'us-east-1'),
    need('aws', 'L-3E6EC3A3', 'us-west-2')
  ], [4, 4, undefined])
  assert.equal(need('gcp', 'VPN-TUNNELS-per-project', 'global'), 4 + 2)
  assert.deepEqual([
    need('azure', 'PublicIPAddresses', 'japaneast'),
    need('azure', 'PublicIPAddresses', 'southeastasia')
  ], [5, 3])
  assert.deepEqual(
    quotaNeeds(federation, 'azure').filter(({ code }) => code === 'PublicIPAddresses').map(({ needed }) =>
      needed
    ),
    [4, 4, 4]
  )
})

test("Google Cloud's disks and families count against the quotas that it has for them", () => {
  const primary = federation.clusters.find(({ name }) => name === 'nautilus-primary-eu-west')
  const pool = primary?.nodePools[0]
  assert.ok(primary && pool)
  const codes = (instanceType: string): string[] =>
    quotaNeeds({
      ...federation,
      clusters: [{ ...primary, nodePools: [{ ...pool, instanceType }] }],
      links: []
    }, 'gcp').map(({ code, family, needed }) => `${code}${family ?? ''} ${needed}`)
  assert.deepEqual(codes('c2-standard-8').slice(0, 2), [
    'C2-CPUS-per-project-region 120',
    'SSD-TOTAL-GB-per-project-region 3000'
  ])
  assert.deepEqual(codes('c4-standard-8').slice(0, 2), [
    'CPUS-PER-VM-FAMILY-per-project-regionC4 120',
    'IN-USE-ADDRESSES-per-project-region 2'
  ])
  assert.equal(codes('e2-standard-8')[0], 'CPUS-per-project-region 120')
})

test("Azure's families are named as its usage is", () => {
  const names = [
    'Standard_F8s_v2',
    'Standard_D8s_v5',
    'Standard_D4as_v4',
    'Standard_E4s_v5',
    'Standard_NC4as_T4_v3',
    'Standard_D8s_v6'
  ].map(azureFamily)
  assert.deepEqual(names, [
    'standardFSv2Family',
    'standardDSv5Family',
    'standardDASv4Family',
    'standardESv5Family',
    'standardNCASv3_T4Family',
    'StandardDsv6Family'
  ])
  assert.throws(() => azureFamily('c6i.4xlarge'), RangeError)
})

test('data that would leave the areas that its own allows is refused, with both areas named', () => {
  const cluster = federation.clusters.find(({ name }) => name === 'nautilus-primary-eu-west')
  assert.ok(cluster)
  const home = { what: 'log bucket', location: 'EUROPE-WEST1' }
  assert.deepEqual(
    requireResidency(federation, cluster, [home, { what: 'registry', location: 'eu' }]).length,
    2
  )
  const astray = [home, { what: 'backup bucket', location: 'us-central1' }, {
    what: 'key',
    location: 'me-west1'
  }]
  assert.throws(() => requireResidency(federation, cluster, astray), (error: Error) => {
    assert.match(
      error.message,
      /^PREREQUISITES_RESIDENCY: data of nautilus-primary-eu-west \(eu\) may be kept in eu only/
    )
    assert.match(error.message, /backup bucket in us-central1 \(us\)/)
    assert.match(error.message, /key in me-west1 \(an area that no cluster/)
    assert.doesNotMatch(error.message, /log bucket/)
    return true
  })
  assert.equal(requireResidency({ ...federation, residency: {} }, cluster, astray), astray)
  assert.equal(areaOf(federation, { cloud: 'azure' }, 'europe-west1'), undefined)
})
