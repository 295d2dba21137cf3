/** Data table: alerts on the trading services. */
import { type Cluster } from '../../types/cluster.ts'
import { type Federation } from '../../types.ts'
import { type AlertRow } from '../alert.ts'
import { latencyRows } from './latency.ts'

export function tradingRows (federation: Federation, cluster: Cluster): AlertRow[] {
  const { webSocketConnections, messagesPerSecond } = federation.capacity
  return [
    ...latencyRows(federation, cluster),
    {
      name: 'OrderLatencyHigh',
      severity: 'critical',
      for: '1m',
      expression:
        'histogram_quantile(0.99, sum by (le) (rate(trading_order_duration_seconds_bucket[1m]))) > 0.005',
      summary: 'Orders take more than 5 ms',
      description: 'p99 from gateway to acknowledgement is {{ $value | humanizeDuration }}.'
    },
    {
      name: 'OrderErrors',
      severity: 'critical',
      for: '1m',
      expression:
        'sum(rate(trading_orders_total{result="error"}[1m])) / sum(rate(trading_orders_total[1m])) > 0.001',
      summary: 'More than 0.1 % of orders fail',
      description: '{{ $value | humanizePercentage }} of orders end in an error of ours.'
    },
    {
      name: 'MarketDataStale',
      severity: 'critical',
      for: '15s',
      expression: 'time() - max by (venue) (trading_market_data_timestamp_seconds) > 2',
      summary: 'Market data is older than two seconds',
      description:
        '{{ $labels.venue }}: prices are {{ $value | humanizeDuration }} old; strategies should stop quoting.'
    },
    {
      name: 'MessageThroughputNearLimit',
      severity: 'warning',
      for: '5m',
      expression: `sum(rate(trading_messages_total[1m])) > ${Math.round(0.8 * messagesPerSecond)}`,
      summary: 'Message rate is above 80 % of what was planned',
      description: `{{ $value | humanize }} messages a second of ${messagesPerSecond}.`
    },
    {
      name: 'WebSocketConnectionsNearLimit',
      severity: 'warning',
      for: '5m',
      expression: `sum(trading_websocket_connections) > ${Math.round(1.6 * webSocketConnections)}`,
      summary: 'WebSocket connections are near the circuit breaker',
      description: `{{ $value }} connections; breakers open at ${2 * webSocketConnections}.`
    },
    {
      name: 'RiskCheckSlow',
      severity: 'critical',
      for: '1m',
      expression:
        'histogram_quantile(0.99, sum by (le) (rate(trading_risk_check_duration_seconds_bucket[1m]))) > ' +
        '0.001',
      summary: 'Risk checks take more than 1 ms',
      description: 'p99 is {{ $value | humanizeDuration }}: orders queue behind it.'
    }
  ]
}
