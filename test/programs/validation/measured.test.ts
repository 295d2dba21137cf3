import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { changes, primary } from './behind-the-back.ts'
import { metricsIn } from './metrics-in.ts'

interface Line {
  readonly again?: Record<string, number>
  readonly unread?: string[]
  readonly basis?: Record<string, string>
  readonly change?: string
  readonly error?: string | null
}

/** Metrics of the services of trading, which no phase deploys (federations/nautilus.md, O4). */
const ofTrading = [
  'trading_market_data_timestamp_seconds',
  'trading_messages_total',
  'trading_order_duration_seconds_bucket',
  'trading_orders_total',
  'trading_risk_check_duration_seconds_bucket',
  'trading_websocket_connections'
]

test('names of metrics are told from those of functions and labels', () => {
  assert.deepEqual(
    metricsIn('quantile_over_time(0.9, a_b{c_d="e_f"}[5m]) unless on(g_h) sum by (i_j) (up) > 1'),
    ['a_b', 'up']
  )
})

suite('phase 8 measures', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL('measure.ts', import.meta.url))
  ], { maxBuffer: 64 * 1024 * 1024 })
  const lines = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) =>
    JSON.parse(line) as Line
  )

  test('again at every up, which changes nothing else', () => {
    const { replace, same, ...others } = lines.find(({ again }) => again)?.again ?? {}
    assert.deepEqual({ replace, others }, { replace: 4, others: {} })
    assert.ok(same !== undefined && same > 10)
  })

  test('metrics that are read: those of alerts and dashboards but for what nobody deploys', () => {
    assert.deepEqual(lines.find(({ unread }) => unread)?.unread, ofTrading)
  })

  test('and says what is measured, configured or computed', () => {
    const basis = lines.find((line) => line.basis)?.basis ?? {}
    const of = (wanted: string): string[] =>
      Object.keys(basis).filter((name) =>
        basis[name] === wanted && /^(rto|rpo|replication-n|istio|gate)/.test(name)
      )
    assert.deepEqual(of('computed'), [`rto-mesh-${primary}`, `rto-dns-${primary}`, `rpo-${primary}`])
    assert.deepEqual(of('measured'), ['istio-version', `replication-${primary}`])
    assert.deepEqual(of('configured'), ['gateways'])
  })

  for (const { name, unit, failure } of changes) {
    test(`what somebody changed behind the file's back: ${name}`, () => {
      const error = lines.find(({ change }) => change === name)?.error ?? ''
      assert.match(error, failure)
      assert.ok(error.startsWith(`VALIDATION_FAILED: ${unit}:`), error)
    })
  }
})
