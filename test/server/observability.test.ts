/**
 * docs/observability: rules and dashboard for Windlass itself, compared with its metrics and
 * checked by Prometheus' own tools.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { parse } from 'yaml'
import { repository } from '../../scripts/service-process.ts'
import { createWorkMetrics } from '../../server/metrics/work.ts'
import { startServer } from '../fixtures/server/server.ts'
import { dashboardFindings, expressionsAsRules } from '../validity/dashboards.ts'
import { checked, without } from '../validity/prometheus-tools.ts'

const text = (name: string): Promise<string> =>
  readFile(join(repository, 'docs', 'observability', name), 'utf8')
const rules = await text('alerts.yml')
const dashboard = await text('dashboard.json')

/** The data source that people pick when they import the dashboard. */
const picked = '$' + '{datasource}'

test('rules, dashboard and guide name metrics that the service has', async (context) => {
  const { call } = await startServer(context)
  const served = `${(await call('GET', '/metrics')).text}\n${await createWorkMetrics().registry.metrics()}`
  const known = new Set(
    [...served.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]
    )
  )
  for (
    const [where, given] of [['alerts.yml', rules], ['dashboard.json', dashboard], [
      'README.md',
      await text('README.md')
    ]] as const
  ) {
    const named = [...given.matchAll(/\b((?:windlass|nodejs|process)_\w+?)(?=[{[\s`"),]|$)/g)].map((
      [, name = '']
    ) => name).filter((name) => !name.endsWith('_'))
    assert.ok(named.length > 5, where)
    assert.deepEqual(named.filter((name) => !known.has(name)), [], where)
  }
})

test('Grafana can load the dashboard', () => {
  const model = JSON.parse(dashboard) as { panels: { title: string }[] }
  assert.deepEqual(dashboardFindings({ 'dashboard.json': dashboard }, { [picked]: 'prometheus' }), [])
  assert.ok(model.panels.length > 10)
})

interface Rule {
  alert: string
  annotations: { summary: string, description: string }
}
/**
 * For each alert: series that make it fire, and the time at which it is evaluated. The same series
 * without the fault must not make it fire.
 */
const cases: Record<string, { at: string, fires: Record<string, string>, quiet: Record<string, string> }> = {
  WindlassDown: {
    at: '5m',
    fires: { 'up{job="windlass"}': '0x10' },
    quiet: { 'up{job="windlass"}': '1 0 1x8' }
  },
  WindlassDatabaseAway: {
    at: '5m',
    fires: { windlass_figures_up: '0x10' },
    quiet: { windlass_figures_up: '1x10' }
  },
  WindlassLiveUnitFailed: {
    at: '10m',
    fires: {
      'windlass_unit_attempt_duration_seconds_count{mode="live",result="failed",phase="3",operation="up"}':
        '0x5 1x10'
    },
    quiet: {
      'windlass_unit_attempt_duration_seconds_count{mode="rehearsal",result="failed",phase="3",operation="up"}':
        '0x5 1x10'
    }
  },
  WindlassUnitsRetried: {
    at: '20m',
    fires: { 'windlass_unit_retries_total{phase="2",cause="failure"}': '0+1x30' },
    quiet: { 'windlass_unit_retries_total{phase="2",cause="failure"}': '0x10 1x20' }
  },
  WindlassProviderErrors: {
    at: '15m',
    fires: { 'windlass_provider_errors_total{provider="aws",operation="create"}': '0+3x30' },
    quiet: { 'windlass_provider_errors_total{provider="aws",operation="create"}': '0+1x30' }
  },
  WindlassQueueLong: {
    at: '40m',
    fires: {
      'windlass_deployment_queue_seconds_bucket{mode="live",le="900"}': '0x60',
      'windlass_deployment_queue_seconds_bucket{mode="live",le="3600"}': '0+1x60',
      'windlass_deployment_queue_seconds_bucket{mode="live",le="+Inf"}': '0+1x60'
    },
    quiet: {
      'windlass_deployment_queue_seconds_bucket{mode="live",le="900"}': '0+1x60',
      'windlass_deployment_queue_seconds_bucket{mode="live",le="3600"}': '0+1x60',
      'windlass_deployment_queue_seconds_bucket{mode="live",le="+Inf"}': '0+1x60'
    }
  },
  WindlassHostsBusy: {
    at: '40m',
    fires: {
      'windlass_unit_host_wait_seconds_bucket{le="60"}': '0x60',
      'windlass_unit_host_wait_seconds_bucket{le="300"}': '0+1x60',
      'windlass_unit_host_wait_seconds_bucket{le="+Inf"}': '0+1x60'
    },
    quiet: {
      'windlass_unit_host_wait_seconds_bucket{le="60"}': '0+1x60',
      'windlass_unit_host_wait_seconds_bucket{le="300"}': '0+1x60',
      'windlass_unit_host_wait_seconds_bucket{le="+Inf"}': '0+1x60'
    }
  },
  WindlassHostsReplaced: {
    at: '20m',
    fires: { 'windlass_unit_host_restarts_total{reason="exited"}': '0+1x30' },
    quiet: {
      'windlass_unit_host_restarts_total{reason="exited"}': '7x30',
      'windlass_unit_host_restarts_total{reason="spent"}': '0+1x30'
    }
  },
  WindlassEventsLate: {
    at: '20m',
    fires: {
      'windlass_event_lag_seconds_bucket{le="3"}': '0x30',
      'windlass_event_lag_seconds_bucket{le="10"}': '0+5x30',
      'windlass_event_lag_seconds_bucket{le="+Inf"}': '0+5x30'
    },
    quiet: {
      'windlass_event_lag_seconds_bucket{le="3"}': '0+5x30',
      'windlass_event_lag_seconds_bucket{le="10"}': '0+5x30',
      'windlass_event_lag_seconds_bucket{le="+Inf"}': '0+5x30'
    }
  },
  WindlassSpansDropped: {
    at: '40m',
    fires: { 'windlass_trace_spans_total{result="dropped"}': '0+10x60' },
    quiet: {
      'windlass_trace_spans_total{result="dropped"}': '0 500x60',
      'windlass_trace_spans_total{result="exported"}': '0+10x60'
    }
  },
  WindlassRetentionFails: {
    at: '70m',
    fires: { 'windlass_retention_failures_total{what="events"}': '0x10 1x10 2x10 3x10 4x10 5x60' },
    quiet: { 'windlass_retention_failures_total{what="events"}': '0x10 1x100' }
  },
  WindlassLiveDrift: {
    at: '10m',
    fires: { 'windlass_drift_resources{federation="nautilus",mode="live",world="",kind="missing"}': '1x20' },
    quiet: {
      'windlass_drift_resources{federation="nautilus",mode="rehearsal",world="w",kind="missing"}': '1x20',
      'windlass_drift_resources{federation="nautilus",mode="live",world="",kind="output"}': '4x20',
      'windlass_drift_resources{federation="nautilus",mode="live",world="",kind="changed"}': '0x20'
    }
  },
  WindlassLiveOrphans: {
    at: '40m',
    fires: { 'windlass_orphaned_units{federation="nautilus",mode="live",world=""}': '2x60' },
    quiet: {
      'windlass_orphaned_units{federation="nautilus",mode="rehearsal",world="w"}': '2x60',
      'windlass_orphaned_units{federation="nautilus",mode="live",world=""}': '2x20 _x20'
    }
  },
  WindlassOrphansUnknown: {
    at: '40m',
    fires: { 'windlass_orphaned_units_unknown{reason="file-invalid"}': '3x60' },
    quiet: { 'windlass_orphaned_units_unknown{reason="file-invalid"}': '3x20 0x40' }
  },
  WindlassEventLoopSlow: {
    at: '20m',
    fires: { 'nodejs_eventloop_lag_p99_seconds{job="windlass"}': '0.9x30' },
    quiet: { 'nodejs_eventloop_lag_p99_seconds{job="windlass"}': '0.02x30' }
  },
  WindlassDatabaseConnectionsUsedUp: {
    at: '10m',
    fires: { 'windlass_database_connections{state="waiting"}': '3x20' },
    quiet: { 'windlass_database_connections{state="waiting"}': '0x5 2 0x20' }
  },
  WindlassRequestsFail: {
    at: '20m',
    fires: {
      'windlass_http_request_duration_seconds_count{status="500"}': '0+1x30',
      'windlass_http_request_duration_seconds_count{status="200"}': '0+9x30'
    },
    quiet: {
      'windlass_http_request_duration_seconds_count{status="404"}': '0+5x30',
      'windlass_http_request_duration_seconds_count{status="200"}': '0+9x30'
    }
  }
}

suite('rules for Windlass itself', { skip: without('promtool') }, () => {
  const all = (parse(rules) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules)

  test('Prometheus accepts the rules and the expressions of the dashboard', async () => {
    for (const given of [rules, expressionsAsRules({ 'dashboard.json': dashboard })]) {
      const { code, said } = await checked('promtool', ['check', 'rules', 'rules.yml'], {
        'rules.yml': given
      })
      assert.equal(code, 0, said)
    }
  })

  test('each alert fires when it should, is quiet when it should, and says what to do', async () => {
    assert.deepEqual(Object.keys(cases).sort(), all.map(({ alert }) => alert).sort())
    for (const { alert, annotations } of all) {
      assert.ok(annotations.summary.length > 10 && annotations.description.length > 40, alert)
      const { at, fires, quiet } = cases[alert] ?? assert.fail(alert)
      const tests = [[fires, true], [quiet, false]] as const
      for (const [series, wanted] of tests) {
        // The number of firing alerts, whatever their labels, from Prometheus' own series.
        const expression = `count(ALERTS{alertname="${alert}", alertstate="firing"}) or vector(0)`
        const unit = {
          rule_files: ['rules.yml'],
          evaluation_interval: '1m',
          tests: [{
            interval: '1m',
            input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
            promql_expr_test: [{
              expr: expression,
              eval_time: at,
              exp_samples: [{ labels: '{}', value: wanted ? 1 : 0 }]
            }]
          }]
        }
        const { code, said } = await checked('promtool', ['test', 'rules', 'test.json'], {
          'rules.yml': rules,
          'test.json': JSON.stringify(unit)
        })
        assert.equal(code, 0, `${alert} ${wanted ? 'does not fire' : 'fires'}: ${said}`)
      }
    }
  })
})
