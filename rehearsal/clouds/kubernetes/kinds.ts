/** Kinds of objects: their scope, and who brings those that the API server does not have. */
import { type WireObject } from '../../wire.ts'
import { stringAt } from '../wire-values.ts'

export const namespaceType = 'kubernetes:core/v1:Namespace'

/** Kinds without a namespace, built in or brought by the charts below. */
const clusterScoped = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'ComponentStatus',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'IngressClass',
  'IPAddress',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceSlice',
  'RuntimeClass',
  'SelfSubjectReview',
  'ServiceCIDR',
  'StorageClass',
  'StorageVersion',
  'SubjectAccessReview',
  'TokenReview',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
  'ClusterIssuer',
  'GatewayClass',
  'NodePool',
  'EC2NodeClass',
  'NodeClaim',
  'VolumeSnapshotClass',
  'VolumeSnapshotContent',
  'ClusterSecretStore',
  'ClusterExternalSecret',
  'ClusterPolicy',
  'ClusterCleanupPolicy'
])

/** API groups that Helm charts bring, by the chart's name. */
const chartGroups: Record<string, string[]> = {
  base: [
    'networking.istio.io',
    'security.istio.io',
    'telemetry.istio.io',
    'extensions.istio.io',
    'install.istio.io'
  ],
  'istio-base': [
    'networking.istio.io',
    'security.istio.io',
    'telemetry.istio.io',
    'extensions.istio.io',
    'install.istio.io'
  ],
  'cert-manager': ['cert-manager.io', 'acme.cert-manager.io'],
  'cert-manager-istio-csr': [],
  'trust-manager': ['trust.cert-manager.io'],
  'kube-prometheus-stack': ['monitoring.coreos.com'],
  'prometheus-operator': ['monitoring.coreos.com'],
  'prometheus-operator-crds': ['monitoring.coreos.com'],
  velero: ['velero.io'],
  'jaeger-operator': ['jaegertracing.io'],
  'opentelemetry-operator': ['opentelemetry.io'],
  keda: ['keda.sh', 'eventing.keda.sh'],
  karpenter: ['karpenter.sh', 'karpenter.k8s.aws'],
  'karpenter-crd': ['karpenter.sh', 'karpenter.k8s.aws'],
  'external-secrets': ['external-secrets.io', 'generators.external-secrets.io'],
  'argo-cd': ['argoproj.io'],
  'argo-rollouts': ['argoproj.io'],
  gatekeeper: [
    'templates.gatekeeper.sh',
    'constraints.gatekeeper.sh',
    'config.gatekeeper.sh',
    'mutations.gatekeeper.sh'
  ],
  kyverno: ['kyverno.io', 'wgpolicyk8s.io'],
  'gateway-helm': ['gateway.networking.k8s.io', 'gateway.envoyproxy.io'],
  'grafana-operator': ['grafana.integreatly.org'],
  'vertical-pod-autoscaler': ['autoscaling.k8s.io'],
  'aws-load-balancer-controller': ['elbv2.k8s.aws'],
  'snapshot-controller': ['snapshot.storage.k8s.io'],
  'gpu-operator': ['nvidia.com'],
  strimzi: ['kafka.strimzi.io', 'core.strimzi.io'],
  'strimzi-kafka-operator': ['kafka.strimzi.io', 'core.strimzi.io'],
  'cloudnative-pg': ['postgresql.cnpg.io']
}

/**
 * Groups that the managed services install themselves, by the API server's host name. Google's
 * clusters have addresses.
 */
const serviceGroups: [RegExp, string[]][] = [
  [/\.eks\.amazonaws\.com$/, ['crd.k8s.amazonaws.com', 'vpcresources.k8s.aws', 'networking.k8s.aws']],
  [/\.azmk8s\.io$/, ['snapshot.storage.k8s.io']],
  [/^\d+\.\d+\.\d+\.\d+$/, [
    'networking.gke.io',
    'cloud.google.com',
    'snapshot.storage.k8s.io',
    'monitoring.googleapis.com',
    'gateway.networking.k8s.io',
    'autoscaling.k8s.io',
    'node.gke.io'
  ]]
]

/**
 * Tells if a type patches an object that somebody else made
 * (https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/).
 */
export const isPatch = (type: string): boolean => /:[A-Z]\w*Patch$/.test(type)

/** `kubernetes:apps/v1:Deployment` -> `Deployment`, and for `DeploymentPatch` the same. */
export const kindOf = (type: string): string => {
  const kind = type.split(':').at(-1) ?? ''
  return isPatch(type) ? kind.replace(/Patch$/, '') : kind
}

/** Tells if objects of a kind live in a namespace. */
export function isNamespaced (kind: string): boolean {
  return !clusterScoped.has(kind)
}

/** API group of an apiVersion: `apps` of `apps/v1`, empty for `v1`. */
export function groupOf (apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

/**
 * Tells if a Helm release with these inputs brings an API group. A chart is a name, `repo/name`, an
 * OCI address or a path.
 */
export function chartBrings (release: WireObject, group: string): boolean {
  const chart = (stringAt(release, 'chart') ?? '').replace(/\/+$/, '').split('/').at(-1)?.replace(
    /-\d+\.\d+\.\d+.*\.tgz$/,
    ''
  ) ?? ''
  return chartGroups[chart]?.includes(group) ?? false
}

/** Tells if the managed service at an endpoint has an API group by itself. */
export function serviceBrings (endpoint: string, group: string): boolean {
  return serviceGroups.some(([host, groups]) => host.test(endpoint) && groups.includes(group))
}
