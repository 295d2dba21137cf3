/** Data table: panels about the federation as a whole: availability, errors, latency targets. */
import { type Federation } from '../../types.ts'
import { type PanelSpec } from '../dashboard.ts'
import { threshold } from '../error-budget.ts'

export function federationPanels (federation: Federation): PanelSpec[] {
  return [
    {
      title: 'Availability',
      kind: 'stat',
      unit: 'percentunit',
      queries: [{
        expression:
          '1 - sum(rate(istio_requests_total{reporter="destination",response_code=~"5.."}[1h])) / ' +
          'sum(rate(istio_requests_total{reporter="destination"}[1h]))',
        legend: `target ${federation.availability.federation} %`
      }]
    },
    {
      title: `Error budget spent in 30 days (objective ${federation.availability.federation} %)`,
      kind: 'stat',
      unit: 'percentunit',
      warning: 1,
      queries: [{
        expression:
          'sum(increase(istio_requests_total{reporter="source",source_workload="istio-ingressgateway",' +
          'response_code=~"5.."}[30d])) / ' +
          'sum(increase(istio_requests_total{reporter="source",' +
          'source_workload="istio-ingressgateway"}[30d])) / ' +
          `${threshold(federation.availability.federation, 1)}`,
        legend: 'of the budget'
      }]
    },
    {
      title: 'Clusters that report',
      kind: 'stat',
      unit: 'short',
      queries: [{ expression: 'count(count by (cluster) (up))', legend: `of ${federation.clusters.length}` }]
    },
    {
      title: 'Requests by cluster',
      kind: 'timeseries',
      unit: 'reqps',
      queries: [{
        expression: 'sum by (cluster) (rate(istio_requests_total{reporter="destination"}[1m]))',
        legend: '{{cluster}}'
      }]
    },
    {
      title: 'Errors between clusters',
      kind: 'timeseries',
      unit: 'percentunit',
      warning: 0.01,
      queries: [{
        expression: 'sum by (source_cluster, destination_cluster) ' +
          '(rate(istio_requests_total{reporter="source",response_code=~"5.."}[1m])) / sum by ' +
          '(source_cluster, destination_cluster) (rate(istio_requests_total{reporter="source"}[1m]))',
        legend: '{{source_cluster}} to {{destination_cluster}}'
      }]
    },
    ...federation.latencyTargets.map((target): PanelSpec => ({
      title: target.from === 'intra-region'
        ? `Round trips inside regions (target ${target.milliseconds} ms)`
        : `Round trips ${target.from} to ${target.to} (target ${target.milliseconds} ms)`,
      kind: 'timeseries',
      unit: 's',
      warning: target.milliseconds / 1000,
      queries: [{
        expression: 'quantile_over_time(0.99, ' +
          `probe_http_duration_seconds{job="peer-latency",phase="processing",route="${target.from}-` +
          `${target.to}"}[5m])`,
        legend: '{{cluster}} to {{peer}}'
      }]
    }))
  ]
}
