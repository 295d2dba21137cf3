/**
 * Alerts that only the hub can decide, since they look at several clusters at once: its metrics
 * store evaluates them over what all clusters write. Pure.
 */
import { type Federation } from '../types.ts'
import { type Alert, alertsIn } from './alert.ts'
import { errorBudgetRows } from './error-budget.ts'

/** Requests as clients see them: what the ingress gateways of all clusters answered. */
const ingress = 'reporter="source",source_workload="istio-ingressgateway"'

/** The alert that always fires. */
export const watchdogAlert = 'Watchdog'

/** All alerts of the hub; names are unique, also among those of clusters. */
export function federationAlerts (federation: Federation): Alert[] {
  const {
    disasterRecovery: { failureThreshold, globalFailoverSeconds, probeIntervalSeconds },
    availability
  } = federation
  return alertsIn(federation, {
    federation: [
      ...errorBudgetRows({
        name: 'FederationErrorBudget',
        subject: federation.name,
        objective: availability.federation,
        ratio: (window) =>
          `sum(rate(istio_requests_total{${ingress},response_code=~"5.."}[${window}])) / ` +
          `sum(rate(istio_requests_total{${ingress}}[${window}]))`
      }),
      {
        name: watchdogAlert,
        severity: 'none',
        for: '0m',
        // Of what the store holds: without metrics of anybody it stops, too.
        expression: 'count(count by (cluster) (up)) > 0',
        summary: 'Alerts of the federation are evaluated and sent',
        description: 'Metrics of {{ $value }} clusters are there. Whoever waits for this alert is to call ' +
          'somebody when it does not come.'
      },
      {
        name: 'ClusterSilent',
        severity: 'critical',
        for: '2m',
        expression:
          'group by (cluster) (last_over_time(prometheus_build_info[1d])) unless group by (cluster) ' +
          '(prometheus_build_info)',
        summary: 'A cluster sends no metrics',
        description:
          'Nothing has come from {{ $labels.cluster }} for two minutes and more: none of its own alerts ' +
          'can be trusted until it does.'
      },
      {
        name: 'GlobalEndpointDown',
        severity: 'critical',
        for: '30s',
        expression: 'avg(probe_success{job="global-endpoint"}) < 0.5',
        summary: 'Most clusters cannot reach the public endpoint',
        description: 'Only {{ $value | humanizePercentage }} of clusters get an answer from ' +
          `https://${federation.dns.host}. Failover by DNS is to end within ${globalFailoverSeconds} s.`
      }
    ],
    'disaster-recovery': [
      {
        name: 'PrimaryLost',
        severity: 'critical',
        for: `${probeIntervalSeconds * failureThreshold}s`,
        expression: 'avg by (primary, standby) (probe_success{job="dr-probe"}) < 0.5',
        summary: 'Most observers cannot reach a primary',
        description: '{{ $labels.primary }}: clients are being sent to {{ $labels.standby }}, which has ' +
          `${globalFailoverSeconds} s to take over.`
      }
    ]
  })
}
