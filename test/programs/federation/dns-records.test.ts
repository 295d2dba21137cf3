import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { globalRecords } from '../../../programs/federation/dns-records.ts'
import { healthCheckInterval, servingClusters } from '../../../programs/federation/dns-service.ts'
import { callers, openings } from '../../../programs/federation/network-policies.ts'
import { tokenKubeconfig } from '../../../programs/federation/remote-secrets.ts'
import { failoverTable } from '../../../programs/federation/routing.ts'
import { failoverRegions } from '../../../programs/federation/topology.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

let federation: Federation
before(async () => {
  federation = await nautilus()
})

test('each strategy but least load has records, under names of its own', () => {
  const records = globalRecords(federation)
  assert.deepEqual([...new Set(records.map(({ strategy }) => strategy))], [
    'latency',
    'geography',
    'failover',
    'weighted'
  ])
  for (const strategy of new Set(records.map((record) => record.strategy))) {
    assert.equal(
      new Set(records.filter((record) => record.strategy === strategy).map(({ name }) => name)).size,
      1
    )
  }
  assert.equal(new Set(records.map(({ name }) => name)).size, 4)
})

test('no two latency records share a region, no two geographic ones a continent: DNS refuses that', () => {
  const records = globalRecords(federation)
  for (const key of ['region', 'continent'] as const) {
    const values = records.map((record) => record[key]).filter((value) => value !== undefined)
    assert.equal(new Set(values).size, values.length)
  }
})

test("weights are the file's", () => {
  const weights = Object.fromEntries(
    globalRecords(federation).filter(({ strategy }) => strategy === 'weighted').map((
      { cluster, weight }
    ) => [cluster.name, weight])
  )
  assert.deepEqual(weights, { ...federation.dns.weights })
  assert.equal(servingClusters(federation).length, 6)
})

test("a primary's traffic goes to its standby's region first", () => {
  for (const { primary, standby } of federation.disasterRecovery.pairs) {
    const [from, to] = [primary, standby].map((name) =>
      federation.clusters.find((cluster) => cluster.name === name)
    )
    assert.ok(from && to)
    assert.equal(failoverRegions(federation, from)[0], to.region)
    assert.equal(failoverTable(federation).find((entry) => entry.from === from.region)?.to, to.region)
  }
})

test('health checks run at the shortest interval that the service offers and the file allows', () => {
  assert.equal(healthCheckInterval('aws', 10), 10)
  assert.equal(healthCheckInterval('aws', 11), 30)
  assert.equal(healthCheckInterval('gcp', 10), 30)
  assert.equal(healthCheckInterval('azure', 600), 30)
})

test('a namespace denies by default and opens only named ports', () => {
  const [cluster] = federation.clusters
  assert.ok(cluster)
  const context = { federation } as Parameters<typeof openings>[0]
  const { 'default-deny': deny, ...others } = openings(context, cluster, 'trading')
  assert.deepEqual(deny, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
  assert.deepEqual(Object.keys(others), ['allow-dns', 'allow-mesh', 'allow-telemetry'])
  // The gateways of the others are on the internet: their one port alone is open to it.
  const outside = Object.values(others).flatMap(({ egress }) =>
    (egress as { to: object[], ports: { port: number }[] }[] | undefined) ?? []
  ).filter(({ to }) => JSON.stringify(to).includes('0.0.0.0/0'))
  assert.deepEqual(outside.map(({ ports }) => ports.map(({ port }) => port)), [[15443]])
  const closed = openings({ ...context, federation: { ...federation, links: [] } }, cluster, 'trading')
  assert.doesNotMatch(JSON.stringify(closed), /0\.0\.0\.0\/0/)
  const rules = Object.values(others).flatMap((spec) => [spec.ingress, spec.egress]).flatMap((list) =>
    list as { from?: unknown[], to?: unknown[], ports?: { port: number }[] }[] | undefined ?? []
  )
  assert.ok(
    rules.every((rule) => (rule.ports ?? []).length > 0 && [...rule.from ?? [], ...rule.to ?? []].length > 0)
  )
  assert.deepEqual(
    [...new Set(rules.flatMap(({ ports }) => ports ?? []).map(({ port }) => port))].sort((a, b) => a - b),
    [53, 4317, 5432, 8080, 8443, 9000, 9100, 9200, 15012, 15090, 15443]
  )
})

test('sidecars of a namespace let in services of the federation on its ports, and nobody else', () => {
  const [rule, ...more] = callers(
    { federation } as Parameters<typeof callers>[0],
    'market-data'
  )['rules'] as { from: { source: { principals: string[] } }[], to: { operation: { ports: string[] } }[] }[]
  assert.equal(more.length, 0)
  assert.deepEqual(rule?.to, [{ operation: { ports: ['8080'] } }])
  assert.ok(
    rule?.from[0]?.source.principals.every((principal) => principal.startsWith('nautilus.internal/ns/'))
  )
})

test("a remote secret's kubeconfig has one user, one cluster and an https server", () => {
  const kubeconfig = JSON.parse(tokenKubeconfig('a', '10.0.0.1', 'Y2E=', 't')) as {
    clusters: { cluster: { server: string, 'tls-server-name': string } }[]
    users: unknown[]
  }
  assert.equal(kubeconfig.clusters[0]?.cluster.server, 'https://10.0.0.1')
  assert.equal(kubeconfig.clusters[0]?.cluster['tls-server-name'], 'kubernetes.default.svc')
  assert.equal(kubeconfig.users.length, 1)
})
