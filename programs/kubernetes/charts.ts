/**
 * The Helm charts that programs install, each pinned. Istio's are as old as the mesh: their version
 * is the federation's. Pure.
 */

/** A Helm chart at one version. */
export interface Chart {
  readonly chart: string
  readonly repository: string
  /** Version of the chart, not of the application. */
  readonly version: string
}

const prometheusCommunity = 'https://prometheus-community.github.io/helm-charts'
const grafanaLabs = 'https://grafana.github.io/helm-charts'

export const charts = {
  alertmanager: { chart: 'alertmanager', repository: prometheusCommunity, version: '1.21.0' },
  blackboxExporter: {
    chart: 'prometheus-blackbox-exporter',
    repository: prometheusCommunity,
    version: '11.0.0'
  },
  // For Kubernetes 1.35, as all clusters of one file are; the image's version follows the
  // cluster's.
  clusterAutoscaler: {
    chart: 'cluster-autoscaler',
    repository: 'https://kubernetes.github.io/autoscaler',
    version: '9.59.0'
  },
  // Operator 1.28.
  cloudNativePg: {
    chart: 'cloudnative-pg',
    repository: 'https://cloudnative-pg.github.io/charts',
    version: '0.27.0'
  },
  grafana: { chart: 'grafana', repository: grafanaLabs, version: '10.0.0' },
  kubePrometheusStack: { chart: 'kube-prometheus-stack', repository: prometheusCommunity, version: '79.0.0' },
  loadBalancerController: {
    chart: 'aws-load-balancer-controller',
    repository: 'https://aws.github.io/eks-charts',
    version: '3.5.0'
  },
  // The last line before Kafka became part of Mimir's default architecture.
  mimir: { chart: 'mimir-distributed', repository: grafanaLabs, version: '5.7.0' },
  openTelemetryCollector: {
    chart: 'opentelemetry-collector',
    repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
    version: '0.170.0'
  },
  // Velero 1.18, the first whose jobs make custom kinds themselves: older ones fetch kubectl from a
  // registry that has none for Kubernetes 1.35.
  velero: { chart: 'velero', repository: 'https://vmware-tanzu.github.io/helm-charts', version: '12.1.0' }
} as const satisfies Record<string, Chart>

/**
 * One of Istio's charts at the mesh's version. Its first home,
 * istio-release.storage.googleapis.com, gets no charts since 1.31 and ends in December 2026.
 */
export function istioChart (chart: 'base' | 'cni' | 'istiod' | 'gateway', version: string): Chart {
  return { chart, repository: 'https://blob.istio.io/istio-release/charts', version }
}
