/** Data table: panels about the trading services. */
import { type PanelSpec } from '../dashboard.ts'

export const tradingPanels: readonly PanelSpec[] = [
  {
    title: 'Orders',
    kind: 'timeseries',
    unit: 'ops',
    queries: [{
      expression: 'sum by (cluster, result) (rate(trading_orders_total{cluster=~"$cluster"}[1m]))',
      legend: '{{cluster}} {{result}}'
    }]
  },
  {
    title: 'Order latency, p99',
    kind: 'timeseries',
    unit: 's',
    warning: 0.005,
    queries: [{
      expression: 'histogram_quantile(0.99, sum by (le, cluster) ' +
        '(rate(trading_order_duration_seconds_bucket{cluster=~"$cluster"}[1m])))',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Messages',
    kind: 'timeseries',
    unit: 'ops',
    queries: [{
      expression: 'sum by (cluster) (rate(trading_messages_total{cluster=~"$cluster"}[1m]))',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'WebSocket connections',
    kind: 'timeseries',
    unit: 'short',
    queries: [{
      expression: 'sum by (cluster) (trading_websocket_connections{cluster=~"$cluster"})',
      legend: '{{cluster}}'
    }]
  },
  {
    title: 'Age of market data',
    kind: 'timeseries',
    unit: 's',
    warning: 2,
    queries: [{
      expression:
        'time() - max by (cluster, venue) (trading_market_data_timestamp_seconds{cluster=~"$cluster"})',
      legend: '{{cluster}} {{venue}}'
    }]
  },
  {
    title: 'Risk checks, p99',
    kind: 'timeseries',
    unit: 's',
    warning: 0.001,
    queries: [{
      expression: 'histogram_quantile(0.99, sum by (le, cluster) ' +
        '(rate(trading_risk_check_duration_seconds_bucket{cluster=~"$cluster"}[1m])))',
      legend: '{{cluster}}'
    }]
  }
]
