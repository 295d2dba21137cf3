/**
 * The alerts of a cluster, from the tables in `alerts/`. Metrics are those of kube-state-metrics,
 * node_exporter, Istio (standard metrics), blackbox_exporter, Velero, and of the trading services
 * (`trading_*`). The cluster's own Prometheus evaluates the rules, before anything carries the
 * cluster's name: texts name it themselves.
 */
import { type Cluster } from '../types/cluster.ts'
import { type Federation } from '../types.ts'
import { type Alert, alertsIn, type RuleGroups, rulesOf } from './alert.ts'
import { certificateRows } from './alerts/certificates.ts'
import { federationRows } from './alerts/federation.ts'
import { meshRows } from './alerts/mesh.ts'
import { nodeRows } from './alerts/nodes.ts'
import { recoveryRows } from './alerts/recovery.ts'
import { tradingRows } from './alerts/trading.ts'
import { workloadRows } from './alerts/workloads.ts'

/** All alerts of a cluster, group by group; names are unique. */
export function alertsOf (federation: Federation, cluster: Cluster): Alert[] {
  return alertsIn(federation, {
    federation: federationRows(federation, cluster),
    mesh: meshRows(federation, cluster),
    trading: tradingRows(federation, cluster),
    'disaster-recovery': recoveryRows(federation, cluster),
    certificates: certificateRows(),
    nodes: nodeRows(cluster),
    workloads: workloadRows()
  })
}

/** The alerts as a PrometheusRule's spec. */
export function ruleGroups (federation: Federation, cluster: Cluster): RuleGroups {
  return rulesOf(federation, alertsOf(federation, cluster))
}
