import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Federation } from '../../../programs/contract.ts'
import { alertmanagerConfiguration } from '../../../programs/monitoring/alertmanager.ts'
import { alertsOf, ruleGroups } from '../../../programs/monitoring/alerts.ts'
import { dashboardsOf } from '../../../programs/monitoring/dashboards.ts'
import { nautilus } from '../mesh/rehearsed.ts'

let federation: Federation
before(async () => { federation = await nautilus() })

test('every cluster has at least as many alerts as the file wants, each named once', () => {
  for (const cluster of federation.clusters) {
    const names = alertsOf(federation, cluster).map(({ name }) => name)
    assert.ok(names.length >= (federation.monitoring.minimumAlertRules ?? 12), `${cluster.name}: ${names.length}`)
    assert.equal(new Set(names).size, names.length)
  }
})

test('every alert has an expression, a severity, a summary, a description and its own runbook', () => {
  for (const cluster of federation.clusters) {
    const runbooks = new Set<string>()
    for (const alert of alertsOf(federation, cluster)) {
      assert.match(alert.severity, /^(critical|warning)$/)
      assert.match(alert.for, /^\d+[smh]$/)
      assert.ok(alert.expression.length > 0 && alert.summary.length > 0 && alert.description.length > 0, alert.name)
      assert.match(alert.runbook, /^https:\/\/runbooks\.[^/]+\/alerts\/[a-z0-9-]+$/)
      runbooks.add(alert.runbook)
      for (const [open, close] of [['(', ')'], ['{', '}'], ['[', ']']] as const) assert.equal(alert.expression.split(open).length, alert.expression.split(close).length, `${alert.name} is unbalanced`)
    }
    assert.equal(runbooks.size, alertsOf(federation, cluster).length)
  }
})

test('a rule carries what its alert says', () => {
  const [cluster] = federation.clusters
  assert.ok(cluster)
  const rules = ruleGroups(federation, cluster).groups.flatMap(({ rules }) => rules)
  assert.equal(rules.length, alertsOf(federation, cluster).length)
  for (const rule of rules) assert.deepEqual(Object.keys(rule), ['alert', 'expr', 'for', 'labels', 'annotations'])
})

test('dashboards are models that survive JSON, with panels that ask something and don\'t lie on each other', () => {
  const dashboards = dashboardsOf(federation)
  assert.deepEqual(Object.keys(dashboards), ['federation', 'cluster', 'mesh', 'trading', 'disaster-recovery'])
  for (const model of Object.values(dashboards)) {
    const read = JSON.parse(JSON.stringify(model)) as { uid: string, panels: { id: number, gridPos: { x: number, y: number }, targets: { expr: string }[] }[] }
    assert.deepEqual(read, model)
    assert.ok(read.uid.length <= 40)
    assert.equal(new Set(read.panels.map(({ gridPos }) => `${gridPos.x},${gridPos.y}`)).size, read.panels.length)
    for (const panel of read.panels) for (const target of panel.targets) assert.ok(target.expr.length > 0)
  }
})

test('Alertmanager wakes people for critical alerts only, and its keys stay out of the text', () => {
  const configuration = alertmanagerConfiguration(federation, 'ops@example.com') as { route: { routes: { receiver: string, matchers: string[] }[] }, receivers: { name: string }[] }
  const to = (severity: string) => configuration.route.routes.filter(({ matchers }) => matchers.includes(`severity="${severity}"`)).map(({ receiver }) => receiver)
  assert.deepEqual(to('critical'), ['pagerduty', 'slack', 'email'])
  assert.deepEqual(to('warning'), ['slack', 'email'])
  assert.deepEqual(configuration.receivers.map(({ name }) => name), ['nobody', 'pagerduty', 'slack', 'email'])
  assert.match(JSON.stringify(configuration), /api_url_file.*routing_key_file|routing_key_file.*api_url_file/)
})
