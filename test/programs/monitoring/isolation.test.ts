import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openings } from '../../../programs/federation/network-policies.ts'
import { alertsOf } from '../../../programs/monitoring/alerts.ts'
import { clusterOpenings, hubOpenings } from '../../../programs/monitoring/isolation.ts'
import { latencyRoute } from '../../../programs/monitoring/probes.ts'
import { promised } from '../../../programs/networking/baselines.ts'
import { type UnitContext } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

const federation = await nautilus()

test("the monitoring namespace lets in its own pods, and from elsewhere named pods' ports alone", () => {
  for (const cluster of federation.clusters) {
    for (const policies of [clusterOpenings(cluster), hubOpenings()]) {
      assert.ok(
        Object.values(policies).some(({ podSelector, policyTypes, ingress }) =>
          JSON.stringify(podSelector) === '{}' && String(policyTypes) === 'Ingress' && ingress === undefined
        ),
        'default deny'
      )
      const rules = Object.values(policies).flatMap((spec) =>
        (spec as { ingress?: { from?: unknown[], ports?: unknown[] }[] }).ingress ?? []
      )
      for (const { from, ports } of rules) {
        assert.ok(
          from && from.length > 0 && (ports || JSON.stringify(from) === '[{"podSelector":{}}]'),
          JSON.stringify({ from, ports })
        )
      }
      assert.equal(new Set(Object.keys(policies)).size, Object.keys(policies).length)
    }
    assert.deepEqual(
      Object.keys(clusterOpenings(cluster)).filter((name) => name in hubOpenings()),
      [],
      'the hub has both'
    )
  }
})

test('what services may send to monitoring is let in there', () => {
  const cluster = federation.clusters[0] ?? assert.fail()
  const sent = JSON.stringify(openings({ federation } as UnitContext, cluster, 'trading'))
  assert.match(sent, /"kubernetes.io\/metadata.name":"monitoring"[^\]]*\}\],"ports":\[\{"port":4317,/)
  assert.match(JSON.stringify(clusterOpenings(cluster)['allow-traces']), /"port":4317,/)
})

test('latency is watched on the pairs of clusters that the file promises it for', () => {
  const routes = new Map<string, string[]>()
  for (const from of federation.clusters) {
    for (const to of federation.clusters) {
      const route = latencyRoute(federation, from, to)
      const areas = [from.area, to.area].sort().join(' ')
      assert.equal(latencyRoute(federation, to, from), route, 'both ways alike')
      if (route === undefined) {
        assert.ok(
          from.area === to.area && from.region !== to.region,
          `${from.name} to ${to.name} has no target`
        )
      } else {routes.set(route, [
          ...new Set([...routes.get(route) ?? [], from.region === to.region ? 'one region' : areas])
        ])}
    }
  }
  for (const from of federation.clusters) {
    const watched = alertsOf(federation, from).flatMap(({ name, expression }) =>
      /^Latency.*AboveTarget$/.test(name) ? (/peer=~"([^"]*)"/.exec(expression)?.[1] ?? '').split('|') : []
    )
    assert.deepEqual(
      watched.sort(),
      federation.clusters.filter((to) =>
        latencyRoute(federation, from, to) !== undefined &&
        (to.name === from.name || promised(federation, to.area).includes(to))
      ).map(({ name }) => name).sort(),
      `alerts of ${from.name}`
    )
  }
  assert.deepEqual(Object.fromEntries(routes), {
    'intra-region-intra-region': ['one region'],
    'us-eu': ['eu us'],
    'eu-asia': ['asia eu'],
    'asia-us': ['asia us']
  })
})
