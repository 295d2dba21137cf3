/**
 * Data table: calls that workloads make once they run, each with the document or public code that
 * it was read from. A cluster whose network refuses one comes up, and something of its task never
 * happens.
 */

interface DutyRow {
  /** Statement, as a report shows it. */
  readonly claim: string
  readonly source: string
}

export const duties = {
  'name-lookup': {
    claim: 'pods look names up at the DNS of their cluster, over UDP and, where an answer is long, over TCP',
    source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/, ' +
      'https://datatracker.ietf.org/doc/html/rfc7766'
  },
  // Whether Cilium takes the cache for the pod that it is or for its link-local address is not
  // documented: both have to be let out.
  'cached-lookup': {
    claim:
      'where each node has a DNS cache, pods ask it at its link-local address or as a pod of kube-system',
    source: 'https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache, ' +
      'https://github.com/tektoncd/operator/issues/4000'
  },
  'proxy-configuration': {
    claim: 'proxies get their configuration and certificates from istiod on 15012',
    source: 'https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio'
  },
  'mesh-call': {
    claim: 'services of the mesh call each other at the hosts and ports of their VirtualServices',
    source: 'https://istio.io/latest/docs/reference/config/networking/virtual-service/'
  },
  'mesh-failover': {
    claim: 'a service without endpoints here is called at the gateways of the other networks on 15443',
    source: 'https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/'
  },
  'gateway-delivery': {
    claim: 'gateways hand calls on to the pods of the services that they serve',
    source: 'https://istio.io/latest/docs/reference/config/networking/gateway/'
  },
  'identity-asked': {
    claim: 'a workload of the mesh with an AuthorizationPolicy refuses identities that no rule names',
    source: 'https://istio.io/latest/docs/reference/config/security/authorization-policy/'
  },
  'api-through-gateway': {
    claim: 'an east-west gateway that serves the API server to other clusters calls it itself',
    source: 'https://istio.io/latest/docs/reference/config/networking/gateway/'
  },
  'metrics-read': {
    claim: 'Prometheus reads what PodMonitors and ServiceMonitors select, at the pods themselves',
    source: 'https://prometheus-operator.dev/docs/api-reference/api/'
  },
  'traces-sent': {
    claim: 'proxies send traces to the provider that the mesh configuration names',
    source: 'https://istio.io/latest/docs/tasks/observability/distributed-tracing/opentelemetry/'
  },
  'metrics-written': {
    claim: 'Prometheus writes to the URLs of remoteWrite, and sends alerts to its Alertmanagers',
    source: 'https://prometheus.io/docs/prometheus/latest/configuration/configuration/'
  },
  'sources-asked': {
    claim: 'Grafana asks its data sources at the URLs of its provisioning',
    source: 'https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources'
  },
  'traces-handed-on': {
    claim: 'a collector sends what it received to the endpoints of its exporters',
    source: 'https://opentelemetry.io/docs/collector/configuration/#exporters'
  },
  'ledger-inside': {
    claim: 'instances of a database stream from each other on 5432 and ask each other for health on 8000',
    source: 'https://cloudnative-pg.io/documentation/current/networking, ' +
      'https://cloudnative-pg.io/documentation/current/instance_manager (primary isolation)'
  },
  'ledger-operated': {
    claim: 'the operator reaches every instance on 8000 and 5432',
    source: 'https://cloudnative-pg.io/documentation/current/networking'
  },
  'ledger-followed': {
    claim: 'a replica cluster streams from the host of its source',
    source: 'https://cloudnative-pg.io/documentation/current/replica_cluster'
  },
  'ledger-used': {
    claim: 'services that run in a cluster with a ledger call it on 5432',
    source: 'https://cloudnative-pg.io/documentation/current/service_management'
  },
  'api-call': {
    claim: 'controllers and instance managers watch and write objects at their API server',
    source: 'https://kubernetes.io/docs/concepts/architecture/controller/'
  },
  'bucket-reached': {
    claim: "backups and metrics are written to the bucket that a release's values name, over 443",
    source: 'https://velero.io/docs/v1.18/api-types/backupstoragelocation/, ' +
      'https://grafana.com/docs/mimir/latest/configure/configure-object-storage-backend/'
  },
  'identity-given': {
    claim: "pods reach whoever on their node gives them credentials: EKS' agent, GKE's metadata server",
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html, ' +
      'https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity'
  },
  'private-way': {
    claim: 'clusters of one cloud whose networks are joined reach each other by them, there and back',
    source: 'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html (routing), ' +
      'https://cloud.google.com/vpc/docs/vpc-peering, ' +
      'https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview'
  },
  'endpoint-open': {
    claim: 'an endpoint with private names takes the calls of its network, so its groups let them in on 443',
    source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html'
  },
  'api-on': {
    claim: "a service of Google Cloud answers pods, and scans images, once the project's API of it is on",
    source: 'https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes, ' +
      'https://cloud.google.com/artifact-analysis/docs/enable-automatic-scanning'
  },
  'stranger-kept-out': {
    claim: 'nothing gets into a namespace that serves but by a rule that names it, whatever pod is put there',
    source: 'https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/' +
      'CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF (network policies: deny by default), ' +
      'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'
  },
  'stranger-kept-in': {
    claim: 'nothing leaves a namespace that serves, monitoring aside, but by a rule that names where to',
    source: 'https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/' +
      'CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF (network policies: deny by default), ' +
      'https://istio.io/latest/docs/ops/best-practices/security/#control-egress-traffic'
  },
  'pods-admitted': {
    claim: 'pods of a workload are admitted by the Pod Security of its namespace, whoever waited for them',
    source: 'https://kubernetes.io/docs/concepts/security/pod-security-admission/'
  },
  'balancer-health': {
    claim: 'an NLB asks its targets for health at the port of its annotation, from its own subnets',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'
  }
} as const satisfies Record<string, DutyRow>

export type DutyName = keyof typeof duties

/** A call that a workload has to make and that the world refuses. */
export interface Unmet {
  readonly duty: DutyName
  readonly from: string
  readonly to: string
  /** Reason of the refusal, with the rule by which it was judged. */
  readonly why: string
}
