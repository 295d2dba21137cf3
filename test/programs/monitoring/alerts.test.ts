import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { before, test } from 'node:test'
import { alertmanagerConfiguration } from '../../../programs/monitoring/alertmanager.ts'
import { alertsOf, ruleGroups } from '../../../programs/monitoring/alerts.ts'
import { dashboardsOf } from '../../../programs/monitoring/dashboards.ts'
import { threshold } from '../../../programs/monitoring/error-budget.ts'
import { federationAlerts } from '../../../programs/monitoring/federation-alerts.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'

let federation: Federation
before(async () => {
  federation = await nautilus()
})

test('every cluster has at least as many alerts as the file wants, each named once', () => {
  for (const cluster of federation.clusters) {
    const names = alertsOf(federation, cluster).map(({ name }) => name)
    assert.ok(
      names.length >= (federation.monitoring.minimumAlertRules ?? 12),
      `${cluster.name}: ${names.length}`
    )
    assert.equal(new Set(names).size, names.length)
  }
})

test('every alert has an expression, a severity, a summary and a description', () => {
  for (const cluster of federation.clusters) {
    for (const alert of alertsOf(federation, cluster)) {
      assert.match(alert.severity, /^(critical|warning)$/)
      assert.match(alert.for, /^\d+[smh]$/)
      assert.ok(
        alert.expression.length > 0 && alert.summary.length > 0 && alert.description.length > 0,
        alert.name
      )
      for (const [open, close] of [['(', ')'], ['{', '}'], ['[', ']']] as const) {
        assert.equal(
          alert.expression.split(open).length,
          alert.expression.split(close).length,
          `${alert.name} is unbalanced`
        )
      }
    }
  }
})

test('the link of every alert leads to a section of a runbook, and every section is linked', async () => {
  const folder = new URL('../../../docs/runbooks/', import.meta.url)
  const alerts = [
    ...federation.clusters.flatMap((cluster) => alertsOf(federation, cluster)),
    ...federationAlerts(federation)
  ]
  const files = (await readdir(folder)).filter((name) => name !== 'README.md')
  const sections = await Promise.all(
    files.map(async (name) =>
      [...(await readFile(new URL(name, folder), 'utf8')).matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
        `https://wiki.example.com/nautilus/runbooks/${name}#${heading.toLowerCase()}`
      )
    )
  )
  assert.deepEqual([...new Set(alerts.map(({ runbook }) => runbook))].sort(), sections.flat().sort())
})

test('the file says where runbooks are published', () => {
  const published = {
    ...federation,
    monitoring: { ...federation.monitoring, runbooks: 'https://wiki.example.com/runbooks' }
  }
  assert.equal(
    federationAlerts(published)[0]?.runbook,
    'https://wiki.example.com/runbooks/federation.md#federationerrorbudgetburns'
  )
})

test('an error budget burns at its multiple of what the objective leaves', () => {
  assert.equal(threshold(99.995, 14.4), 0.00072)
  assert.equal(threshold(99.9, 1), 0.001)
})

test("names of the hub's alerts and of clusters' differ", () => {
  const names = [
    ...federationAlerts(federation),
    ...federation.clusters.slice(0, 1).flatMap((cluster) => alertsOf(federation, cluster))
  ].map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
})

test('a rule carries what its alert says', () => {
  const [cluster] = federation.clusters
  assert.ok(cluster)
  const rules = ruleGroups(federation, cluster).groups.flatMap(({ rules }) => rules)
  assert.equal(rules.length, alertsOf(federation, cluster).length)
  for (const rule of rules) {
    assert.deepEqual(Object.keys(rule), ['alert', 'expr', 'for', 'labels', 'annotations'])
  }
})

test('dashboards survive JSON, and their panels ask something and do not overlap', () => {
  const dashboards = dashboardsOf(federation)
  assert.deepEqual(Object.keys(dashboards), ['federation', 'cluster', 'mesh', 'trading', 'disaster-recovery'])
  for (const model of Object.values(dashboards)) {
    const read = JSON.parse(JSON.stringify(model)) as {
      uid: string
      panels: { id: number, gridPos: { x: number, y: number }, targets: { expr: string }[] }[]
    }
    assert.deepEqual(read, model)
    assert.ok(read.uid.length <= 40)
    assert.equal(
      new Set(read.panels.map(({ gridPos }) => `${gridPos.x},${gridPos.y}`)).size,
      read.panels.length
    )
    for (const panel of read.panels) for (const target of panel.targets) assert.ok(target.expr.length > 0)
  }
})

test('Alertmanager wakes people for critical alerts only, and its keys stay out of the text', () => {
  const configuration = alertmanagerConfiguration(federation, 'ops@example.com') as {
    route: { routes: { receiver: string, matchers: string[] }[] }
    receivers: { name: string }[]
  }
  const to = (severity: string) =>
    configuration.route.routes.filter(({ matchers }) => matchers.includes(`severity="${severity}"`)).map((
      { receiver }
    ) => receiver)
  assert.deepEqual(to('critical'), ['pagerduty', 'slack', 'email'])
  assert.deepEqual(to('warning'), ['slack', 'email'])
  assert.deepEqual(configuration.receivers.map(({ name }) => name), [
    'nobody',
    'pagerduty',
    'slack',
    'email',
    'watchdog'
  ])
  assert.match(JSON.stringify(configuration), /api_url_file.*routing_key_file|routing_key_file.*api_url_file/)
})
