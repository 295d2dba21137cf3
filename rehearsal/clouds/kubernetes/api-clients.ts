/** Data table: pods of charts that are not ready before they have called their API server. */
// Each names the template that its labels were read from.
import { type WireObject } from '../../wire.ts'

interface ApiClient {
  /** Labels of the pods by which policies select them. */
  readonly labels: WireObject
  readonly source: string
}

export const chartClients: Readonly<Record<string, ApiClient>> = {
  istiod: {
    labels: { app: 'istiod', istio: 'pilot' },
    source: 'istio/istio manifests/charts/istio-control/istio-discovery/templates/deployment.yaml'
  },
  'cloudnative-pg': {
    labels: { 'app.kubernetes.io/name': 'cloudnative-pg' },
    source: 'cloudnative-pg/charts charts/cloudnative-pg/templates/deployment.yaml'
  },
  velero: {
    labels: { name: 'velero', 'app.kubernetes.io/name': 'velero' },
    source: 'vmware-tanzu/helm-charts charts/velero/templates/deployment.yaml'
  },
  'cluster-autoscaler': {
    labels: { 'app.kubernetes.io/name': 'aws-cluster-autoscaler' },
    source: 'kubernetes/autoscaler cluster-autoscaler/charts/cluster-autoscaler/templates/deployment.yaml'
  },
  'kube-prometheus-stack': {
    labels: { app: 'kube-prometheus-stack-operator' },
    source:
      'prometheus-community/helm-charts charts/kube-prometheus-stack/templates/prometheus-operator/deployment.yaml'
  },
  'aws-load-balancer-controller': {
    labels: { 'app.kubernetes.io/name': 'aws-load-balancer-controller' },
    source: 'aws/eks-charts stable/aws-load-balancer-controller/templates/deployment.yaml'
  }
}
