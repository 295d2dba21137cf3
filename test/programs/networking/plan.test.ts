import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CloudName } from '../../../contract/words.ts'
import { networking } from '../../../programs/networking/plan.ts'
import {
  announced,
  gatewayTunnelAddresses,
  linkEnds,
  reachablePeers,
  tunnelAddresses,
  vpnExit,
  vpnLinks
} from '../../../programs/networking/topology.ts'
import { clusterOf } from '../../../programs/scopes.ts'
import { type Cluster } from '../../../programs/types/cluster.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilusOverVpn } from '../../fixtures/nautilus.ts'

const federation = await nautilusOverVpn()
const [template] = federation.clusters
assert.ok(template)
const model: Cluster = template

/** A federation of any clouds in which any two clusters of different clouds may be linked. */
const anyFederation: fc.Arbitrary<Federation> = fc.array(fc.constantFrom<CloudName>('aws', 'gcp', 'azure'), {
  minLength: 2,
  maxLength: 8
}).chain((clouds) => {
  const clusters = clouds.map((cloud, index): Cluster => ({
    ...model,
    name: `c${index}`,
    cloud,
    asn: 64512 + index,
    cidr: `10.${index}.0.0/16`
  }))
  const pairs = clusters.flatMap((from, index) =>
    clusters.slice(index + 1).filter((to) => to.cloud !== from.cloud).map((to) => ({
      from: from.name,
      to: to.name,
      kind: 'vpn' as const,
      bandwidthGbps: 1
    }))
  )
  return fc.shuffledSubarray(pairs).map((links) => ({ ...federation, clusters, links }))
})

test('each unit of a platform, cluster, cloud or VPN comes after what it attaches to', () => {
  const counts = networking.units.map((kind) => kind.scopes(federation).length)
  assert.deepEqual(counts, [10, 10, 3, 3])
  for (const kind of networking.units) {
    for (const scope of kind.scopes(federation)) {
      const needs = kind.dependsOn(federation, scope).map(({ phase, scope: name }) => `${phase}.${name}`)
      const expected = kind.scope === 'platform'
        ? scope.clusters.map((name) => `infrastructure.${name}`)
        : kind.scope === 'cluster'
        ? [`infrastructure.${scope.name}`, `networking.${scope.name}-platform`]
        : scope.clusters.flatMap((name) => [`infrastructure.${name}`, `networking.${name}`])
      assert.deepEqual(needs, expected)
      const steps = kind.estimate(federation, scope)
      const keys = steps.map(({ key }) => key)
      assert.ok(steps.every((step) => (step.after ?? []).every((key) => keys.includes(key))), scope.name)
    }
  }
})

test('no two tunnels that meet at a cluster share an inside address', () => {
  fc.assert(fc.property(anyFederation, (some) => {
    for (const cluster of some.clusters) {
      const addresses = ([0, 1] as const).flatMap((instance) =>
        gatewayTunnelAddresses(some, cluster, instance)
      )
      assert.equal(new Set(addresses).size, addresses.length)
    }
  }))
})

test('inside addresses lie in the two networks that Azure takes, and fit their /30', () => {
  fc.assert(fc.property(anyFederation, (some) => {
    for (const link of vpnLinks(some)) {
      for (const { cidr, near, far } of tunnelAddresses(some, link)) {
        const base = /^169\.254\.2[12]\.(\d+)\/30$/.exec(cidr)?.[1]
        assert.ok(base && Number(base) % 4 === 0 && Number(base) < 256, cidr)
        assert.deepEqual([near, far].map((address) => Number(address.split('.').at(-1)) - Number(base)), [
          1,
          2
        ])
      }
    }
  }))
})

test("a link that is appended changes no other link's addresses", () => {
  fc.assert(fc.property(anyFederation, (some) => {
    const without = { ...some, links: some.links.slice(0, -1) }
    for (const link of vpnLinks(without)) {
      assert.deepEqual(tunnelAddresses(without, link), tunnelAddresses(some, link))
    }
  }))
})

test('the end whose cloud takes the first address comes first, however the file names the link', () => {
  for (const link of vpnLinks(federation)) {
    const ends = linkEnds(federation, link).map(({ cloud }) => cloud)
    assert.deepEqual(ends, linkEnds(federation, { from: link.to, to: link.from }).map(({ cloud }) => cloud))
    assert.ok(ends[1] !== 'aws')
  }
})

test('a VPN inside one cloud is refused', () => {
  assert.throws(
    () => linkEnds(federation, { from: 'nautilus-primary-us-east', to: 'nautilus-hub-us-west' }),
    /use kind peering/
  )
})

test('a cluster without a VPN of its own leaves through the first of its cloud that has one', () => {
  const hub = clusterOf(federation, 'nautilus-hub-us-west')
  assert.equal(vpnExit(federation, hub, 'gcp')?.name, 'nautilus-primary-us-east')
  assert.equal(
    vpnExit(federation, clusterOf(federation, 'nautilus-primary-us-east'), 'azure')?.name,
    'nautilus-primary-us-east'
  )
  assert.equal(vpnExit(federation, hub, 'aws'), undefined)
  assert.equal(vpnExit({ ...federation, links: [] }, hub, 'gcp'), undefined)
})

test('who reaches whom is mutual, and in Nautilus it is everybody', () => {
  fc.assert(fc.property(anyFederation, (some) => {
    for (const cluster of some.clusters) {
      for (const peer of reachablePeers(some, cluster)) {
        assert.ok(
          reachablePeers(some, peer).some(({ name }) => name === cluster.name),
          `${cluster.name} ${peer.name}`
        )
      }
    }
  }))
  for (const cluster of federation.clusters) assert.equal(reachablePeers(federation, cluster).length, 9)
})

test("a cloud announces its clusters' networks, and Google Cloud also pods, which keep addresses", () => {
  assert.deepEqual(announced(federation, 'aws'), ['10.1.0.0/16', '10.2.0.0/16', '10.9.0.0/16'])
  const google = federation.clusters.filter(({ cloud }) => cloud === 'gcp')
  assert.deepEqual(announced(federation, 'gcp'), google.flatMap(({ cidr, podCidr }) => [cidr, podCidr]))
})
