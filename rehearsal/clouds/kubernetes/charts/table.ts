/**
 * Data table: what charts make of their values, as far as values decide pods, their security, their
 * accounts, their priority, where they run and what they mount. A row a chart, with the versions
 * whose templates it was read from. Volumes with objects that the chart makes itself are left out:
 * they are always there. A chart or version that is not here is unknown: its pods are counted on,
 * and none of them judged.
 */
import { type ChartRow } from './chart.ts'
import { clusterAutoscaler, loadBalancerController } from './controllers.ts'
import { base, cni, gateway, istiod } from './istio.ts'
import { mimir } from './mimir.ts'
import {
  alertmanager,
  blackboxExporter,
  grafana,
  kubePrometheusStack,
  openTelemetryCollector
} from './monitoring.ts'
import { cloudNativePg, velero } from './operators.ts'

/** Rows by the names of charts. */
export const chartTable: Readonly<Record<string, ChartRow>> = {
  alertmanager,
  'aws-load-balancer-controller': loadBalancerController,
  base,
  'cloudnative-pg': cloudNativePg,
  'cluster-autoscaler': clusterAutoscaler,
  cni,
  gateway,
  grafana,
  istiod,
  'kube-prometheus-stack': kubePrometheusStack,
  'mimir-distributed': mimir,
  'opentelemetry-collector': openTelemetryCollector,
  'prometheus-blackbox-exporter': blackboxExporter,
  velero
}
