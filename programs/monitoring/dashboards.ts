/** The dashboards of the hub's Grafana, from the tables in `dashboards/`. Pure. */
import { type Federation } from '../types.ts'
import { type Dashboard, dashboard, type DashboardSpec } from './dashboard.ts'
import { clusterPanels } from './dashboards/clusters.ts'
import { federationPanels } from './dashboards/federation.ts'
import { meshPanels } from './dashboards/mesh.ts'
import { recoveryPanels } from './dashboards/recovery.ts'
import { tradingPanels } from './dashboards/trading.ts'

/** Dashboards by file name, without `.json`. */
export function dashboardsOf (federation: Federation): Record<string, Dashboard> {
  const specs: DashboardSpec[] = [
    { uid: 'federation', title: 'federation', perCluster: false, panels: federationPanels(federation) },
    { uid: 'cluster', title: 'clusters', perCluster: true, panels: clusterPanels },
    { uid: 'mesh', title: 'mesh', perCluster: true, panels: meshPanels },
    { uid: 'trading', title: 'trading', perCluster: true, panels: tradingPanels },
    {
      uid: 'disaster-recovery',
      title: 'disaster recovery',
      perCluster: false,
      panels: recoveryPanels(federation)
    }
  ]
  return Object.fromEntries(specs.map((spec) => [spec.uid, dashboard(federation, spec)]))
}
