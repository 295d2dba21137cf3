/**
 * Every alert fires when it should and keeps quiet when it should, as Prometheus itself evaluates
 * it.
 */
import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { type Alert, rulesOf } from '../../../programs/monitoring/alert.ts'
import { alertmanagerConfiguration } from '../../../programs/monitoring/alertmanager.ts'
import { alertsOf } from '../../../programs/monitoring/alerts.ts'
import { federationAlerts } from '../../../programs/monitoring/federation-alerts.ts'
import { clusterOf } from '../../../programs/scopes.ts'
import { type Federation } from '../../../programs/types.ts'
import { nautilus } from '../../fixtures/nautilus.ts'
import { checked, without } from '../../validity/prometheus-tools.ts'
import { lagOf } from './alert-case.ts'
import { alertCases } from './alert-cases.ts'

let federation: Federation
let alerts: Alert[]
before(async () => {
  federation = await nautilus()
  // A primary has all but those of standbys, each of which speaks of its own cluster.
  const primary = alertsOf(federation, clusterOf(federation, 'nautilus-primary-us-east'))
  const names = new Set(primary.map(({ name }) => name))
  const standby = alertsOf(federation, clusterOf(federation, 'nautilus-dr-us-west'))
  alerts = [...primary, ...standby.filter(({ name }) => !names.has(name)), ...federationAlerts(federation)]
})

const unitTest = (rules: string, every: string, tests: object[]): string =>
  JSON.stringify({ rule_files: [rules], evaluation_interval: every, tests })

test('every alert has a case, and every case an alert', () => {
  assert.deepEqual(Object.keys(alertCases).sort(), alerts.map(({ name }) => name).sort())
})

suite('rules', { skip: without('promtool') }, () => {
  test('each alert fires under the metrics of its case and keeps quiet under the others', async () => {
    const files: Record<string, string> = {}
    for (const alert of alerts) {
      const { fires, quiet, after, every } = alertCases[alert.name] ?? assert.fail(alert.name)
      const firing = `count(ALERTS{alertname="${alert.name}",alertstate="firing"})`
      const series = (from: Readonly<Record<string, string>>): object[] =>
        Object.entries(from).map(([name, values]) => ({ series: name, values }))
      files[`${alert.name}.rules.json`] = JSON.stringify(rulesOf(federation, [alert]))
      files[`${alert.name}.test.json`] = unitTest(`${alert.name}.rules.json`, every, [
        {
          interval: every,
          input_series: series(fires),
          promql_expr_test: [{
            expr: `${firing} > bool 0`,
            eval_time: after,
            exp_samples: [{ labels: '{}', value: 1 }]
          }]
        },
        {
          interval: every,
          input_series: series(quiet),
          promql_expr_test: [{ expr: firing, eval_time: after, exp_samples: [] }]
        }
      ])
    }
    const { code, said } = await checked('promtool', [
      'test',
      'rules',
      ...Object.keys(files).filter((name) => name.endsWith('.test.json'))
    ], files)
    assert.equal(
      code,
      0,
      said.split('\n').filter((line) => !line.includes('SUCCESS') && line.trim() !== '').join('\n').slice(
        0,
        4_000
      )
    )
  })

  test('the text of an alert says which figures were exceeded, and links its runbook', async () => {
    const alert = alerts.find(({ name }) => name === 'ReplicationLagOverObjective') ?? assert.fail()
    const tests = [{
      interval: '5s',
      input_series: [{ series: lagOf('ledger-nautilus-dr-us-west'), values: '7+0x20' }],
      alert_rule_test: [{
        eval_time: '1m',
        alertname: alert.name,
        exp_alerts: [{
          exp_labels: { severity: 'critical', team: 'trading-platform' },
          exp_annotations: {
            summary: 'More data would be lost than the objective allows',
            description:
              "A failover now would lose 7s of nautilus-primary-us-east's data; the objective (RPO) is 5 " +
              's. nautilus-dr-us-west must not be promoted without a decision.',
            runbook_url:
              'https://wiki.example.com/nautilus/runbooks/disaster-recovery.md#replicationlagoverobjective'
          }
        }]
      }]
    }]
    const { code, said } = await checked('promtool', ['test', 'rules', 'it.test.json'], {
      'it.rules.json': JSON.stringify(rulesOf(federation, [alert])),
      'it.test.json': unitTest('it.rules.json', '5s', tests)
    })
    assert.equal(code, 0, said)
  })
})

suite('routes', { skip: without('amtool') }, () => {
  test('critical alerts reach everybody, warnings those who are awake', async () => {
    // Files of webhooks' addresses are known since Alertmanager 0.26; Debian's amtool is of 0.25.
    const text = JSON.stringify(alertmanagerConfiguration(federation, 'ops@example.com'))
    const files = {
      'alertmanager.yml': text.replace(/"url_file":"[^"]*"/, '"url":"https://watchdog.example.com"')
    }
    const receivers = async (severity: string, alertname = 'Any'): Promise<string> =>
      (await checked('amtool', [
        'config',
        'routes',
        'test',
        '--config.file=alertmanager.yml',
        `severity=${severity}`,
        `alertname=${alertname}`,
        'cluster=any'
      ], files)).said.split('\n')[0] ?? ''
    assert.equal(await receivers('critical'), 'pagerduty,slack,email')
    assert.equal(await receivers('warning'), 'slack,email')
    assert.equal(await receivers('none'), 'nobody')
    assert.equal(await receivers('none', 'Watchdog'), 'watchdog')
  })
})
